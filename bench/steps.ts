// Durable steps per second, beside OpenWorkflow and a bare group-commit loop: `node bench/steps.ts [--rounds N] [--runs N]`.
// Each contender is a process of its own with an empty folder; they take turns, so that the machine's mood hits all alike.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Timing } from "./steps/clock.ts";

const PEER = "openworkflow@0.10.1";

interface Runner {
  readonly name: string;
  readonly script: string;
  readonly runs: number;
  readonly more: readonly string[];
  /** Number of the runner of ours that it is beside. */
  readonly against: number;
}

/** Folder with the peer's packages, outside of the project; a reason when they cannot be had. */
function peerPackages(): { readonly folder: string } | { readonly reason: string } {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const folder = join(cache, "watchbook-bench", PEER);
  if (existsSync(join(folder, "node_modules", "openworkflow"))) return { folder };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", PEER];
  const { status, stderr, error } = spawnSync("npm", args, { cwd: folder, encoding: "utf8", timeout: 120_000 });
  if (status === 0) return { folder };
  return {
    reason: `npm install ${PEER} failed: ${(error?.message ?? stderr.trim().split("\n")[0] ?? "").slice(0, 120)}`,
  };
}

function once({ script, runs, more }: Runner): Timing {
  const folder = mkdtempSync(join(tmpdir(), "watchbook-bench-"));
  try {
    const file = join(import.meta.dirname, "steps", script);
    const args = [file, folder, String(runs), ...more];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 600_000 });
    if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr.slice(-800)}`);
    return JSON.parse(stdout) as Timing;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const rate = ({ steps, seconds }: Timing): number => steps / seconds;
const shown = (value: number | undefined): string => (value === undefined ? "–" : value.toFixed(1));

function row({ name }: Runner, timings: readonly Timing[], base: readonly Timing[]): string {
  const rates = timings.map(rate);
  const ratio = median(base.map((ours, round) => rate(ours) / rates[round]!));
  const [p50, p99] = (["p50", "p99"] as const).map((key) => timings.map((timing) => timing[key] ?? NaN));
  const cell = (values: readonly number[] | undefined): string =>
    shown(values?.some(Number.isNaN) ? undefined : median(values!));
  const span = `${Math.min(...rates).toFixed(0)} – ${Math.max(...rates).toFixed(0)}`;
  return `| ${name} | ${median(rates).toFixed(0)} | ${span} | ${cell(p50)} | ${cell(p99)} | ${ratio.toFixed(2)} |`;
}

/** The table; ratios are ours over the contender's, median of the rounds. A peer that cannot be had is named with why. */
export function stepsTable(rounds: number, runs: number): string {
  const peer = peerPackages();
  const runners: Runner[] = [
    { name: "our engine: plan, locks, journal, state, output", script: "engine.ts", runs, more: [], against: 0 },
    { name: "our store alone, an outcome with the next intent", script: "ours.ts", runs, more: ["joined"], against: 0 },
    { name: "floor: bare group commit, the same rows together", script: "bare.ts", runs, more: ["joined"], against: 0 },
    { name: "our store alone, each row a commit", script: "ours.ts", runs, more: ["apart"], against: 3 },
    { name: "floor: bare group commit, each row alone", script: "bare.ts", runs, more: ["apart"], against: 3 },
  ];
  // The peer is an order of magnitude slower; a fifth of the runs tells its rate as well.
  if ("folder" in peer)
    runners.push({ name: PEER, script: "openworkflow.ts", runs: Math.ceil(runs / 5), more: [peer.folder], against: 0 });
  const timings = runners.map((): Timing[] => []);
  for (let round = 0; round < rounds; round++) runners.forEach((runner, n) => timings[n]!.push(once(runner)));
  return [
    `### Durable steps, ${runs} runs of 10, concurrency 10`,
    "",
    "Budget: ≥ 10 × the best peer, ≥ 0.5 × the bare loop",
    "",
    "| | steps/s, median | min – max | step p50 ms | p99 ms | ours ÷ this |",
    "| --- | --- | --- | --- | --- | --- |",
    ...runners.map((runner, n) => row(runner, timings[n]!, timings[runner.against]!)),
    ...("reason" in peer ? [`| ${PEER} | skipped: ${peer.reason} | | | | |`] : []),
    "",
  ].join("\n");
}

if (import.meta.main) {
  const options = { rounds: { type: "string", default: "5" }, runs: { type: "string", default: "1000" } } as const;
  const { values } = parseArgs({ options });
  process.stdout.write(stepsTable(Number(values.rounds), Number(values.runs)));
}
