import type { DatabaseSync, StatementSync } from "node:sqlite";
import { Applier, type Applied } from "./apply.ts";
import { floorOf } from "./answer.ts";
import { dayOf } from "./day-files.ts";
import type { Days, Moving } from "./days.ts";
import { failureOf } from "./failure.ts";
import type { Answer, Request, Start } from "./protocol.ts";
import { refusalOf } from "./refusal.ts";
import type { Rolled } from "./rolled.ts";
import { Shrink } from "./shrink.ts";

type Commit = Extract<Request, { commit: unknown }>;

const DAY_MS = 86_400_000;

/** Samples moved in one go. */
const MOVE_ROWS = 10_000;

/** Where samples lie that are not in the main file. */
export interface SampleFiles {
  readonly days: Days;
  readonly rolled: Rolled;
}

/** Group commit, and the way of samples to the files of their days. */
export class Writer {
  readonly #db: DatabaseSync;
  readonly #files: SampleFiles | undefined;
  readonly #shrink: Shrink | undefined;
  readonly #start: Start;
  readonly #applier: Applier;
  readonly #begin: StatementSync;
  readonly #end: StatementSync;
  /** Samples in the main file. */
  #waiting = 0;
  #moveAt: number;
  #dropped = true;
  /** The last commit met somebody else's lock. */
  #busy = false;

  constructor(db: DatabaseSync, files: SampleFiles | undefined, start: Start) {
    this.#db = db;
    this.#files = files;
    this.#shrink = files && new Shrink(db, files.days, files.rolled);
    this.#start = start;
    this.#moveAt = start.moveAt;
    this.#applier = new Applier(db);
    this.#begin = db.prepare("BEGIN IMMEDIATE");
    this.#end = db.prepare("COMMIT");
    this.#count();
  }

  /**
   * All commits in one transaction, one fsync. At first without savepoints, for conflicts are rare; when one is met, the
   * group is done again with each commit in a savepoint, so that a conflict undoes its own commit only. When the disk
   * refuses the group, each commit is tried alone: a large one does not take the small ones with it.
   */
  commit(commits: readonly Commit[]): Answer[] {
    try {
      this.#transaction((applied) => commits.forEach((commit) => this.#all(commit, applied)));
      this.#busy = false;
      return [{ done: commits.map(({ id }) => id) }];
    } catch (error) {
      const refused = refusalOf(error, this.#start.file);
      // Somebody else holds the file, and was waited for: waiting once more for each would hold up everybody for minutes.
      this.#busy = refused?.code === "STORE-BUSY";
      if (this.#busy) return commits.map(({ id }) => ({ id, failure: failureOf(error, this.#start.file) }));
      if (refused) return this.#alone(commits, error);
    }
    try {
      return this.#transaction((applied) => commits.map((commit) => this.#apart(commit, applied)));
    } catch (error) {
      return this.#alone(commits, error);
    }
  }

  #alone(commits: readonly Commit[], error: unknown): Answer[] {
    if (commits.length > 1) return commits.flatMap((commit) => this.commit([commit]));
    return commits.map(({ id }) => ({ id, failure: failureOf(error, this.#start.file) }));
  }

  /** Throws, with nothing written, what `work` throws and what the disk says to the transaction itself. */
  #transaction<T>(work: (applied: Applied) => T): T {
    const applied: Applied = { samples: 0, floor: false };
    try {
      this.#begin.run();
      const result = work(applied);
      this.#end.run();
      this.#waiting += applied.samples;
      this.#dropped &&= !applied.floor;
      if (applied.wish) this.#shrink?.ask(applied.wish);
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      this.#applier.forget();
      throw error;
    }
  }

  #all(commit: Commit, applied: Applied): void {
    this.#applier.all(commit.commit, applied);
  }

  /** Throws only what the disk refused: that ends the group. */
  #apart(commit: Commit, applied: Applied): Answer {
    const before = { ...applied };
    this.#db.exec("SAVEPOINT one");
    try {
      this.#all(commit, applied);
      this.#db.exec("RELEASE one");
      return { done: [commit.id] };
    } catch (error) {
      if (refusalOf(error, this.#start.file)) throw error;
      this.#db.exec("ROLLBACK TO one; RELEASE one");
      this.#applier.forget();
      Object.assign(applied, before);
      return { id: commit.id, failure: failureOf(error, this.#start.file) };
    }
  }

  /** Work that may wait until the answers are out: drop old samples, move new ones when enough have gathered, roll a few. */
  settle(): void {
    const files = this.#files;
    if (!files || this.#busy) return;
    const dropped = this.#dropped || this.#tried(() => this.#drop(files));
    const moved = this.#waiting < this.#moveAt || this.#tried(() => this.#move(files.days));
    if (!this.#tried(() => this.#shrink?.step())) this.#shrink?.forget();
    this.#moveAt = dropped && moved ? this.#start.moveAt : Math.max(this.#start.moveAt, this.#waiting * 2);
  }

  close(): void {
    this.#moveAt = 1;
    this.settle();
  }

  /**
   * False when the disk or a file refused. Nothing is lost then: what waits is safe in the main file and readable, a
   * later commit tries again, and whoever reads the damaged day is told.
   */
  #tried(work: () => unknown): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!refusalOf(error, this.#start.file)) throw error;
      return false;
    }
  }

  #drop({ days, rolled }: SampleFiles): void {
    const floor = floorOf(this.#db);
    this.#db.prepare("DELETE FROM sample WHERE at < ?").run(floor);
    this.#count();
    days.drop(floor);
    rolled.drop(floor);
    this.#dropped = true;
  }

  /** Day by day, so that one damaged day does not hold up the others. Throws the first refusal at the end. */
  #move(days: Days): void {
    const rows = this.#db
      .prepare("SELECT seq, probe, target, at, value, facts, outcome FROM sample ORDER BY seq LIMIT ?")
      .all(MOVE_ROWS)
      .map((row) => Object.values(row) as unknown as Moving);
    const gone = this.#db.prepare("DELETE FROM sample WHERE seq <= ? AND at BETWEEN ? AND ?");
    const refusals: unknown[] = [];
    for (const [day, ofDay] of Map.groupBy(rows, ([, , , at]) => dayOf(at))) {
      try {
        days.add(day, ofDay);
        const start = Date.parse(`${day}T00:00:00Z`);
        gone.run(ofDay.at(-1)![0], start, start + DAY_MS - 1);
      } catch (error) {
        refusals.push(error);
      }
    }
    this.#count();
    if (refusals.length > 0) throw refusals[0];
  }

  #count(): void {
    this.#waiting = Number(this.#db.prepare("SELECT count(*) AS n FROM sample").get()?.["n"] ?? 0);
  }
}
