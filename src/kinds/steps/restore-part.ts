import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { carryBackup, recallBackup } from "./backup/carry.ts";
import { part, place, repository } from "./backup/fields.ts";
import { partOf, shown, variablesOf } from "./backup/part.ts";
import { telling } from "./backup/progress.ts";
import { placeOf } from "./backup/where.ts";
import { ended } from "./ending/ended.ts";
import { foundSet, pointIn } from "./restore/set.ts";

const params = z.strictObject({ ...repository, ...part, ...place });
type Params = z.infer<typeof params>;

const BEFORE = String.raw`
[ -d "$WB_PLACE" ] || refuse restore-no-place "path=$WB_PLACE"
rm -rf -- "$WB_INTO"
mkdir -- "$WB_INTO" || refuse backup-folder "path=$WB_INTO"
listed=$(sha256sum <"$WB_COPY.sums")
grep -qF "\"sums\": \"${"$"}{listed%% *}\"" "$WB_FROM/manifest.json" || refuse backup-damaged "detail=$WB_COPY.sums"
sums_hold "$WB_COPY" "$WB_COPY.sums"
`;

async function restore(given: Params, context: StepContext) {
  const { kind, data } = partOf(given);
  const program = kind.restore(data);
  const point = pointIn(context);
  const from = foundSet(context);
  const at = placeOf(given.place, context);
  const env = {
    ...(await variablesOf(program, context)),
    WB_FROM: from,
    WB_COPY: `${from}/${given.part}`,
    WB_PLACE: at,
    WB_INTO: `${at}/${given.part}`,
    WB_PLACE_NUMBER: context.env["SET_PLACE"] ?? "1",
    WB_TO_KIND: point.kind,
    WB_TO: point.value,
  };
  const growing = { part: given.part, folder: env.WB_INTO, sudo: given.sudo };
  const carried = () => carryBackup(context, given, [BEFORE, program.text].join("\n"), env);
  return (await telling(growing, context, carried)).end;
}

/** Restores one part of the set that was found, below the place of this restore. */
export const restorePartStep = defineStep<Params>({
  kind: "restore-part",
  params,
  made: true,
  view: (given) => ({
    command: shown(given, ({ kind, data }) => kind.restore(data).text),
    risk: "write",
    sudo: given.sudo,
  }),
  perform: (given, context) => ended(context, () => restore(given, context)),
  recall: (_, context) => recallBackup(context),
});
