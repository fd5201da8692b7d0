import { spawnSync } from "node:child_process";

/** CPU seconds (user + system) and peak memory of whole processes, one run each, taken in turns. */
export interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that count as a finished run; default [0]. */
  readonly ends?: readonly number[];
}
export interface Row {
  readonly name: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Runs all contenders in turns, `rounds` times, after one warm-up each: the machine's mood hits all of them alike. */
export function race(contenders: readonly Contender[], rounds: number): readonly Row[] {
  const seen = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++)
    for (const contender of contenders) {
      const seconds = cpuOf(contender);
      if (round > 0) seen.get(contender.name)!.push(seconds);
    }
  return [...seen].map(([name, values]) => {
    const sorted = values.toSorted((a, b) => a - b);
    return { name, median: sorted[Math.floor(sorted.length / 2)]!, min: sorted[0]!, max: sorted.at(-1)! };
  });
}

function cpuOf({ name, command, cwd, env, ends = [0] }: Contender): number {
  const { status, stderr } = spawnSync(
    "bash",
    ["-c", "TIMEFORMAT='cpu %U %S'; time \"$@\" >/dev/null", "bash", ...command],
    {
      cwd,
      env: { ...process.env, ...env },
      encoding: "utf8",
      maxBuffer: 64 << 20,
    },
  );
  if (status === null || !ends.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr.slice(-800)}`);
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)\s*$/.exec(stderr)!;
  return Number(user) + Number(system);
}

/** A Markdown table with each row's ratio to the first. */
export function tableOf(title: string, rows: readonly Row[], budget: string): string {
  const base = rows[0]!.median;
  const body = rows.map(
    ({ name, median, min, max }) =>
      `| ${name} | ${median.toFixed(2)} | ${min.toFixed(2)} – ${max.toFixed(2)} | ${(median / base).toFixed(2)} |`,
  );
  return [
    `### ${title}`,
    "",
    `Budget: ${budget}`,
    "",
    "| | CPU s, median | min – max | ratio |",
    "| --- | --- | --- | --- |",
    ...body,
    "",
  ].join("\n");
}
