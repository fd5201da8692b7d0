import { setTimeout as sleep } from "node:timers/promises";

/** Does `work` again and again, `seconds` apart, until the signal; one round never overlaps the next. */
export async function every(seconds: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work();
    await sleep(seconds * 1000, undefined, { signal }).catch((error: Error) => {
      if (error.name !== "AbortError") throw error;
    });
  }
}
