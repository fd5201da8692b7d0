import { randomInt } from "node:crypto";
import type { SetSeen } from "../../../model/backup.ts";
import type { StepContext } from "../../../model/step.ts";
import { chosenSet, pointOf, type Point } from "../../backups/repository/choose.ts";
import { withBases } from "../../backups/repository/keep.ts";
import { listSets } from "../../backups/repository/list.ts";
import type { Repository } from "../backup/fields.ts";
import { repositoryOf } from "../backup/where.ts";
import { refused } from "../ending/ended.ts";
import { valueOf } from "../params/values.ts";

/** The point that the run restores to: its parameter TO. Throws Ended `restore-point`. */
export function pointIn(context: Pick<StepContext, "env">): Point {
  const text = Object.hasOwn(context.env, "TO") ? valueOf(context, "TO") : "latest";
  const point = pointOf(text);
  if (!point) throw refused("restore-point", { point: text });
  return point;
}

/** The set that the run's parameter SET names, or the one that its point needs. Throws Ended. */
export async function setFor(
  repository: Repository,
  context: StepContext,
): Promise<Required<Pick<SetSeen, "id" | "manifest" | "digest">> & SetSeen & { readonly chain: readonly string[] }> {
  const sets = await listSets(
    context.reach,
    { folder: repositoryOf(repository), sudo: repository.sudo },
    context.signal,
  );
  const found = chosenSet(sets, valueOf(context, "SET"), pointIn(context), (below) => randomInt(below));
  if ("why" in found) throw refused(found.why, { ...found.args, path: repositoryOf(repository) });
  const chain = [...withBases(sets, [found.id])].filter((id) => sets.some((set) => set.id === id));
  return { ...found, manifest: found.manifest!, digest: found.digest!, chain };
}

/** Folder of the set that was found, by the value that `restore-find` gave. */
export const foundSet = (repository: Repository, context: Pick<StepContext, "env">): string =>
  `${repositoryOf(repository)}/${valueOf(context, "SET_ID")}`;
