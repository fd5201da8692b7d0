import type { Duty } from "../../model/duty.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Every } from "../../model/every.ts";
import { nearest } from "../../model/nearest.ts";

/** What `inspect` without a name does: the daily inspection, else the first duty that comes most often. */
const ORDER = ["daily", "hourly", "weekly", "monthly", "quarterly", "yearly"];

/** What nobody means who names no duty. */
const LATER: ReadonlySet<Duty["kind"]> = new Set(["drill", "backup"]);

type Named = Pick<Duty, "id" | "title" | "kind" | "every">;

function usual<D extends Named>(duties: readonly D[]): D | undefined {
  const rank = (duty: D): number => {
    const often = duty.every === undefined ? -1 : ORDER.indexOf(duty.every);
    return (
      (often < 0 ? ORDER.length : often) + (duty.kind === "inspection" ? 0 : 0.5) + (LATER.has(duty.kind) ? 10 : 0)
    );
  };
  return duties.toSorted((a, b) => rank(a) - rank(b))[0];
}

/** A frequency as people say it (every day), or undefined: words are recognised elsewhere. */
export type SaidEvery = (name: string) => Every | undefined;

/**
 * The duties that `name` may mean: by its id, its title, how often it comes, the beginning of an id, or how often it comes
 * in words that `said` knows. More than one: it is not certain which.
 */
export function dutiesNamed<D extends Named>(
  duties: readonly D[],
  name: string,
  said: SaidEvery = () => undefined,
): readonly D[] {
  const exact = duties.find((duty) => duty.id === name) ?? duties.find((duty) => duty.title === name);
  if (exact) return [exact];
  const often = byEvery(duties, name);
  if (often.length > 0) return often;
  const begun = duties.filter((duty) => duty.id.startsWith(name));
  if (begun.length > 0) return begun;
  const every = said(name);
  return every === undefined ? [] : byEvery(duties, every);
}

/** A backup that comes as often as an inspection is not what is meant by how often. */
function byEvery<D extends Named>(duties: readonly D[], every: string): readonly D[] {
  const often = duties.filter((duty) => duty.every === every);
  const looked = often.filter(({ kind }) => kind !== "backup");
  return looked.length > 0 ? looked : often;
}

/**
 * The duty meant by `name`, as dutiesNamed finds it; without a name the usual one. Throws WatchbookError NO-DUTIES,
 * DUTY-UNKNOWN (with the names there are) or DUTY-AMBIGUOUS (with the candidates).
 */
export function findDuty<D extends Named>(
  book: { readonly title: string; readonly duties: readonly D[] },
  name: string | undefined,
  said?: SaidEvery,
): D {
  const { duties } = book;
  if (duties.length === 0) throw new WatchbookError("NO-DUTIES", { title: book.title });
  if (name === undefined) return usual(duties)!;
  const named = dutiesNamed(duties, name, said);
  if (named.length === 1) return named[0]!;
  if (named.length > 1) throw new WatchbookError("DUTY-AMBIGUOUS", { duty: name, known: named.map((one) => one.id) });
  const known = duties.map((one) => one.id);
  throw new WatchbookError("DUTY-UNKNOWN", { duty: name, near: nearest(name, known) ?? "", known });
}
