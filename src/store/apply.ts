import type { DatabaseSync, StatementSync } from "node:sqlite";
import { ENTRIES_FROM, SAMPLE_CELLS } from "./encode.ts";
import type { Cell, Op } from "./protocol.ts";
import type { Wish } from "./shrink.ts";
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
  "sample.add": "INSERT INTO sample (probe, target, at, value, facts, outcome) VALUES (?, ?, ?, ?, ?, ?)",
  "sample.drop": "INSERT INTO floor (one, at) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = max(at, excluded.at)",
  "event.add": "INSERT INTO event (at, kind, subject, data) VALUES (?, ?, ?, ?)",
  "book.put": "INSERT INTO book (digest, json, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  "plan.put": "INSERT INTO plan (digest, json) VALUES (?, ?) ON CONFLICT DO NOTHING",
  "run.insert":
    "INSERT INTO run (id, runbook, open, record, created, digest) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
  "fence.put": "INSERT INTO fence (run, epoch, last) VALUES (last_insert_rowid(), 0, 0)",
  "run.number": "SELECT number FROM run WHERE id = ?",
  "run.claim": "UPDATE fence SET epoch = ?2 WHERE run = ?1 AND epoch = ?2 - 1",
  "run.fence": "UPDATE fence SET epoch = epoch WHERE run = ?1 AND epoch = ?2",
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
  "desk.put":
    "INSERT INTO desk (of, id, open, at, under, record) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (of, id) DO UPDATE " +
    "SET open = excluded.open, at = excluded.at, under = excluded.under, record = excluded.record",
  "desk.drop": "DELETE FROM desk WHERE open = 0 AND at < ? AND of NOT IN ('incident', 'problem')",
  "audit.append":
    "INSERT INTO audit (seq, at, person, action, record) SELECT ?1, ?2, ?3, ?4, ?5 " +
    "WHERE ?1 = 1 + coalesce((SELECT max(seq) FROM audit), 0)",
  "value.set": "INSERT INTO value (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  "value.remove": "DELETE FROM value WHERE key = ?",
} as const;

/** Changes that met somebody else's when they change no row. */
const GUARDED: ReadonlySet<string> = new Set([
  "duty.insert",
  "duty.update",
  "run.insert",
  "run.claim",
  "run.fence",
  "run.update",
  "lock.take",
  "lock.seize",
  "audit.append",
] satisfies Change["kind"][]);

/** What an applied change did beyond its row: samples added, a new floor, a wish for what may stay. */
export interface Applied {
  samples: number;
  floor: boolean;
  wish?: Wish;
}

/** Numbers of runs kept in memory. */
const NUMBERS = 10_000;

/** Applies ops inside a running transaction. */
export class Applier {
  readonly #statements: ReadonlyMap<string, StatementSync>;
  /** A run's number never changes; but one given in a transaction that was rolled back may be given to another run. */
  readonly #numbers = new Map<Cell, Cell>();

  constructor(db: DatabaseSync) {
    this.#statements = new Map(Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]));
  }

  /** Throws Met when one of them meets somebody else's change. */
  all(ops: readonly Op[], applied: Applied): void {
    for (let index = 0; index < ops.length; index++) {
      const op = ops[index]!;
      if (op[0] === "journal.append") this.#append(op, index);
      else this.#apply(op, index, applied);
    }
  }

  /** Throws Met when it meets somebody else's change. */
  #apply([kind, ...cells]: Op, index: number, applied: Applied): void {
    switch (kind) {
      case "sample.add":
        for (let at = 0; at < cells.length; at += SAMPLE_CELLS) this.#run(kind, cells.slice(at, at + SAMPLE_CELLS));
        applied.samples += cells.length / SAMPLE_CELLS;
        return;
      case "sample.roll":
        applied.wish = { before: Number(cells[0]), bytes: Number(cells[1]), at: Number(cells[2]) };
        return;
      case "run.claim":
      case "run.fence":
        if (this.#run(kind, [this.#number(cells[0]!), cells[1]!]) === 0) throw new Met(index);
        return;
      case "run.insert":
        // Absent: it was seen to be there.
        if (cells[6] !== null) this.#run("plan.put", cells.slice(5));
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

  #append(op: Op, index: number): void {
    const [, run, first, epoch] = op as readonly [string, string, number, number];
    const number = this.#number(run);
    const count = (op.length - ENTRIES_FROM) / 2;
    if (this.#run("fence.pass", [number, first, epoch, count]) === 0) throw new Met(index);
    const cells = (n: number): readonly Cell[] => {
      const at = ENTRIES_FROM + 2 * n;
      return [number, first + n, epoch, op[at]!, op[at + 1]!];
    };
    for (let n = 0; n < count; n += 2)
      if (n + 1 < count) this.#run("journal.append.two", [...cells(n), ...cells(n + 1)]);
      else this.#run("journal.append", cells(n));
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
