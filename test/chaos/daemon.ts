// The real daemon as a process to be killed: `serve` on a book of its own. Runs are laid into its data, and its questions
// answered, while it is dead, as a verb would that has taken the data directory; what becomes of them is read from the
// file beside it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { replay } from "../../src/engine/run/core/advance.ts";
import { runId } from "../../src/engine/run/runner.ts";
import type { Entry, Journalled } from "../../src/model/journal.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { RunRecord } from "../../src/model/run.ts";
import { systemClock } from "../../src/model/time.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { MAIN } from "../kit/wb.ts";
import { mine, type Start, type Subject } from "./process.ts";
import { asksOf, type Order, type Said } from "./subject.ts";

const here = import.meta.dirname;
const LOOK_MS = 60;

/** A book that says nothing, so that the daemon has nothing to do but runs. */
function emptyBook(root: string): string {
  const book = join(root, "book");
  mkdirSync(book, { recursive: true });
  writeFileSync(join(book, "ops.md"), "# Chaos\n\nNothing is done by the calendar.\n");
  writeFileSync(join(book, "watchbook.yaml"), "title: Chaos\nlang: en\n");
  return book;
}

async function lay(store: Store, plan: Plan, reason: string): Promise<void> {
  const at = systemClock.wall();
  const id = runId(at);
  const { runbook, title, environment, digest, rehearsal } = plan;
  const about = { id, runbook, title, environment, digest, rehearsal, by: "lin", reason };
  const record: RunRecord = { ...about, state: "running", created: at, updated: at, done: 0, total: 0, waits: [] };
  const entry: Entry = { type: "run.created", by: "lin", reason, digest, host: "host-1" };
  await store.commit([
    { kind: "run.insert", record, plan: JSON.stringify(plan) },
    { kind: "journal.append", run: id, entry: { seq: 1, epoch: 0, at, entry } },
  ]);
}

async function deliver(store: Store, orders: readonly Order[]): Promise<void> {
  const known = new Set((await store.runs({})).map(({ reason }) => reason));
  for (const order of orders) {
    if (order.do === "create") {
      if (!known.has(order.reason)) await lay(store, order.plan, order.reason);
      known.add(order.reason);
      continue;
    }
    const found = await store.run(order.run);
    if (!found || found.record.ended !== undefined) continue;
    const seq = (await store.journal({ run: order.run })).length + 1;
    const at = systemClock.wall();
    const entries = order.entries.map((entry, n): Journalled => ({ seq: seq + n, epoch: found.epoch, at, entry }));
    await store.commit(entries.map((entry) => ({ kind: "journal.append", run: order.run, entry })));
  }
}

/** Reads what stands in the file, and says what is new of each run. */
class Reader {
  readonly #db: DatabaseSync;
  readonly #seen = new Map<string, number>();
  readonly #hear: (said: Said) => void;

  constructor(file: string, hear: (said: Said) => void) {
    this.#db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    this.#hear = hear;
  }

  /** Gives how many runs stand otherwise than at the look before. */
  look(): number {
    let news = 0;
    const runs = this.#db.prepare("SELECT number, record, json FROM run JOIN plan USING (digest)").all();
    for (const { number, record: text, json } of runs) {
      const record = JSON.parse(String(text)) as RunRecord;
      const rows = this.#db
        .prepare("SELECT seq, epoch, at, entry FROM journal WHERE run = ? ORDER BY seq")
        .all(Number(number));
      const stamp = rows.length * 2 + (record.evidence === undefined ? 0 : 1);
      if (this.#seen.get(record.id) === stamp) continue;
      this.#seen.set(record.id, stamp);
      news += 1;
      const journal = rows.map(({ seq, epoch, at, entry }): Journalled => ({
        seq: Number(seq),
        epoch: Number(epoch),
        at: Number(at),
        entry: JSON.parse(String(entry)) as Entry,
      }));
      const view = replay(JSON.parse(String(json)) as Plan, journal);
      const { id: run, reason, evidence } = record;
      this.#hear({ say: "run", run, reason, state: view.state, evidence: evidence !== undefined, asks: asksOf(view) });
    }
    return news;
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}

/** Looks until the process is dead. It is ready when the first run goes on; with none to take up, at once. */
async function watch(reader: Reader, hear: (said: Said) => void, dead: AbortSignal, open: boolean): Promise<void> {
  using _ = reader;
  const ready = (): void => hear({ say: "ready", problems: [] });
  // Whoever started it must know it before anything is said of it.
  await pause(1);
  reader.look();
  if (!open) ready();
  for (let told = !open; !dead.aborted; await pause(LOOK_MS)) {
    if (reader.look() === 0 || told) continue;
    told = true;
    ready();
  }
  reader.look();
}

/** Daemons on one book and one data directory, one after the other. */
export function daemons(root: string): Start {
  const [book, data] = [emptyBook(root), join(root, "data")];
  const file = join(data, "state.db");
  mkdirSync(root, { recursive: true });
  const told = openSync(join(root, "daemon.log"), "a");
  let orders: Order[] = [];
  return async (hear, point) => {
    const open = await (async () => {
      await using store = await openStore(file);
      const now = orders;
      orders = [];
      await deliver(store, now);
      return (await store.runs({ open: true })).length;
    })();
    const reader = new Reader(file, hear);
    const serve = ["serve", "--book", book, "--data", data, "--listen", "127.0.0.1:0"];
    const started = process.hrtime.bigint();
    const env = { ...process.env, ...(point !== undefined && { CHAOS_DIE: point }) };
    const args = ["--import", join(here, "die.ts"), MAIN, ...serve];
    const child = mine(spawn(process.execPath, args, { stdio: ["ignore", "ignore", told], env }));
    const dead = new AbortController();
    const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
    const read = watch(reader, hear, dead.signal, open > 0);
    const gone = exited.then(async ([, signal]) => {
      dead.abort();
      await read;
      return signal === "SIGKILL";
    });
    const subject: Subject = {
      pid: child.pid!,
      started,
      tell: (order) => void orders.push(order),
      owed: () => orders.length,
      send: (signal) => void child.kill(signal),
      gone,
    };
    return subject;
  };
}
