import type { DatabaseSync } from "node:sqlite";
import { DayFiles, dayOf } from "./day-files.ts";
import type { RawSeries } from "./days.ts";
import type { Folded } from "./fold.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS series (id INTEGER PRIMARY KEY, probe TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (probe, target)) STRICT;
CREATE TABLE IF NOT EXISTS rolled (
  series INTEGER NOT NULL, at INTEGER NOT NULL, min REAL NOT NULL, sum REAL NOT NULL, max REAL NOT NULL, last REAL NOT NULL,
  count INTEGER NOT NULL, worst INTEGER, facts TEXT, PRIMARY KEY (series, at)
) STRICT, WITHOUT ROWID;`;

/** Days have names of four digits until then. */
const END_OF_DAYS = Date.UTC(9999, 11, 31);

/** Older samples, five minutes as one, in one file a day beside the files of single samples. */
export class Rolled {
  readonly #files: DayFiles;

  constructor(folder: string, options: { readonly readOnly?: boolean } = {}) {
    const prepare = (db: DatabaseSync): void => db.exec(SCHEMA);
    this.#files = new DayFiles(folder, { end: ".5m.db", prepare, readOnly: options.readOnly ?? false });
  }

  list(): string[] {
    return this.#files.list();
  }

  bytes(): number {
    return this.#files.bytes();
  }

  /** Puts a series of one day; what was made of more samples stays: a roll that was interrupted is done again. */
  put(day: string, { check, target }: RawSeries, points: readonly Folded[]): void {
    this.#files.within(day, (db) => {
      db.prepare("INSERT INTO series (probe, target) VALUES (?, ?) ON CONFLICT DO NOTHING").run(check, target);
      const id = Number(db.prepare("SELECT id FROM series WHERE probe = ? AND target = ?").get(check, target)!["id"]);
      const put = db.prepare(
        "INSERT INTO rolled (series, at, min, sum, max, last, count, worst, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) " +
          "ON CONFLICT DO UPDATE SET min = excluded.min, sum = excluded.sum, max = excluded.max, last = excluded.last, " +
          "count = excluded.count, worst = excluded.worst, facts = excluded.facts WHERE excluded.count >= count",
      );
      for (const { at, min, sum, max, last, count, worst, facts } of points)
        put.run(id, at, min, sum, max, last, count, worst, facts);
    });
  }

  /** Points of a series from `from` until `to` on days that are not in `without`, oldest first. */
  read(check: string, target: string, from: number, to: number, without: ReadonlySet<string>): Folded[] {
    const [first, last] = [dayOf(from), dayOf(Math.min(to, END_OF_DAYS))];
    const days = this.list().filter((day) => day >= first && day <= last && !without.has(day));
    return days.flatMap((day) =>
      this.#files.with(day, (db) =>
        db
          .prepare(
            "SELECT at, min, sum, max, last, count, worst, facts FROM rolled " +
              "WHERE series = (SELECT id FROM series WHERE probe = ? AND target = ?) AND at >= ? AND at < ? ORDER BY at",
          )
          .all(check, target, from, to)
          .map((row) => ({ ...row }) as unknown as Folded),
      ),
    );
  }

  /** Deletes the days before `before`. */
  drop(before: number): void {
    for (const day of this.list()) if (day < dayOf(before)) this.remove(day);
  }

  remove(day: string): void {
    this.#files.remove(day);
  }

  close(): void {
    this.#files.close();
  }
}
