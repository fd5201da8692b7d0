import type { Clock } from "../model/time.ts";
import type { Change, Store } from "../store/store.ts";
import { makeDrift } from "./alerts/drift.ts";

/**
 * By how many milliseconds the clock on the wall was set in all, as far as a daemon saw it. Two moments that are kept with it can
 * be told apart by the time between them, whatever the clock showed.
 */
export interface ClockSet {
  /** As of now. */
  look(): number;
  /** It was set by so much while nobody looked. */
  add(by: number): void;
  /** What the store is to know of it, in one commit with whatever is kept beside it. */
  changes(): readonly Change[];
}

const KEY = "clock.set";

type Keeping = Partial<Pick<Store, "value">>;

const kept = async (store: Keeping): Promise<number> => Number((await store.value?.(KEY)) ?? 0);

/** Of the one process that owns the store, from now on. Rejects as the store does. */
export async function openClockSet({ store, clock }: { store: Keeping; clock: Clock }): Promise<ClockSet> {
  const drift = makeDrift(clock);
  const before = await kept(store);
  let sum = before;
  const look = (): number => (sum += drift());
  return {
    look,
    add: (by) => void (sum += by),
    changes: () => (look() === before ? [] : [{ kind: "value.set", key: KEY, value: String(sum) }]),
  };
}

/** As of now; for whoever only looks, as of when a daemon looked last. Rejects as the store does. */
export const clockSetNow = async ({ clockSet, store }: { clockSet?: ClockSet; store: Keeping }): Promise<number> =>
  clockSet?.look() ?? (await kept(store));
