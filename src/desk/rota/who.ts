import type { Book } from "../../model/book.ts";
import type { Answer, Because, CalendarEnded, OnCall, Rota } from "../../model/rota.ts";
import { reachable, type Called } from "../../model/rota/of-book.ts";
import { nextOnCall, onCall } from "../../model/rota/on-call.ts";
import type { Source } from "../../model/source.ts";

/** An answer with everything that is needed to call somebody. Times are milliseconds since the epoch. */
export interface Named {
  readonly state: Answer["state"];
  /** One when it is known who it is, several when it is not, none when there is nobody. */
  readonly who: readonly Called[];
  readonly because: Because | CalendarEnded | null;
  /** null: no end within 60 days. */
  readonly until: number | null;
}

/** Who is on call by one rota, and who is next. */
export interface WhoNow extends Named {
  readonly rota: string;
  readonly title: string;
  readonly zone: string;
  readonly at: number;
  /** Where the book says it. */
  readonly source: Source;
  readonly next: (Named & { readonly from: number }) | null;
}

type Stated = Pick<Book, "config" | "contacts">;

function named(book: Stated, answer: OnCall): Named {
  const ids = answer.state === "on" ? [answer.person] : answer.state === "unknown" ? answer.candidates : [];
  return {
    state: answer.state,
    who: ids.map((person) => ({ person, ...reachable(book, person) })),
    because: answer.state === "gap" ? null : answer.because,
    until: answer.until ?? null,
  };
}

/** Who is on call at a moment, why, how to reach them, and who is next. Pure. */
export function whoNow(book: Stated, rota: Rota, at: number): WhoNow {
  const now = onCall(rota, at);
  const next = nextOnCall(rota, now);
  const { id, title, zone } = rota;
  const { file, line } = rota.source;
  return {
    ...{ rota: id, title, zone, at, source: { file, line }, ...named(book, now) },
    next: next === undefined ? null : { from: next.from, ...named(book, next) },
  };
}
