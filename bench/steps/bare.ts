// The floor: `node bench/steps/bare.ts FOLDER RUNS joined|apart`. Two rows per step into one table, all that wait in one transaction,
// WAL with synchronous=FULL, node:sqlite in a worker thread; no runs, no fences, no conflicts, nothing to read back by.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isMainThread, parentPort, receiveMessageOnPort, Worker, workerData } from "node:worker_threads";
import { say, STEPS, timed } from "./clock.ts";

type Rows = readonly (readonly [id: number, row: string])[];

function thread(port: NonNullable<typeof parentPort>): void {
  const db = new DatabaseSync(String(workerData));
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE log (seq INTEGER PRIMARY KEY, row TEXT)");
  const put = db.prepare("INSERT INTO log (row) VALUES (?)");
  port.on("message", (first: Rows) => {
    const rows = [...first];
    for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port))
      rows.push(...(more.message as Rows));
    db.exec("BEGIN IMMEDIATE");
    for (const [, row] of rows) put.run(row);
    db.exec("COMMIT");
    port.postMessage(rows.map(([id]) => id));
  });
  port.postMessage([0]);
}

function client(worker: Worker): (row: object) => Promise<void> {
  const waiting = new Map<number, () => void>();
  let outbox: [number, string][] = [];
  let next = 1;
  const post = (): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(outbox);
    outbox = [];
  };
  worker.on("message", (ids: readonly number[]) => {
    for (const id of ids) {
      waiting.get(id)?.();
      waiting.delete(id);
    }
  });
  return (row) =>
    new Promise((resolve) => {
      waiting.set(next, resolve);
      if (outbox.push([next++, JSON.stringify(row)]) === 1) queueMicrotask(() => process.nextTick(post));
    });
}

async function main(folder: string, runs: number, mode: string): Promise<void> {
  const worker = new Worker(new URL(import.meta.url), { workerData: join(folder, "bare.db") });
  await new Promise((resolve) => worker.once("message", resolve));
  const commit = client(worker);
  const apart = async (run: number, took: number[]): Promise<void> => {
    for (let step = 0; step < STEPS; step++) {
      const start = performance.now();
      await commit({ run, step: `step-${step}`, type: "intent", at: Date.now() });
      await commit({ run, step: `step-${step}`, type: "outcome", at: Date.now(), ending: "ok", code: 0 });
      took.push(performance.now() - start);
    }
  };
  const joined = async (run: number, took: number[]): Promise<void> => {
    await commit({ run, step: "step-0", type: "intent", at: Date.now() });
    for (let step = 0; step < STEPS; step++) {
      const start = performance.now();
      const outcome = commit({ run, step: `step-${step}`, type: "outcome", at: Date.now(), ending: "ok", code: 0 });
      if (step < STEPS - 1) await commit({ run, step: `step-${step + 1}`, type: "intent", at: Date.now() });
      await outcome;
      took.push(performance.now() - start);
    }
  };
  say(await timed(runs, mode === "joined" ? joined : apart));
  await worker.terminate();
}

if (isMainThread) await main(process.argv[2]!, Number(process.argv[3]), process.argv[4]!);
else thread(parentPort!);
