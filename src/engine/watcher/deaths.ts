import type { Clock } from "../../model/time.ts";
import type { Store } from "../../store/store.ts";

/** Ends that nobody asked for, across starts. */
export interface Deaths {
  /** Whether there were so many of late that the next one is to be expected. */
  many(): boolean;
  /** This end was asked for. Rejects as the store does. */
  left(): Promise<void>;
}

const KEY = "watcher.deaths";
const MANY = 3;
const WITHIN_MS = 600_000;

interface Kept {
  /** It has not said that it leaves. */
  readonly here: boolean;
  /** When it began again after it had died, milliseconds since the epoch. */
  readonly at: readonly number[];
}

const NONE: Kept = { here: false, at: [] };

/** Notes that a watcher begins, and whether the last one died. Rejects as the store does. */
export async function openDeaths(store: Pick<Store, "value" | "commit">, clock: Pick<Clock, "wall">): Promise<Deaths> {
  const recent = (at: number): boolean => Math.abs(clock.wall() - at) < WITHIN_MS;
  const keep = (kept: Kept): Promise<void> =>
    store.commit([{ kind: "value.set", key: KEY, value: JSON.stringify(kept) }]);
  const before = { ...NONE, ...(JSON.parse((await store.value(KEY)) ?? "{}") as Partial<Kept>) };
  const at = [...before.at.filter(recent), ...(before.here ? [clock.wall()] : [])].slice(-MANY);
  await keep({ here: true, at });
  return {
    many: () => at.filter(recent).length >= MANY,
    left: () => keep({ here: false, at }),
  };
}
