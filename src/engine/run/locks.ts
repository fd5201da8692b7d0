import { EXIT, WatchbookError } from "../../model/error.ts";
import type { Plan } from "../../model/plan.ts";
import { isEnded, type Lock, type RunRecord } from "../../model/run.ts";
import { utc } from "../../model/time.ts";
import { Conflict, type Change, type Store } from "../../store/store.ts";

/**
 * How long a lock stands by itself when nobody renews it, milliseconds. After that the record of its run decides: one that has
 * not ended, because it waits or because its machine is gone, holds its targets until somebody ends it, or takes them over.
 */
export const LOCK_MS = 60_000;

/** Keys of the locks of a plan, sorted: everyone takes them in the same order. */
export const lockKeys = (plan: Plan): readonly string[] =>
  [...new Set(plan.targets.map(({ lock }) => lock))].toSorted();

const lockOf = (key: string, record: RunRecord, now: number): Lock => ({
  key,
  run: record.id,
  by: record.by,
  reason: record.reason === "" ? record.title : record.reason,
  taken: now,
  expires: now + LOCK_MS,
});

/** Changes that take all locks of a run. */
export const takes = (plan: Plan, record: RunRecord, now: number): readonly Change[] =>
  lockKeys(plan).map((key) => ({ kind: "lock.take", lock: lockOf(key, record, now) }));

/** It was not renewed, but its run has not ended: what that run began may be half done. */
async function isWanted(store: Store, { run }: Lock): Promise<boolean> {
  const found = await store.run(run);
  return found !== undefined && !isEnded(found.record.state);
}

/** Locks of other runs that this one would need, whether they stand or not. */
async function othersOf(store: Store, plan: Plan, run: string): Promise<readonly Lock[]> {
  const keys = new Set(lockKeys(plan));
  return (await store.locks()).filter((lock) => keys.has(lock.key) && lock.run !== run);
}

/** The lock that stands in the way of this run now, if any. */
export async function heldBy(store: Store, plan: Plan, run: string, now: number): Promise<Lock | undefined> {
  for (const lock of await othersOf(store, plan, run))
    if (lock.expires > now || (await isWanted(store, lock))) return lock;
  return undefined;
}

/** Changes that take over what stands in the way of this run, whoever holds it, and say so. */
export async function seizes(store: Store, plan: Plan, record: RunRecord, now: number): Promise<readonly Change[]> {
  return (await othersOf(store, plan, record.id)).flatMap(({ key, run, by, reason }): readonly Change[] => [
    { kind: "lock.seize", lock: lockOf(key, record, now), from: run },
    {
      kind: "event.add",
      event: {
        at: now,
        kind: "lock.taken-over",
        subject: record.id,
        data: { key, by: record.by, reason: record.reason, from: run, was: by, wasReason: reason },
      },
    },
  ]);
}

/** Changes that let go of them; those of another run stay. */
export const releases = (plan: Plan, run: string): readonly Change[] =>
  lockKeys(plan).map((key) => ({ kind: "lock.release", key, run }));

/**
 * All locks of the run in one commit, or none. Those it holds already are renewed. `wanted` is asked right before the
 * commit: a run that has ended meanwhile takes none.
 */
export async function takeLocks(
  store: Store,
  plan: Plan,
  record: RunRecord,
  now: number,
  wanted: () => boolean,
): Promise<"taken" | "held"> {
  const mine = new Map((await store.locks()).filter(({ run }) => run === record.id).map((lock) => [lock.key, lock]));
  // What it has already is only renewed; what it has not may be another's who is not there to renew it.
  if (mine.size < lockKeys(plan).length && (await heldBy(store, plan, record.id, now))) return "held";
  if (!wanted()) return "held";
  const locks = lockKeys(plan).map((key) => {
    const lock = lockOf(key, record, now);
    return { ...lock, taken: mine.get(key)?.taken ?? lock.taken };
  });
  try {
    await store.commit(locks.map((lock) => ({ kind: "lock.take", lock })));
    return "taken";
  } catch (error) {
    if (error instanceof Conflict) return "held";
    throw error;
  }
}

/** The second operator is told who holds the lock, since when, and why. */
export const lockRefusal = (lock: Lock): WatchbookError =>
  new WatchbookError(
    "RUN-LOCKED",
    { key: lock.key, by: lock.by, run: lock.run, reason: lock.reason, since: utc(lock.taken) },
    { exit: EXIT.input },
  );
