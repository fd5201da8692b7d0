import type { Book } from "../model/book.ts";
import type { Overdue } from "../model/coverage.ts";
import { periodDays } from "../model/every.ts";
import { inForce } from "../model/states.ts";

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** Runbooks in force whose last proof (`YYYY-MM-DD`) is older at `today` than their own frequency allows. */
export const overdueOf = (book: Book, proofs: ReadonlyMap<string, string>, today: string): readonly Overdue[] =>
  book.runbooks.flatMap(({ id, title, source, status, every }) => {
    const last = proofs.get(id);
    const period = periodDays(every);
    if (last === undefined || period === undefined || !inForce(status)) return [];
    // Proofs have a date, and no hour.
    const limit = Math.ceil(period);
    const days = day(today) - day(last);
    return days > limit ? [{ id, title, source, last, days, limit }] : [];
  });
