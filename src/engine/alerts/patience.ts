import type { Clock } from "../../model/time.ts";

/** How long work is waited for while people are to be told, seconds: longer than a store waits for somebody else's lock. */
export const PATIENCE = 10;

/**
 * Whether work was done in time; else it goes on, and what it rejects with later is nobody's. Rejects as the work does. Time is
 * counted second by second: while this program itself was held up nobody could answer it.
 */
export async function inTime(clock: Pick<Clock, "timer">, work: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let left = PATIENCE;
  let stop = (): void => undefined;
  const tick = (): void => {
    if (left === 0) return resolve(false);
    left -= 1;
    stop = clock.timer(1_000, tick);
  };
  tick();
  try {
    return await Promise.race([work.then(() => true), promise]);
  } finally {
    stop();
  }
}
