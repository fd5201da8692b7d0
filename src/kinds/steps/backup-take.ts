import { z } from "zod";
import type { SetPart } from "../../model/backup.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { carryBackup, factsOf, giving, recallBackup } from "./backup/carry.ts";
import { part, repository } from "./backup/fields.ts";
import { copyName } from "../../model/backup-names.ts";
import { partOf, shown, variablesOf } from "./backup/part.ts";
import { telling } from "./backup/progress.ts";
import { places } from "./backup/where.ts";
import { ended } from "./ending/ended.ts";

const params = z.strictObject({ ...repository, ...part });
type Params = z.infer<typeof params>;

const BEFORE = String.raw`
# An attempt that failed may have left something of its copy.
rm -rf -- "$WB_COPY" "$WB_COPY.sums"
mkdir -- "$WB_COPY" || refuse backup-folder "path=$WB_COPY"
fact FROM "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
`;

const AFTER = String.raw`
fact UNTIL "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
[ -n "$(find "$WB_COPY" -mindepth 1 -print -quit)" ] || refuse backup-empty "part=$WB_PART"
[ -e "$WB_COPY.sums" ] || sums "$WB_COPY" "$WB_COPY.sums"
fact BYTES "$(du -sb -- "$WB_COPY" | cut -f 1)"
fact FILES "$(wc -l <"$WB_COPY.sums")"
fact SUMS "$(sha256sum <"$WB_COPY.sums" | cut -d ' ' -f 1)"
`;

/** What is kept of a copy in the manifest of its set. */
function copyOf(given: Params, facts: Readonly<Record<string, string>>): SetPart {
  const { BYTES = "0", FILES = "0", SUMS = "", ...rest } = facts;
  return { id: given.part, kind: given.kind, bytes: Number(BYTES), files: Number(FILES), sums: SUMS, facts: rest };
}

async function take(given: Params, context: StepContext) {
  const { kind, data } = partOf(given);
  const program = kind.take(data);
  const at = places(given, context);
  const env = {
    ...(await variablesOf(program, context)),
    ...at,
    WB_PART: given.part,
    WB_COPY: `${at.WB_SET}/${given.part}`,
  };
  const carried = () => carryBackup(context, given, `${BEFORE}\n${program.text}\n${AFTER}`, env);
  const growing = { part: given.part, folder: env.WB_COPY, sudo: given.sudo };
  // What a tool keeps in a repository of its own does not grow here.
  const { end, own } = await (kind.forget ? carried() : telling(growing, context, carried));
  return giving(end, () => ({ [copyName(given.part)]: JSON.stringify(copyOf(given, factsOf(own))) }));
}

/** Takes a copy of one part. Output: `COPY_PART`, what the manifest says of it. */
export const backupTakeStep = defineStep<Params>({
  kind: "backup-take",
  params,
  made: true,
  view: (given) => ({
    command: shown(given, ({ kind, data }) => kind.take(data).text),
    risk: "write",
    sudo: given.sudo,
  }),
  perform: (given, context) => ended(context, () => take(given, context)),
  recall: (_, context) => recallBackup(context),
});
