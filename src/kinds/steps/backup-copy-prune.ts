import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { expired } from "../backups/repository/keep.ts";
import { listSets } from "../backups/repository/list.ts";
import { assignments } from "../targets/receipt/assign.ts";
import { carryBackup, giving, recallBackup } from "./backup/carry.ts";
import { keep, kept, repository } from "./backup/fields.ts";
import { copyPlace, listed, placeName, wordsOf } from "./copy/places.ts";
import { ended } from "./ending/ended.ts";

const params = z.strictObject({
  ...repository,
  to: copyPlace.describe("The second place, as seen from the target."),
  keep,
});
type Params = z.infer<typeof params>;

/** No longer a set from the moment of its other name. As in the repository, its hold is looked for once more. */
const REMOVE = String.raw`
#: gone
cd -- "$root" || exit 3
for id in $gone; do
  [ -d "$id" ] || continue
  [ -z "$(find "$id" -maxdepth 1 -name 'hold-*' -print -quit)" ] || continue
  mv -T -- "$id" ".removing-$id" && rm -rf -- ".removing-$id" || exit 3
  printf 'gone %s\n' "$id"
done
rm -rf -- .removing-*
`;

const PRUNE = String.raw`
said=$WATCHBOOK_ATTEMPT/said
printf %s "$WB_PROGRAM" | there >"$said.gone" 2>"$said" ||
  refuse backup-copy-place "place=$WB_AT" "detail=$(head -c 500 "$said")"
fact GONE "$(sed -n 's/^gone //p' "$said.gone" | tr '\n' ' ' | sed 's/ $//')"
`;

async function prune(given: Params, context: StepContext) {
  const at = listed(given.to, given.set);
  const sets = await listSets(context.reach, { ...at, sudo: given.sudo }, context.signal);
  const gone = expired(sets, kept(given.keep), context.clock.wall()).join(" ");
  const env = { WB_PROGRAM: assignments({ root: at.folder, gone }) + REMOVE };
  const { end, own } = await carryBackup(context, given, wordsOf(given.to, given.set) + PRUNE, env);
  return giving(end, () => ({ PRUNED: own.get("FACT_GONE") ?? "" }));
}

/** Removes sets of a second place that are kept there no longer; never the newest. Output: PRUNED, their names. */
export const backupCopyPruneStep = defineStep<Params>({
  kind: "backup-copy-prune",
  params,
  made: true,
  view: (given) => ({
    command: `${placeName(given.to)}/${given.set}: keep ${Object.entries(kept(given.keep))
      .map(([name, value]) => `${name} ${value}`)
      .join(", ")}`,
    risk: "write",
    sudo: given.sudo,
  }),
  perform: (given, context) => ended(context, () => prune(given, context)),
  recall: (_, context) => recallBackup(context),
});
