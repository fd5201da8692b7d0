import { WatchbookError } from "../../model/error.ts";
import type { Clock } from "../../model/time.ts";
import type { Change, Store } from "../../store/store.ts";
import type { Reserve } from "./reserve.ts";

/** What is known of the store by what it took and refused. */
export interface Pulse {
  /** When it took something last, milliseconds since the epoch; undefined: not yet. */
  committed(): number | undefined;
  /** Nanoseconds of the monotonic clock, of the same moment. */
  committedAt(): bigint | undefined;
  /** Why it took nothing the last time. */
  refused(): WatchbookError | undefined;
}

const needed = (changes: readonly Change[]): readonly Change[] => changes.filter(({ kind }) => kind !== "sample.add");

/**
 * The same store: a disk that is full gets the reserve back, once, and the commit is tried again. While the reserve is
 * spent samples are not kept, which would eat it before people are told; everything else is.
 */
export function withPulse(
  store: Store,
  clock: Pick<Clock, "wall" | "monotonic">,
  reserve: Pick<Reserve, "give" | "spent">,
): { readonly store: Store; readonly pulse: Pulse } {
  let last: { readonly wall: number; readonly monotonic: bigint } | undefined;
  let refused: WatchbookError | undefined;

  const tried = async (changes: readonly Change[]): Promise<void> => {
    const given = reserve.spent() ? needed(changes) : changes;
    try {
      await store.commit(given);
    } catch (error) {
      const full = error instanceof WatchbookError && error.code === "STORE-FULL";
      if (!full || !(await reserve.give())) throw error;
      await store.commit(needed(given));
    }
    if (given.length > 0) last = { wall: clock.wall(), monotonic: clock.monotonic() };
  };
  const commit = async (changes: readonly Change[]): Promise<void> => {
    try {
      await tried(changes);
      refused = undefined;
    } catch (error) {
      if (error instanceof WatchbookError) refused = error;
      throw error;
    }
  };
  const watched = new Proxy(store, {
    get: (target, name) => {
      if (name === "commit") return commit;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return {
    store: watched,
    pulse: { committed: () => last?.wall, committedAt: () => last?.monotonic, refused: () => refused },
  };
}
