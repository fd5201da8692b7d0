import { excerpt } from "../answer/text.ts";
import { minuteOf } from "./stamp.ts";

/** Matching lines of one stretch of time. */
export interface Stretch {
  count: number;
  /** The first of them. */
  readonly first: string;
}

/** A window of time, by its number, and the lines in it. */
export interface Window {
  readonly window: number;
  readonly count: number;
}

/** Window of lines before the first one that carries a time. */
const UNSTAMPED = -1;

/** Counts matching lines by window of their own time; lines without one belong to the line before. */
export class Tally {
  count = 0;
  readonly #windows = new Map<number, Stretch>();
  #window = UNSTAMPED;
  readonly #minutes: number;
  readonly #before: Window | undefined;

  /** `before`: what an earlier run counted in its last window, which may go on. */
  constructor(windowMinutes: number, before?: Window) {
    this.#minutes = windowMinutes;
    this.#before = before;
  }

  add(line: string): void {
    this.count += 1;
    const minute = minuteOf(line);
    if (minute !== undefined) this.#window = Math.floor(minute / this.#minutes);
    const stretch = this.#windows.get(this.#window);
    if (stretch) stretch.count += 1;
    else this.#windows.set(this.#window, { count: 1 + this.#counted(this.#window), first: excerpt(line, 200) });
  }

  #counted(window: number): number {
    return this.#before?.window === window ? this.#before.count : 0;
  }

  /** The latest window, to be gone on with by the next run. */
  latest(): Window | undefined {
    const window = Math.max(...this.#windows.keys());
    return window > 0 ? { window, count: this.#windows.get(window)!.count } : this.#before;
  }

  /** Lines per minute of the busiest window; lines without a time count over `elapsedMinutes`, the time since the last run. */
  peak(elapsedMinutes: number): { readonly perMinute: number; readonly stretch: Stretch } | undefined {
    const rated = [...this.#windows].map(([window, stretch]) => ({
      perMinute: stretch.count / (window === UNSTAMPED ? Math.max(elapsedMinutes, this.#minutes) : this.#minutes),
      stretch,
    }));
    return rated.toSorted((a, b) => b.perMinute - a.perMinute)[0];
  }
}
