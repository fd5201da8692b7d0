import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { utc } from "../model/time.ts";
import { makeFolder } from "./folder.ts";
import { openDatabase, openToRead } from "./open.ts";
import { refusalOf } from "./refusal.ts";
import type { Row } from "./protocol.ts";

/** A sample on its way to the file of its day: number in the main file, then check, target, at, value, facts. */
export type Moving = readonly [
  seq: number,
  check: string,
  target: string,
  at: number,
  value: number,
  facts: string | null,
];

/** Name of the UTC day of a moment: `2026-11-20`. */
export const dayOf = (at: number): string => utc(at).slice(0, 10);

/** Files kept open at once. */
const OPEN = 4;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS series (id INTEGER PRIMARY KEY, probe TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (probe, target)) STRICT;
CREATE TABLE IF NOT EXISTS sample (
  series INTEGER NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, value REAL NOT NULL, facts TEXT,
  PRIMARY KEY (series, at, seq)
) STRICT, WITHOUT ROWID;`;

/**
 * Samples in one file a day, so that old ones go by deleting a file. Adding is idempotent by `seq`: a move that was
 * interrupted is simply done again.
 */
export class Days {
  readonly #folder: string;
  readonly #readOnly: boolean;
  readonly #open = new Map<string, DatabaseSync>();

  constructor(folder: string, options: { readonly readOnly?: boolean } = {}) {
    this.#folder = folder;
    this.#readOnly = options.readOnly ?? false;
  }

  /** Days that have a file, oldest first. */
  list(): string[] {
    if (!existsSync(this.#folder)) return [];
    const days = readdirSync(this.#folder).filter((name) => /^\d{4}-\d\d-\d\d\.db$/.test(name));
    return days.map((name) => name.slice(0, -3)).sort();
  }

  /** Puts samples of one day into its file; those that are there already stay as they are. */
  add(day: string, rows: readonly Moving[]): void {
    this.#with(day, (db) => {
      const name = db.prepare("INSERT INTO series (probe, target) VALUES (?, ?) ON CONFLICT DO NOTHING");
      const put = db.prepare(
        "INSERT OR IGNORE INTO sample SELECT id, ?3, ?4, ?5, ?6 FROM series WHERE probe = ?1 AND target = ?2",
      );
      db.exec("BEGIN IMMEDIATE");
      try {
        for (const [seq, check, target, at, value, facts] of rows) {
          name.run(check, target);
          put.run(check, target, at, seq, value, facts);
        }
        db.exec("COMMIT");
      } catch (error) {
        if (db.isTransaction) db.exec("ROLLBACK");
        throw error;
      }
    });
  }

  /** Rows (at, value, facts, seq) of one series since a moment, newest first, at most `limit`. */
  read(check: string, target: string, since: number, limit: number): Row[] {
    const first = dayOf(since);
    const rows: Row[] = [];
    for (const day of this.list().reverse()) {
      if (day < first || rows.length >= limit) break;
      const found = this.#with(day, (db) =>
        db
          .prepare(
            "SELECT at, value, facts, seq FROM sample WHERE series = (SELECT id FROM series WHERE probe = ? AND target = ?) " +
              "AND at >= ? ORDER BY at DESC, seq DESC LIMIT ?",
          )
          .all(check, target, since, limit - rows.length),
      );
      rows.push(...found.map((row) => Object.values(row) as Row));
    }
    return rows;
  }

  /** Deletes what is older than `before`: whole days as files, the rest as rows. */
  drop(before: number): void {
    const kept = dayOf(before);
    for (const day of this.list()) {
      if (day > kept) break;
      if (day === kept) this.#with(day, (db) => db.prepare("DELETE FROM sample WHERE at < ?").run(before));
      else this.#remove(day);
    }
  }

  close(): void {
    for (const db of this.#open.values()) db.close();
    this.#open.clear();
  }

  #remove(day: string): void {
    this.#open.get(day)?.close();
    this.#open.delete(day);
    for (const end of ["", "-wal", "-shm"]) rmSync(this.#file(day) + end, { force: true });
  }

  #file(day: string): string {
    return join(this.#folder, `${day}.db`);
  }

  #with<T>(day: string, work: (db: DatabaseSync) => T): T {
    try {
      return work(this.#opened(day));
    } catch (error) {
      throw refusalOf(error, this.#file(day)) ?? error;
    }
  }

  #made(day: string): DatabaseSync {
    makeFolder(this.#folder, 0o700);
    const db = openDatabase(this.#file(day));
    db.exec(SCHEMA);
    return db;
  }

  #opened(day: string): DatabaseSync {
    const known = this.#open.get(day);
    if (known) {
      this.#open.delete(day);
      this.#open.set(day, known);
      return known;
    }
    const db = this.#readOnly ? openToRead(this.#file(day)) : this.#made(day);
    this.#open.set(day, db);
    const [oldest] = this.#open.keys();
    if (this.#open.size > OPEN && oldest !== undefined) {
      this.#open.get(oldest)?.close();
      this.#open.delete(oldest);
    }
    return db;
  }
}
