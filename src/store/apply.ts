import type { DatabaseSync, StatementSync } from "node:sqlite";
import { SAMPLE_CELLS } from "./encode.ts";
import type { Cell, Op } from "./protocol.ts";
import type { Change } from "./store.ts";

/** Thrown inside a commit; becomes Conflict in the caller's thread. */
export class Met extends Error {
  readonly index: number;
  constructor(index: number) {
    super(`conflict at change ${index}`);
    this.index = index;
  }
}

/** Statements of every change, prepared once. `value.set` with null takes `value.remove`. */
const SQL = {
  "duty.insert": "INSERT INTO duty (duty, period, revision, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  "duty.update": "UPDATE duty SET revision = ?3, record = ?4 WHERE duty = ?1 AND period = ?2 AND revision = ?3 - 1",
  "inspection.put":
    "INSERT INTO inspection (id, duty, started, record) VALUES (?, ?, ?, ?) " +
    "ON CONFLICT (id) DO UPDATE SET duty = excluded.duty, started = excluded.started, record = excluded.record",
  "sample.add": "INSERT INTO sample (probe, target, at, value, facts) VALUES (?, ?, ?, ?, ?)",
  "sample.drop": "INSERT INTO floor (one, at) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = max(at, excluded.at)",
  "event.add": "INSERT INTO event (at, kind, subject, data) VALUES (?, ?, ?, ?)",
  "book.put": "INSERT INTO book (digest, json, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  "plan.put": "INSERT INTO plan (digest, json) VALUES (?, ?) ON CONFLICT DO NOTHING",
  "run.insert":
    "INSERT INTO run (id, runbook, open, record, created, digest) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
  "fence.put": "INSERT INTO fence (run, epoch, last) VALUES (last_insert_rowid(), 0, 0)",
  "run.number": "SELECT number FROM run WHERE id = ?",
  "run.claim": "UPDATE fence SET epoch = ?2 WHERE run = ?1 AND epoch = ?2 - 1",
  "run.update":
    "UPDATE run SET runbook = ?2, open = ?3, record = ?4 WHERE id = ?1 " +
    "AND EXISTS (SELECT 1 FROM fence WHERE run = run.number AND epoch = ?5)",
  "fence.pass": "UPDATE fence SET last = ?2 + ?4 - 1 WHERE run = ?1 AND epoch = ?3 AND last = ?2 - 1",
  "journal.append": "INSERT INTO journal (run, seq, epoch, at, entry) VALUES (?, ?, ?, ?, ?)",
  "journal.append.two": "INSERT INTO journal (run, seq, epoch, at, entry) VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)",
  "lock.take":
    "INSERT INTO lock (key, run, person, reason, taken, expires) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE " +
    "SET run = excluded.run, person = excluded.person, reason = excluded.reason, taken = excluded.taken, " +
    "expires = excluded.expires WHERE run = excluded.run OR expires <= excluded.taken",
  "lock.seize":
    "UPDATE lock SET run = ?2, person = ?3, reason = ?4, taken = ?5, expires = ?6 WHERE key = ?1 AND run = ?7",
  "lock.release": "DELETE FROM lock WHERE key = ? AND run = ?",
  "value.set": "INSERT INTO value (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  "value.remove": "DELETE FROM value WHERE key = ?",
} as const;

/** Changes that met somebody else's when they change no row. */
const GUARDED: ReadonlySet<string> = new Set([
  "duty.insert",
  "duty.update",
  "run.insert",
  "run.claim",
  "run.update",
  "lock.take",
  "lock.seize",
] satisfies Change["kind"][]);

/** What an applied change did beyond its row: samples added, a new floor. */
export interface Applied {
  samples: number;
  floor: boolean;
}

/** Numbers of runs kept in memory. */
const NUMBERS = 10_000;

/** How many ops from here on are entries of one run, one after the other; 0: none. */
function entriesFrom(ops: readonly Op[], index: number): number {
  const [kind, run, seq, epoch] = ops[index]!;
  if (kind !== "journal.append") return 0;
  let count = 1;
  for (; index + count < ops.length; count += 1) {
    const next = ops[index + count]!;
    if (next[0] !== kind || next[1] !== run || next[2] !== Number(seq) + count || next[3] !== epoch) break;
  }
  return count;
}

/** Applies ops inside a running transaction. */
export class Applier {
  readonly #statements: ReadonlyMap<string, StatementSync>;
  /** A run's number never changes; but one given in a transaction that was rolled back may be given to another run. */
  readonly #numbers = new Map<Cell, Cell>();

  constructor(db: DatabaseSync) {
    this.#statements = new Map(Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]));
  }

  /** Throws Met when one of them meets somebody else's change. Entries that follow each other pass their fence together. */
  all(ops: readonly Op[], applied: Applied): void {
    for (let index = 0; index < ops.length;) {
      const entries = entriesFrom(ops, index);
      if (entries === 0) this.#apply(ops[index]!, index, applied);
      else this.#append(ops.slice(index, index + entries), index);
      index += Math.max(1, entries);
    }
  }

  /** Throws Met when it meets somebody else's change. */
  #apply([kind, ...cells]: Op, index: number, applied: Applied): void {
    switch (kind) {
      case "sample.add":
        for (let at = 0; at < cells.length; at += SAMPLE_CELLS) this.#run(kind, cells.slice(at, at + SAMPLE_CELLS));
        applied.samples += cells.length / SAMPLE_CELLS;
        return;
      case "run.claim":
        if (this.#run(kind, [this.#number(cells[0]!), cells[1]!]) === 0) throw new Met(index);
        return;
      case "run.insert":
        this.#run("plan.put", cells.slice(5));
        if (this.#run(kind, cells.slice(0, 6)) === 0) throw new Met(index);
        this.#run("fence.put", []);
        return;
      case "value.set":
        this.#run(cells[1] === null ? "value.remove" : kind, cells[1] === null ? cells.slice(0, 1) : cells);
        return;
      default:
        if (this.#run(kind, cells) === 0 && GUARDED.has(kind)) throw new Met(index);
        if (kind === "sample.drop") applied.floor = true;
    }
  }

  /** To be called after every rollback. */
  forget(): void {
    this.#numbers.clear();
  }

  #append(entries: readonly Op[], index: number): void {
    const [[, run, seq, epoch]] = entries as readonly [Op];
    const number = this.#number(run!);
    if (this.#run("fence.pass", [number, seq!, epoch!, entries.length]) === 0) throw new Met(index);
    const cells = entries.map(([, , ...rest]) => [number, ...rest]);
    for (let at = 0; at < cells.length; at += 2) {
      const [one, other] = cells.slice(at, at + 2);
      if (other) this.#run("journal.append.two", [...one!, ...other]);
      else this.#run("journal.append", one!);
    }
  }

  #number(run: Cell): Cell {
    const known = this.#numbers.get(run);
    if (known !== undefined) return known;
    const row = this.#statements.get("run.number")!.get(run);
    if (row === undefined) return null;
    if (this.#numbers.size >= NUMBERS) this.forget();
    this.#numbers.set(run, row["number"] as number);
    return row["number"] as number;
  }

  #run(name: keyof typeof SQL, cells: readonly Cell[]): number {
    return Number(this.#statements.get(name)!.run(...cells).changes);
  }
}
