import { onStop } from "./stop.ts";

/** The only place that reads a clock. Everything else is handed a Clock, so tests can own time. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. A label: never subtract two of these to get a duration. */
  wall(): number;
  /** Nanoseconds from an arbitrary start that never steps back; the source of every duration. */
  monotonic(): bigint;
  /** Resolves after `ms` milliseconds, rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `ring` once after `ms` milliseconds, unless the function that it gives is called before. */
  timer(ms: number, ring: () => void): () => void;
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => process.hrtime.bigint(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = setTimeout(() => {
        forget?.();
        resolve();
      }, ms);
      const forget =
        signal &&
        onStop(signal, () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
    }),
  timer: (ms, ring) => {
    const timer = setTimeout(ring, ms);
    return () => clearTimeout(timer);
  },
};

/** Seconds between two monotonic readings. */
export const secondsBetween = (start: bigint, end: bigint): number => Number(end - start) / 1e9;

/** `2026-11-20T08:33:00.000Z` */
export const utc = (wall: number): string => new Date(wall).toISOString();
