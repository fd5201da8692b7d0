// kill -9 → the run goes on, beside the start of a process: `node bench/kill.ts [--rounds N]`. One run on one target of
// this machine; the process is killed while a step works. Measured by one clock from the start of the next process, which
// a supervisor does at once, to the first line that the run's next step left on its target.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { secondsBetween } from "../src/model/time.ts";
import { planDigest } from "../src/evidence/run/plan.ts";
import type { Plan } from "../src/model/plan.ts";
import { daemons } from "../test/chaos/daemon.ts";
import { localPlace, targetAt, type Place } from "../test/chaos/place.ts";
import { counted } from "../test/chaos/plan.ts";
import { engines, type Start } from "../test/chaos/process.ts";
import { planOf } from "../test/kit/plan.ts";

const now = (): bigint => process.hrtime.bigint();
const begun = (place: Place): number => place.lines().filter((line) => line.startsWith("begin")).length;

async function until(what: string, look: () => boolean): Promise<void> {
  for (const start = now(); !look(); await pause(1)) if (secondsBetween(start, now()) > 60) throw new Error(what);
}

/** One run that is long enough for `rounds` kills. */
const longPlan = (place: Place, rounds: number): Plan => {
  const steps = Array.from({ length: rounds * 4 + 8 }, (_, n) => ({ id: `s${n}`, params: counted("sleep 0.05") }));
  const plan = planOf({ steps, targets: [targetAt(place, "bench")] });
  return { ...plan, digest: planDigest(plan) };
};

/** `rounds` kills of one run; between them it does a step or two. */
async function backs(rounds: number, make: (root: string) => Start): Promise<readonly number[]> {
  const root = mkdtempSync(join(tmpdir(), "watchbook-bench-"));
  const place = localPlace(root, "local");
  const start = make(join(root, "process"));
  const silent = (): void => undefined;
  let subject = await start(silent);
  const found: number[] = [];
  try {
    subject.tell({ do: "create", plan: longPlan(place, rounds), reason: "bench" });
    // Some hear an order only when they start.
    if (subject.owed() > 0) {
      subject.send("SIGKILL");
      await subject.gone;
      subject = await start(silent);
    }
    await until("it never began", () => begun(place) > 2);
    for (let round = 0; round < rounds; round++) {
      subject.send("SIGKILL");
      await subject.gone;
      const before = begun(place);
      subject = await start(silent);
      await until("it never went on", () => begun(place) > before);
      found.push(secondsBetween(subject.started, now()));
      await until("it got stuck", () => begun(place) > before + 1);
    }
    return found;
  } finally {
    subject.send("SIGKILL");
    await subject.gone;
    await place.reboot();
    rmSync(root, { recursive: true, force: true });
  }
}

function starts(rounds: number, args: readonly string[]): readonly number[] {
  return Array.from({ length: rounds }, () => {
    const start = now();
    const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
    if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}`);
    return secondsBetween(start, now());
  });
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** The table; the floors are processes that load what ours load, and nothing. */
export async function killTable(rounds: number): Promise<string> {
  const file = (path: string): string => JSON.stringify(join(import.meta.dirname, path));
  const load = (path: string): readonly string[] => ["--input-type=module", "-e", `await import(${file(path)})`];
  // The installed command keeps compiled code; a process that is killed writes none, one that ends does.
  const cache = mkdtempSync(join(tmpdir(), "watchbook-bench-"));
  process.env["NODE_COMPILE_CACHE"] = cache;
  for (const path of ["../src/cli/serve.ts", "../src/kinds/registry.ts", "../test/chaos/subject.ts"])
    starts(1, load(path));
  const rows: readonly (readonly [string, readonly number[]])[] = [
    ["the daemon, `serve`", await backs(rounds, daemons)],
    ["the engine alone", await backs(rounds, engines)],
    ["floor: a process loads the daemon and ends", starts(rounds, load("../src/cli/serve.ts"))],
    ["floor: node that does nothing", starts(rounds, ["-e", "0"])],
  ];
  rmSync(cache, { recursive: true, force: true });
  const base = median(rows[0]![1]);
  return [
    `### kill -9 → the run goes on, ${rounds} kills`,
    "",
    `Budget: ≤ 1 s on the same host, wall clock; load ${loadavg()[0]!.toFixed(1)}`,
    "",
    "| | s, median | max | ratio |",
    "| --- | --- | --- | --- |",
    ...rows.map(([name, all]) => {
      const middle = median(all);
      return `| ${name} | ${middle.toFixed(2)} | ${Math.max(...all).toFixed(2)} | ${(middle / base).toFixed(2)} |`;
    }),
    "",
  ].join("\n");
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "20" } } });
  process.stdout.write(await killTable(Number(values.rounds)));
}
