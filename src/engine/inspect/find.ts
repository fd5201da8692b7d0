import type { Duty } from "../../model/duty.ts";
import { WatchbookError } from "../../model/error.ts";
import { nearest } from "../../model/nearest.ts";

/** What `inspect` without a name does: the daily inspection, else the first duty that comes most often. */
const ORDER = ["daily", "hourly", "weekly", "monthly", "quarterly", "yearly"];

type Named = Pick<Duty, "id" | "title" | "kind" | "every">;

function usual<D extends Named>(duties: readonly D[]): D | undefined {
  const rank = (duty: D): number => {
    const often = duty.every === undefined ? -1 : ORDER.indexOf(duty.every);
    return (
      (often < 0 ? ORDER.length : often) + (duty.kind === "inspection" ? 0 : 0.5) + (duty.kind === "drill" ? 10 : 0)
    );
  };
  return duties.toSorted((a, b) => rank(a) - rank(b))[0];
}

/**
 * The duty meant by `name`: its id, its title, how often it comes (when only one does), or an unambiguous beginning of
 * an id. Throws WatchbookError NO-DUTIES, DUTY-UNKNOWN (with the names there are) or DUTY-AMBIGUOUS (with the candidates).
 */
export function findDuty<D extends Named>(
  book: { readonly title: string; readonly duties: readonly D[] },
  name: string | undefined,
): D {
  const { duties } = book;
  if (duties.length === 0) throw new WatchbookError("NO-DUTIES", { title: book.title });
  if (name === undefined) return usual(duties)!;
  const exact = duties.find((duty) => duty.id === name) ?? duties.find((duty) => duty.title === name);
  if (exact) return exact;
  const often = duties.filter((duty) => duty.every === name);
  if (often.length === 1) return often[0]!;
  const begun = often.length > 1 ? often : duties.filter((duty) => duty.id.startsWith(name));
  if (begun.length === 1) return begun[0]!;
  if (begun.length > 1) throw new WatchbookError("DUTY-AMBIGUOUS", { duty: name, known: begun.map((one) => one.id) });
  const known = duties.map((one) => one.id);
  throw new WatchbookError("DUTY-UNKNOWN", { duty: name, near: nearest(name, known) ?? "", known });
}
