import type { Book } from "../model/book.ts";
import type { Overdue } from "../model/coverage.ts";
import type { Every } from "../model/every.ts";
import { inForce } from "../model/states.ts";

const DAYS: Readonly<Partial<Record<Every, number>>> = { daily: 1, weekly: 7, monthly: 31, quarterly: 92, yearly: 366 };

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** Runbooks in force whose last proof (`YYYY-MM-DD`) is older at `today` than their own frequency allows. */
export const overdueOf = (book: Book, proofs: ReadonlyMap<string, string>, today: string): readonly Overdue[] =>
  book.runbooks.flatMap(({ id, title, source, status, every }) => {
    const last = proofs.get(id);
    const limit = every === undefined ? undefined : DAYS[every];
    if (last === undefined || limit === undefined || !inForce(status)) return [];
    const days = day(today) - day(last);
    return days > limit ? [{ id, title, source, last, days, limit }] : [];
  });
