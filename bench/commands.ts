// What a local command costs beside a bare spawn, and what a gigabyte of its output costs: `node bench/commands.ts [--rounds N]`.
// Wall milliseconds of one `true`, one after the other; a write leaves a receipt, which is several processes and an fsync.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { localTarget } from "../src/kinds/targets/local.ts";
import { perform } from "../src/kinds/targets/receipt/receipt.ts";
import type { Reach } from "../src/model/target.ts";
import { systemClock } from "../src/model/time.ts";

const GIGABYTE = 2 ** 30;
const CALLS = 30;
const signal = new AbortController().signal;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function spawned(command: string, ...args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.resume();
  child.stderr.resume();
  await once(child, "close");
}

let count = 0;
async function written(reach: Reach): Promise<void> {
  count += 1;
  const id = { run: "bench", step: "true", target: "local", purpose: "do", number: count } as const;
  const order = { id, interpreter: ["sh", "-eu"], script: "true", env: {}, limitMs: 60_000 };
  const { ending } = await perform(reach, order, { clock: systemClock, signal, log: () => undefined });
  if (ending !== "ok") throw new Error(ending);
}

async function each(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const start = performance.now();
    await work();
    took.push(performance.now() - start);
  }
  return median(took);
}

/** Seconds and megabytes more than before while a gigabyte flows by. */
async function flood(work: (heard: () => void) => Promise<unknown>): Promise<readonly [number, number]> {
  const [before, start] = [process.memoryUsage.rss(), performance.now()];
  let [most, chunks] = [before, 0];
  await work(() => {
    chunks += 1;
    if (chunks % 64 === 0) most = Math.max(most, process.memoryUsage.rss());
  });
  return [(performance.now() - start) / 1_000, (most - before) / 1_048_576];
}

/** Both tables. */
export async function commandTables(rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "watchbook-bench-"));
  const reach = await localTarget.open("local", { path: [], env: { WATCHBOOK_STATE: join(folder, "receipts") } });
  const contenders: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["floor: spawn", () => spawned("true")],
    ["floor: spawn of a shell", () => spawned("sh", "-c", "true; :")],
    ["a command that reads", () => reach.exec(["true"])],
    ["a command under a receipt", () => written(reach)],
  ];
  const head = ["head", "-c", String(GIGABYTE), "/dev/zero"] as const;
  const floods: readonly (readonly [string, (heard: () => void) => Promise<unknown>])[] = [
    [
      "floor: spawn, nothing kept",
      async (heard) => {
        const child = spawn(head[0], head.slice(1), { stdio: ["ignore", "pipe", "ignore"] });
        child.stdout.on("data", heard);
        await once(child, "close");
      },
    ],
    ["ours", (heard) => reach.exec(head, { timeoutMs: 600_000, maxBytes: 1_000, onOutput: heard })],
  ];
  try {
    const took = contenders.map((): number[] => []);
    for (let round = 0; round < rounds; round += 1)
      for (const [at, [, work]] of contenders.entries()) took[at]!.push(await each(work));
    const base = median(took[0]!);
    const rows = contenders.map(([name], at) => {
      const ms = median(took[at]!);
      return `| ${name} | ${ms.toFixed(2)} | ${(ms / base).toFixed(2)} |`;
    });
    const flooded: string[] = [];
    for (const [name, work] of floods) {
      const [seconds, megabytes] = await flood(work);
      flooded.push(`| ${name} | ${seconds.toFixed(2)} | ${megabytes.toFixed(0)} |`);
    }
    return [
      `### One local command, \`true\`, load ${loadavg()[0]!.toFixed(1)}`,
      "",
      "| | ms, median | ratio |",
      "| --- | --- | --- |",
      ...rows,
      "",
      "### One gigabyte of output",
      "",
      "| | s | MB of memory more |",
      "| --- | --- | --- |",
      ...flooded,
      "",
    ].join("\n");
  } finally {
    await reach[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
  process.stdout.write(await commandTables(Number(values.rounds)));
}
