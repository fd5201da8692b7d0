import { randomInt } from "node:crypto";
import type { SetSeen } from "../../../model/backup.ts";
import type { StepContext } from "../../../model/step.ts";
import { chosenSet, pointOf, type Point } from "../../backups/repository/choose.ts";
import { withBases } from "../../backups/repository/keep.ts";
import { listSets } from "../../backups/repository/list.ts";
import type { Repository } from "../backup/fields.ts";
import { repositoryOf } from "../backup/where.ts";
import { listed, placeName, type CopyPlace } from "../copy/places.ts";
import { refused } from "../ending/ended.ts";
import { goesToTimes, logsReach } from "./reach.ts";
import { randomPoint, randomSet, seedIn, type RandomPoint } from "./random.ts";
import { valueOf } from "../params/values.ts";

/** The point that the run restores to: its parameter TO. Throws Ended `restore-point`. */
export function pointIn(context: Pick<StepContext, "env">): Point {
  const text = Object.hasOwn(context.env, "TO") ? valueOf(context, "TO") : "latest";
  const point = pointOf(text);
  if (!point) throw refused("restore-point", { point: text });
  return point;
}

type Given = Repository & { readonly parts?: Parameters<typeof logsReach>[1]["parts"]; readonly number?: number };

/** Where a set is looked for, and which. */
interface Asked {
  readonly place?: CopyPlace | undefined;
  /** Number of that place. */
  readonly number?: number;
  readonly name?: string;
}

/** The point that was drawn, where nobody is to choose it. Throws Ended without a whole set to draw from. */
async function drawnIn(given: Given, context: StepContext, sets: readonly SetSeen[]): Promise<RandomPoint | undefined> {
  const seed = seedIn(context.env["TO"] ?? "");
  if (seed === undefined || sets.length === 0) return undefined;
  const { parts = [], sudo, number = 1 } = given;
  const drawn = goesToTimes(parts)
    ? randomPoint(sets, seed, await logsReach(sets, { parts, sudo, number }, context))
    : randomSet(sets, seed);
  if (!drawn) throw refused("backup-too-young", { point: "random" });
  return drawn;
}

/** A set that was found, with what its increments stand on, all the way down, oldest first: the set itself is the last. */
export type FoundSet = Required<Pick<SetSeen, "id" | "manifest" | "digest">> &
  SetSeen & { readonly chain: readonly SetSeen[]; readonly drawn?: RandomPoint };

/**
 * The set that the run's parameter SET names, or the one that its point needs, in a place or in the repository. `parts`: those
 * whose logs a point that nobody chose may lie in. Throws Ended.
 */
export async function setFor(
  repository: Given,
  context: StepContext,
  { place, name = valueOf(context, "SET"), number = 1 }: Asked = {},
): Promise<FoundSet> {
  const at = place ? listed(place, repository.set) : { folder: repositoryOf(repository) };
  const sets = await listSets(context.reach, { ...at, sudo: repository.sudo }, context.signal);
  const drawn = await drawnIn({ ...repository, number }, context, sets);
  const point = drawn ? pointOf(drawn.at)! : pointIn(context);
  const wanted = name === "latest" ? (drawn?.set ?? name) : name;
  const found = chosenSet(sets, wanted, point, (below) => randomInt(below), context.clock.wall());
  const path = place ? `${placeName(place)}/${repository.set}` : repositoryOf(repository);
  if ("why" in found) throw refused(found.why, { ...found.args, path });
  const ids = withBases(sets, [found.id]);
  const gone = [...ids].find((id) => !sets.some((set) => set.id === id));
  // Known before anything is carried.
  if (place && gone !== undefined) throw refused("backup-link", { set: found.id, base: gone });
  const chain = sets.filter(({ id }) => ids.has(id));
  return { ...found, manifest: found.manifest!, digest: found.digest!, chain, ...(drawn && { drawn }) };
}

/** Folder of the set that was found, by the values that `restore-find` gave. */
export const foundSet = (context: Pick<StepContext, "env">): string =>
  `${valueOf(context, "SET_FROM")}/${valueOf(context, "SET_ID")}`;
