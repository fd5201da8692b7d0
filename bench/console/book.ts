// What the console is measured with: a book of many checks and one runbook, many runs of it, and an output of a gigabyte.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Daemon } from "../../src/engine/daemon.ts";
import { outputFolder } from "../../src/engine/run/output.ts";
import { systemClock } from "../../src/model/time.ts";
import type { Change } from "../../src/store/store.ts";
import { openOutput } from "../../src/store/output/open.ts";

export const CHECKS = 2_000;
export const RUNS = 10_000;

const MANUAL = `# Bench

## Daily inspection

- [ ] It is there

## SOP-01: Turn it

1. Turn it

   \`\`\`bash {"name":"turn","wb-risk":"write","wb-timeout":"60s"}
   echo turned > turned
   \`\`\`
`;
const list = (line: (n: number) => string): string =>
  Array.from({ length: CHECKS }, (_, n) => `  ${line(n)}`).join("\n");
const config = (root: string): string => `title: bench
lang: en
interval: 30s
environments: { test: {} }
services: { bench: { title: Bench, automation: auto } }
targets: { here: { kind: local, environment: test, directory: place, env: { WATCHBOOK_STATE: ${JSON.stringify(join(root, "receipts"))} } } }
runbooks: { SOP-01: { service: bench, targets: [here] } }
checks:
${list((n) => `c${n}: { kind: file, title: Check number ${n}, service: bench, params: { path: beacon } }`)}
rules:
${list((n) => `r${n}: { check: c${n}, severity: P3 }`)}
severities: { P3: { scale: alert } }
`;

/** Writes the book into a folder. */
export function writeBook(root: string): void {
  mkdirSync(join(root, "place"));
  writeFileSync(join(root, "ops.md"), MANUAL);
  writeFileSync(join(root, "beacon"), "lit\n");
  writeFileSync(join(root, "watchbook.yaml"), config(root));
}

/** Runs the runbook once; gives the run's id. */
async function ranOnce({ runs }: Daemon): Promise<string> {
  const asked = { by: "bench", reason: "measured" };
  const { record } = await runs.begin({ runbook: "SOP-01", environment: "test", params: {} }, asked);
  const { record: ended } = await runs.settled(record.id);
  if (ended.state !== "done") throw new Error(`the run is ${ended.state}`);
  return record.id;
}

const GAP = 60_000;

/** Runs the runbook once, and puts as many copies of that run with its journal beside it, one a minute. Gives the true one's id. */
export async function fillRuns(daemon: Daemon): Promise<string> {
  const id = await ranOnce(daemon);
  const { store } = daemon.house;
  const { record } = (await store.run(id))!;
  const [plan, journal] = [(await store.plan(record.digest))!, await store.journal({ run: id })];
  for (let from = 1; from < RUNS; from += 100)
    await store.commit(
      Array.from({ length: Math.min(100, RUNS - from) }, (_, n): readonly Change[] => {
        const [back, copy] = [(from + n) * GAP, `bench-${String(from + n).padStart(6, "0")}`];
        const { created, updated, ended = updated } = record;
        const moved = { created: created - back, updated: updated - back, ended: ended - back };
        const entries = journal.flatMap((entry, index): readonly Change[] => {
          const taken = entry.epoch > (journal[index - 1]?.epoch ?? 0);
          const append: Change = { kind: "journal.append", run: copy, entry: { ...entry, at: entry.at - back } };
          return taken ? [{ kind: "run.claim", run: copy, epoch: entry.epoch }, append] : [append];
        });
        return [{ kind: "run.insert", record: { ...record, ...moved, id: copy }, plan }, ...entries];
      }).flat(),
    );
  return id;
}

/** Makes the output of that run's step so long. */
export async function fillLog(daemon: Daemon, run: string, bytes: number): Promise<void> {
  const { attempts } = await daemon.runs.show(run);
  const output = await openOutput(outputFolder(daemon.house.data, run), attempts[0]!.log, { cap: 2 * bytes });
  const line = (n: number): string =>
    `${n} 2026-11-21T08:00:00Z INFO worker turned the thing and says so at some length\n`;
  for (let written = 0, n = 0; written < bytes;) {
    let text = "";
    for (const end = n + 10_000; n < end; n += 1) text += line(n);
    const chunk = Buffer.from(text);
    output.write(chunk);
    written += chunk.length;
    // The file is written at the end of a turn.
    await systemClock.sleep(0);
  }
  await output.close();
}
