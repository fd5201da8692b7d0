import type { CheckNow } from "../../../engine/snapshot.ts";
import { tail } from "../../../engine/tail.ts";
import type { SeriesPoint } from "../../../model/series.ts";
import type { Outcome } from "../../../model/states.ts";
import type { Store } from "../../../store/store.ts";
import { spansOf, toldBy, type Span, type Told } from "./spans.ts";
import { worst } from "./worst.ts";

/** Marks of a bar, and the milliseconds of one: 24 hours in all. */
export const MARKS = 30;
export const STEP = (24 * 3_600_000) / MARKS;

/** Newest events that are looked through. */
const NEWEST = 5_000;
/** What was read is on the disk after this, milliseconds: then a mark is final. */
const SETTLED = 120_000;
/** Checks that are asked for together: what others write and read comes in between. */
const AT_ONCE = 16;

export type Mark = Outcome | null;

/** Beginnings of the marks, oldest first; the last one goes on. */
export const beginnings = (now: number): readonly number[] => {
  const last = Math.floor(now / STEP) * STEP;
  return Array.from({ length: MARKS }, (_, index) => last - (MARKS - 1 - index) * STEP);
};

/** The mark of the stretch that begins at `from`. */
export const markOf = (from: number, points: readonly SeriesPoint[], spans: readonly Span[]): Mark =>
  worst([
    ...points.map((point) => (point.at === from ? point.worst : null)),
    ...spans.map((span) => (span.from < from + STEP && span.to >= from ? span.outcome : null)),
  ]);

/**
 * Marks of checks, from their values and from their changes: a state has no value, and nor has what could not be read.
 * Marks that are over are kept in memory, so that only the last one is read again.
 */
export class Marks {
  readonly #store: Pick<Store, "series" | "events">;
  readonly #kept = new Map<string, Map<number, Mark>>();

  constructor(store: Pick<Store, "series" | "events">) {
    this.#store = store;
  }

  /** Marks of each of these checks, in their order. */
  async of(checks: readonly CheckNow[], now: number): Promise<readonly (readonly Mark[])[]> {
    const told = toldBy((await tail(this.#store, NEWEST)).toReversed(), now);
    const marks: (readonly Mark[])[] = [];
    for (let index = 0; index < checks.length; index += AT_ONCE) {
      const some = checks.slice(index, index + AT_ONCE);
      marks.push(...(await Promise.all(some.map((check) => this.#one(check, told, now)))));
    }
    return marks;
  }

  async #one(check: CheckNow, told: Told, now: number): Promise<readonly Mark[]> {
    const [id, target] = [check.spec.id, check.reading?.target ?? check.spec.target ?? "local"];
    const key = JSON.stringify([id, target]);
    const all = beginnings(now);
    const kept = this.#kept.get(key) ?? new Map<number, Mark>();
    const last = all.at(-1)!;
    // The last one goes on: it is never kept.
    const from = all.find((at) => !kept.has(at)) ?? last;
    const to = last + STEP;
    // What has stood the same since before then, and was read all the while, needs no look into the store.
    const points =
      check.since !== undefined && check.since <= from
        ? []
        : await this.#store.series({ check: id, target, from, to, points: (to - from) / STEP });
    const spans = spansOf(told, check);
    const found = new Map(all.map((at) => [at, kept.get(at) ?? markOf(at, points, spans)]));
    this.#kept.set(key, new Map([...found].filter(([at]) => at + STEP + SETTLED < now)));
    return [...found.values()];
  }
}
