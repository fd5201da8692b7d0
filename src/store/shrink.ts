import type { DatabaseSync } from "node:sqlite";
import { dayOf } from "./day-files.ts";
import type { Days } from "./days.ts";
import { fold, foldedOf, ROLL_MS } from "./fold.ts";
import type { Rolled } from "./rolled.ts";

/** Samples rolled in one go: the store must not keep others waiting. */
const ROWS = 20_000;

/** What may stay: single samples from `before` on, `bytes` of all samples; `at` is now. */
export interface Wish {
  readonly before: number;
  readonly bytes: number;
  readonly at: number;
}

/**
 * Rolls days of samples up to five minutes each, a little at a time, and holds all samples to their bytes: the oldest
 * single ones go first, the oldest five minutes when only today's are left. A day's file goes when all of it is rolled.
 */
export class Shrink {
  readonly #db: DatabaseSync;
  readonly #days: Days;
  readonly #rolled: Rolled;
  #wish: Wish | undefined;
  /** The day that is being rolled, and the last series of it that is done. */
  #at: { readonly day: string; readonly early: boolean; readonly series: number } | undefined;

  constructor(db: DatabaseSync, days: Days, rolled: Rolled) {
    this.#db = db;
    this.#days = days;
    this.#rolled = rolled;
  }

  ask(wish: Wish): void {
    this.#wish = wish;
  }

  /** Does a little of it; to be called again while it gives true. Throws what the disk refuses. */
  step(): boolean {
    this.#at ??= this.#next();
    if (!this.#at) return false;
    const { day, early } = this.#at;
    for (let rows = 0; rows < ROWS;) {
      const series = this.#days.seriesAfter(day, this.#at.series);
      if (!series) {
        this.#end(day, early);
        return true;
      }
      const found = this.#days.readDay(day, series);
      if (found.length > 0) this.#rolled.put(day, series, fold(found.map(foldedOf), ROLL_MS));
      rows += found.length + 1;
      this.#at = { day, early, series: series.id };
    }
    return true;
  }

  /** The disk refused: the day begins anew when somebody asks again. */
  forget(): void {
    [this.#at, this.#wish] = [undefined, undefined];
  }

  #next(): { readonly day: string; readonly early: boolean; readonly series: number } | undefined {
    const wish = this.#wish;
    if (!wish) return undefined;
    const today = dayOf(wish.at);
    const oldest = this.#days.list().find((day) => day < today);
    if (oldest !== undefined && oldest < dayOf(wish.before)) return { day: oldest, early: false, series: 0 };
    for (;;) {
      if (this.#days.bytes() + this.#rolled.bytes() <= wish.bytes) break;
      if (oldest !== undefined) return { day: oldest, early: true, series: 0 };
      const [rolled] = this.#rolled.list();
      if (rolled === undefined) break;
      this.#rolled.remove(rolled);
      this.#say("rolled", rolled);
    }
    this.#wish = undefined;
    return undefined;
  }

  #end(day: string, early: boolean): void {
    this.#days.remove(day);
    this.#at = undefined;
    if (early) this.#say("raw", day);
  }

  /** What had to go before its time is said. */
  #say(what: "raw" | "rolled", day: string): void {
    const data = JSON.stringify({ what, bytes: this.#wish?.bytes ?? 0 });
    this.#db
      .prepare("INSERT INTO event (at, kind, subject, data) VALUES (?, 'samples.dropped', ?, ?)")
      .run(this.#wish?.at ?? 0, day, data);
  }
}
