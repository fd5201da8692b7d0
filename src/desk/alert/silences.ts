import { WatchbookError } from "../../model/error.ts";
import { matcherOf, matchesEverything, type Silence } from "../../model/silence.ts";
import { idOf } from "./desk.ts";

/** What somebody asks for. */
export interface SilenceAsk {
  /** `service=shop` */
  readonly match: readonly string[];
  readonly forMs: number;
  readonly by: string;
  readonly reason: string;
  /** Hiding every alert there can be is meant. */
  readonly everything: boolean;
  /** When it begins, milliseconds since the epoch; absent: now. */
  readonly starts?: number;
}

const HOUR_MS = 3_600_000;
const MOST_MS = 720 * HOUR_MS;
const MOST_EVERYTHING_MS = 8 * HOUR_MS;

/**
 * The silence that is asked for, from `now` on. Throws WatchbookError SILENCE-MATCHER, SILENCE-NEEDS (a reason, an end within
 * thirty days), or SILENCE-ALL for one that hides everything unless that is meant and short.
 */
export function silenceOf(ask: SilenceAsk, now: number): Silence {
  const { match, forMs, by, reason, everything, starts = now } = ask;
  const matchers = match.map((text) => {
    const matcher = matcherOf(text);
    if (!matcher) throw new WatchbookError("SILENCE-MATCHER", { text: text.slice(0, 100) });
    return matcher;
  });
  if (starts > now + MOST_MS) throw new WatchbookError("SILENCE-NEEDS");
  if (reason.trim() === "" || !(forMs > 0 && forMs <= MOST_MS)) throw new WatchbookError("SILENCE-NEEDS");
  if (matchesEverything(matchers) && !(everything && forMs <= MOST_EVERYTHING_MS))
    throw new WatchbookError("SILENCE-ALL", { hours: MOST_EVERYTHING_MS / HOUR_MS });
  const id = idOf("silence", match.join("\n"), now, by, ...(starts === now ? [] : [starts]));
  return { id, kind: "silence", matchers, by, reason: reason.trim(), starts, ends: starts + Math.round(forMs) };
}
