// A record of years: what a daemon and a terminal ask of it: `node bench/years.ts [--inspections N] [--drills N] [--keep DIR]`.
// Beside each time, how long nobody else had a turn: in a daemon, a probe that was to be measured waits for that.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { listOf, type Kinds } from "../src/api/view/evidence.ts";
import { drillsOf, type DrillCache } from "../src/evidence/drills.ts";
import { FILES } from "../src/evidence/files.ts";
import { proofsOf, type ProofCache } from "../src/evidence/proofs.ts";
import type { Recorder } from "../src/evidence/record.ts";
import { planDigest } from "../src/evidence/run/plan.ts";
import { record, recorder, trusting, verify } from "../test/kit/evidence.ts";
import { bound, factsOf, goodRun, recordRun } from "../test/kit/run-evidence.ts";

const FIRST = Date.UTC(2021, 0, 1);
const HOUR = 3_600_000;

async function drill(to: Recorder, id: string, at: number): Promise<void> {
  const plan = {
    ...bound({ steps: ["s"], runbook: `sop-${id}` }),
    drill: { kind: "restore" as const, objectives: [] },
  };
  const play = goodRun({ ...plan, digest: planDigest(plan) });
  const journal = factsOf(play).journal.map((one) => ({ ...one, at: one.at + at - play.now }));
  await recordRun(to, play, { journal, record: { id: `drill-${at}`, by: "requester", reason: "bench" } });
}

const inspection = (to: Recorder, n: number) =>
  record(to, `run-${n}`, { started: FIRST + n * HOUR, ended: FIRST + n * HOUR + 1_000 });

/** Inspections hour by hour, drills of 20 runbooks evenly between them. */
async function made(to: Recorder, inspections: number, drills: number): Promise<void> {
  const every = Math.ceil(inspections / drills);
  for (let n = 0; n < inspections; n += 1) {
    await inspection(to, n);
    if (n % every === 0) await drill(to, String((n / every) % 20), FIRST + n * HOUR + 60_000);
  }
}

interface Took {
  readonly name: string;
  readonly ms: number;
  readonly blockedMs: number;
}

async function timed(name: string, work: () => unknown): Promise<Took> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await pause(20);
  delay.enable();
  await pause(20);
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  await pause(20);
  delay.disable();
  return { name, ms, blockedMs: delay.max / 1e6 };
}

/** Every statement read once, and nothing understood. */
function bare(root: string): void {
  const below = (folder: string): string[] => readdirSync(folder).map((name) => join(folder, name));
  const years = below(root).filter((folder) => /\d{4}$/.test(folder));
  for (const directory of years.flatMap(below).flatMap(below)) readFileSync(join(directory, FILES.statement));
}

export async function yearsTable(inspections: number, drills: number, keep?: string): Promise<string> {
  const folder = keep ?? mkdtempSync(join(tmpdir(), "watchbook-bench-"));
  try {
    const to = recorder(folder);
    if (!existsSync(to.root)) await made(to, inspections, drills);
    const open = { root: folder, book: { config: { evidence: to.root } } };
    const host = { book: () => ({ open }), house: { data: folder } } as unknown as Parameters<typeof listOf>[0];
    const now = Date.now();
    const demands = trusting(to, { pins: { now } });
    const [kinds, proven, looked]: [Kinds, ProofCache, DrillCache] = [
      new Map(),
      { opened: new Map(), found: new Map() },
      { opened: new Map(), found: new Map() },
    ];
    const newest = (await listOf(host, undefined, 1)).evidence[0]!;
    const proofs = () => proofsOf(to.root, demands, proven);
    const onRecord = () => drillsOf(to.root, demands, looked);
    const took = [
      await timed("the newest 50", () => listOf(host, undefined, 50)),
      await timed("the newest 50 of a kind that is rare", () => listOf(host, "incident", 50, kinds)),
      await timed("the same again", () => listOf(host, "incident", 50, kinds)),
      await timed("one verified", () => verify(to, join(to.root, newest.path))),
      await timed("last proof of each runbook", proofs),
      await timed("drills on record, each verified", onRecord),
      await timed("the same again", onRecord),
      await timed("one more inspection recorded", () =>
        record(to, `more-${now}`, { started: now, ended: now + 1_000 }),
      ),
      await timed("last proof of each runbook, after that", proofs),
      await timed("drills on record, after that", onRecord),
      await timed("floor: every statement read once, nothing understood", () => bare(to.root)),
    ];
    const { drills: found } = await onRecord();
    return [
      `### A record of years: ${inspections} inspections and ${found.length} drills of 20 runbooks`,
      "",
      `Budget: nobody waits longer than 100 ms (load ${loadavg()[0]!.toFixed(1)})`,
      "",
      "| | ms | nobody else had a turn for, ms |",
      "| --- | --- | --- |",
      ...took.map(({ name, ms, blockedMs }) => `| ${name} | ${ms.toFixed(0)} | ${blockedMs.toFixed(0)} |`),
      "",
    ].join("\n");
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      inspections: { type: "string", default: "10000" },
      drills: { type: "string", default: "500" },
      keep: { type: "string" },
    },
  });
  process.stdout.write(await yearsTable(Number(values.inspections), Number(values.drills), values.keep));
}
