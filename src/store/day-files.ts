import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { utc } from "../model/time.ts";
import { makeFolder } from "./folder.ts";
import { openDatabase, openToRead } from "./open.ts";
import { refusalOf } from "./refusal.ts";

/** Name of the UTC day of a moment: `2026-11-20`. */
export const dayOf = (at: number): string => utc(at).slice(0, 10);

/** When a day begins, milliseconds since the epoch. */
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Files kept open at once. */
const OPEN = 4;

export interface DayFilesOptions {
  /** What follows the day in the name of a file: `.db`. */
  readonly end: string;
  /** Brings a new or old file to the present form. */
  readonly prepare: (db: DatabaseSync) => void;
  readonly readOnly: boolean;
}

/** One SQLite file a day in a folder, so that what is old goes by deleting a file. Throws WatchbookError for what the disk refuses. */
export class DayFiles {
  readonly #folder: string;
  readonly #options: DayFilesOptions;
  readonly #open = new Map<string, DatabaseSync>();

  constructor(folder: string, options: DayFilesOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /** Days that have a file, oldest first. */
  list(): string[] {
    if (!existsSync(this.#folder)) return [];
    const { end } = this.#options;
    const isDay = (name: string): boolean => name.endsWith(end) && /^\d{4}-\d\d-\d\d$/.test(name.slice(0, -end.length));
    return readdirSync(this.#folder)
      .filter(isDay)
      .map((name) => name.slice(0, -end.length))
      .sort();
  }

  with<T>(day: string, work: (db: DatabaseSync) => T): T {
    try {
      return work(this.#opened(day));
    } catch (error) {
      throw refusalOf(error, this.#file(day)) ?? error;
    }
  }

  /** The same in one transaction. */
  within<T>(day: string, work: (db: DatabaseSync) => T): T {
    return this.with(day, (db) => {
      db.exec("BEGIN IMMEDIATE");
      try {
        const done = work(db);
        db.exec("COMMIT");
        return done;
      } catch (error) {
        if (db.isTransaction) db.exec("ROLLBACK");
        throw error;
      }
    });
  }

  remove(day: string): void {
    this.#open.get(day)?.close();
    this.#open.delete(day);
    for (const end of ["", "-wal", "-shm"]) rmSync(this.#file(day) + end, { force: true });
  }

  /** Bytes on the disk. */
  bytes(): number {
    const sizes = this.list().flatMap((day) =>
      ["", "-wal"].map((end) => statSync(this.#file(day) + end, { throwIfNoEntry: false })?.size ?? 0),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  close(): void {
    for (const db of this.#open.values()) db.close();
    this.#open.clear();
  }

  #file(day: string): string {
    return join(this.#folder, day + this.#options.end);
  }

  #made(day: string): DatabaseSync {
    makeFolder(this.#folder, 0o700);
    const db = openDatabase(this.#file(day));
    this.#options.prepare(db);
    return db;
  }

  #opened(day: string): DatabaseSync {
    const known = this.#open.get(day);
    if (known) {
      this.#open.delete(day);
      this.#open.set(day, known);
      return known;
    }
    const db = this.#options.readOnly ? openToRead(this.#file(day)) : this.#made(day);
    this.#open.set(day, db);
    const [oldest] = this.#open.keys();
    if (this.#open.size > OPEN && oldest !== undefined) {
      this.#open.get(oldest)?.close();
      this.#open.delete(oldest);
    }
    return db;
  }
}
