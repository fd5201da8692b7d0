import type { Change } from "../../store/store.ts";
import type { Book } from "../../model/book.ts";
import { timetable } from "../schedule.ts";

/** A time in which nobody watched. Milliseconds since the epoch. */
export interface Down {
  readonly from: number;
  readonly to: number;
  /** Duties that fell due meanwhile, by title. */
  readonly missed: readonly string[];
}

/** A start sooner than this, with nothing due meanwhile, is an ordinary one. */
const LEAST_MS = 300_000;

/** The time before a start in which nobody watched; undefined when it was short and nothing fell due. Pure. */
export function downBefore(
  book: Pick<Book, "duties" | "zone">,
  alive: number | undefined,
  now: number,
): Down | undefined {
  if (alive === undefined || alive >= now) return undefined;
  const missed = book.duties.filter((duty) => (timetable(duty, book.zone)?.next(alive, 1)[0] ?? now) < now);
  if (now - alive < LEAST_MS && missed.length === 0) return undefined;
  return { from: alive, to: now, missed: missed.map(({ title }) => title) };
}

export const downEvent = (host: string, { from, to, missed }: Down): Change => ({
  kind: "event.add",
  event: { at: to, kind: "daemon.was-down", subject: host, data: { from, to, missed } },
});
