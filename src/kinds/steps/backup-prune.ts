import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import type { SetSeen } from "../../model/backup.ts";
import { expired, inUse } from "../backups/repository/keep.ts";
import { listSets } from "../backups/repository/list.ts";
import { carryBackup, giving, recallBackup } from "./backup/carry.ts";
import { keep, kept, parts, repository } from "./backup/fields.ts";
import { forgetting, isShared } from "./backup/forget.ts";
import { places, repositoryOf } from "./backup/where.ts";
import { listed } from "./copy/places.ts";
import { ended } from "./ending/ended.ts";
import { also } from "./restore/from.ts";

const params = z.strictObject({ ...repository, keep, parts: parts.parts.optional(), ...also });
type Params = z.infer<typeof params>;

/** A set that somebody began to restore from since it was looked at stays: its hold is looked for once more. */
const PRUNE = String.raw`
gone=
for id in $WB_EXPIRED; do
  set=$WB_REPOSITORY/$id
  [ -d "$set" ] || continue
  [ -z "$(find "$set" -maxdepth 1 -name 'hold-*' -print -quit)" ] || continue
  forget "$id"
  # No longer a set from here on, whatever happens to the rest of it.
  mv -T -- "$set" "$WB_REPOSITORY/.removing-$id" && rm -rf -- "$WB_REPOSITORY/.removing-$id" ||
    refuse backup-folder "path=$set"
  gone="$gone $id"
done
rm -rf -- "$WB_REPOSITORY"/.removing-*
fact GONE "${"$"}{gone# }"
`;

/** What second places need of the copies that all places share. Rejects with ReachError: what was not seen may be in use. */
async function neededElsewhere({ also: places, set, sudo }: Params, context: StepContext): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { to } of places)
    found.push(...inUse(await listSets(context.reach, { ...listed(to, set), sudo }, context.signal)));
  return found;
}

async function prune(params: Params, context: StepContext) {
  const sets = await listSets(context.reach, { folder: repositoryOf(params), sudo: params.sudo }, context.signal);
  const now = context.clock.wall();
  const left = (others?: readonly string[]): readonly SetSeen[] => {
    const ids = expired(sets, kept(params.keep), now, context.attempt.run, others);
    return sets.filter(({ id }) => ids.includes(id));
  };
  const first = left();
  const gone = first.some(isShared) ? left(await neededElsewhere(params, context)) : first;
  const ids = gone.map(({ id }) => id);
  const forget = await forgetting(gone, params, params.parts ?? [], context);
  const env = { ...forget.env, ...places(params, context), WB_EXPIRED: ids.join(" ") };
  const { end, own } = await carryBackup(context, params, forget.text + PRUNE, env);
  return giving(end, () => ({ PRUNED: own.get("FACT_GONE") ?? "" }));
}

/** Removes sets that are kept no longer; never the last that was restored. Output: PRUNED, their names. */
export const backupPruneStep = defineStep<Params>({
  kind: "backup-prune",
  params,
  made: true,
  view: ({ set, into, keep: rules, sudo }) => ({
    command: `${into}/${set}: keep ${Object.entries(kept(rules))
      .map(([name, value]) => `${name} ${value}`)
      .join(", ")}`,
    risk: "write",
    sudo,
  }),
  perform: (params, context) => ended(context, () => prune(params, context)),
  recall: (_, context) => recallBackup(context),
});
