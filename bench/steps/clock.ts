// What every contender prints when it is done.
export interface Timing {
  readonly steps: number;
  readonly seconds: number;
  /** Milliseconds from before a step to when it is durable; absent where the peer does not show it. */
  readonly p50?: number;
  readonly p99?: number;
}

export const STEPS = 10;
export const CONCURRENCY = 10;

/** Does `runs` runs, ten at a time; `one` does a run and pushes the milliseconds of each of its steps. */
export async function timed(runs: number, one: (run: number, took: number[]) => Promise<void>): Promise<Timing> {
  const took: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let run = next++; run < runs; run = next++) await one(run, took);
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  const seconds = (performance.now() - start) / 1000;
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { steps: runs * STEPS, seconds, p50: at(0.5), p99: at(0.99) };
}

export const say = (timing: Timing): void => void process.stdout.write(`${JSON.stringify(timing)}\n`);
