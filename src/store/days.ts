import type { DatabaseSync } from "node:sqlite";
import { DayFiles, dayOf } from "./day-files.ts";
import type { Row } from "./protocol.ts";

/** A sample on its way to the file of its day: number in the main file, then check, target, at, value, facts, outcome. */
export type Moving = readonly [
  seq: number,
  check: string,
  target: string,
  at: number,
  value: number,
  facts: string | null,
  outcome: number | null,
];

const SCHEMA = `
CREATE TABLE IF NOT EXISTS series (id INTEGER PRIMARY KEY, probe TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (probe, target)) STRICT;
CREATE TABLE IF NOT EXISTS sample (
  series INTEGER NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, value REAL NOT NULL, facts TEXT, outcome INTEGER,
  PRIMARY KEY (series, at, seq)
) STRICT, WITHOUT ROWID;`;

const hasOutcome = (db: DatabaseSync): boolean =>
  db.prepare("SELECT 1 FROM pragma_table_info('sample') WHERE name = 'outcome'").get() !== undefined;

/** Files of before there were outcomes get the column when they are opened to be written. */
function prepare(db: DatabaseSync): void {
  db.exec(SCHEMA);
  if (!hasOutcome(db)) db.exec("ALTER TABLE sample ADD COLUMN outcome INTEGER");
}

/** Samples of a series on one day, as they lie there. */
export interface RawSeries {
  readonly id: number;
  readonly check: string;
  readonly target: string;
}

/**
 * Samples in one file a day, so that old ones go by deleting a file. Adding is idempotent by `seq`: a move that was
 * interrupted is simply done again.
 */
export class Days {
  readonly #files: DayFiles;

  constructor(folder: string, options: { readonly readOnly?: boolean } = {}) {
    this.#files = new DayFiles(folder, { end: ".db", prepare, readOnly: options.readOnly ?? false });
  }

  /** Days that have a file, oldest first. */
  list(): string[] {
    return this.#files.list();
  }

  bytes(): number {
    return this.#files.bytes();
  }

  /** Puts samples of one day into its file; those that are there already stay as they are. */
  add(day: string, rows: readonly Moving[]): void {
    this.#files.within(day, (db) => {
      const name = db.prepare("INSERT INTO series (probe, target) VALUES (?, ?) ON CONFLICT DO NOTHING");
      const find = db.prepare("SELECT id FROM series WHERE probe = ? AND target = ?");
      const put = db.prepare(
        "INSERT OR IGNORE INTO sample (series, at, seq, value, facts, outcome) VALUES (?, ?, ?, ?, ?, ?)",
      );
      const ids = new Map<string, number>();
      const idOf = (check: string, target: string): number => {
        const key = JSON.stringify([check, target]);
        const known = ids.get(key);
        if (known !== undefined) return known;
        name.run(check, target);
        const id = Number(find.get(check, target)!["id"]);
        ids.set(key, id);
        return id;
      };
      for (const [seq, check, target, at, value, facts, outcome] of rows)
        put.run(idOf(check, target), at, seq, value, facts, outcome);
    });
  }

  /** Rows (at, value, facts, seq, outcome) of one series from `since` until `to`, newest first, at most `limit`; all of them for -1. */
  read(check: string, target: string, since: number, limit: number, to = Number.MAX_SAFE_INTEGER): Row[] {
    const first = dayOf(since);
    const rows: Row[] = [];
    for (const day of this.list().reverse()) {
      if (day < first || (limit >= 0 && rows.length >= limit)) break;
      if (to < 8.64e15 && day > dayOf(to)) continue;
      rows.push(
        ...this.#files.with(day, (db) =>
          rowsOf(db, [check, target, since, to, limit < 0 ? limit : limit - rows.length]),
        ),
      );
    }
    return rows;
  }

  /** The next series of a day after `id`. */
  seriesAfter(day: string, id: number): RawSeries | undefined {
    const row = this.#files.with(day, (db) =>
      db.prepare("SELECT id, probe, target FROM series WHERE id > ? ORDER BY id LIMIT 1").get(id),
    );
    return row && { id: Number(row["id"]), check: String(row["probe"]), target: String(row["target"]) };
  }

  /** Rows as `read` gives them of a series of one day, oldest first. */
  readDay(day: string, { check, target }: RawSeries): Row[] {
    const all = [check, target, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, -1] as const;
    return this.#files.with(day, (db) => rowsOf(db, all).reverse());
  }

  /** Deletes what is older than `before`: whole days as files, the rest as rows. */
  drop(before: number): void {
    const kept = dayOf(before);
    for (const day of this.list()) {
      if (day > kept) break;
      if (day === kept) this.#files.with(day, (db) => db.prepare("DELETE FROM sample WHERE at < ?").run(before));
      else this.remove(day);
    }
  }

  remove(day: string): void {
    this.#files.remove(day);
  }

  close(): void {
    this.#files.close();
  }
}

type Asked = readonly [check: string, target: string, since: number, to: number, limit: number];

/** A file that was opened only to be read may be of before there were outcomes. */
const rowsOf = (db: DatabaseSync, asked: Asked): Row[] =>
  db
    .prepare(
      `SELECT at, value, facts, seq, ${hasOutcome(db) ? "outcome" : "NULL AS outcome"} FROM sample ` +
        "WHERE series = (SELECT id FROM series WHERE probe = ? AND target = ?) AND at >= ? AND at < ? " +
        "ORDER BY at DESC, seq DESC LIMIT ?",
    )
    .all(...asked)
    .map((row) => Object.values(row) as Row);
