// What every contender prints when it is done.
export interface Timing {
  readonly steps: number;
  readonly seconds: number;
  /** Milliseconds from before a step to when it is durable; absent where the peer does not show it. */
  readonly p50?: number;
  readonly p99?: number;
  /** CPU seconds (user + system) of all threads, and of the main one; absent where the peer does not show it. */
  readonly cpu?: number;
  readonly main?: number;
}

export const STEPS = 10;
export const CONCURRENCY = 10;

const secondsOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

/** Runs that every contender does before the clock starts: a process that is being compiled tells nothing of one that works. */
export const WARM = 200;

type One = (run: number, took: number[]) => Promise<void>;

/** Runs from `first` up to before `end`, ten at a time. Gives the milliseconds of their steps. */
async function lanes(first: number, end: number, one: One): Promise<number[]> {
  const took: number[] = [];
  let next = first;
  const lane = async (): Promise<void> => {
    for (let run = next++; run < end; run = next++) await one(run, took);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return took;
}

/** Does `runs` runs, ten at a time, and some before them; `one` does a run and pushes the milliseconds of each of its steps. */
export async function timed(runs: number, one: One): Promise<Timing> {
  await lanes(0, WARM, one);
  const start = performance.now();
  const all = process.cpuUsage();
  const main = process.threadCpuUsage();
  const took = await lanes(WARM, WARM + runs, one);
  const seconds = (performance.now() - start) / 1000;
  const cpu = { cpu: secondsOf(process.cpuUsage(all)), main: secondsOf(process.threadCpuUsage(main)) };
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { steps: runs * STEPS, seconds, p50: at(0.5), p99: at(0.99), ...cpu };
}

export const say = (timing: Timing): void => void process.stdout.write(`${JSON.stringify(timing)}\n`);
