import type { Limit, Point, Rule, Series } from "../../model/rule.ts";
import { increase, lineAt, newest, within } from "./series.ts";

/** What the readings say of a rule now. between: no longer bad, not good yet. */
export interface Condition {
  readonly says: "bad" | "between" | "good" | "unknown";
  readonly value?: number;
  /** What was seen says that the service is gone. */
  readonly gone?: true;
}

/** A reading counts for so long when no newer one comes: what Prometheus looks back by default. */
export const STALE_MS = 300_000;
/** The last sight of a certificate counts for a day: a check that fails must not end its alert. */
const CERTIFICATE_STALE_MS = 86_400_000;

const UNKNOWN: Condition = { says: "unknown" };

/** A value beside a limit; a value on a limit has reached it. */
function beside(value: number | undefined, { bad, fire, clear = fire }: Limit): Condition {
  if (value === undefined || !Number.isFinite(value)) return UNKNOWN;
  const reached = (limit: number): boolean => (bad === "above" ? value >= limit : value <= limit);
  return { says: reached(fire) ? "bad" : reached(clear) ? "between" : "good", value };
}

type Of<F extends Rule["form"]> = Extract<Rule, { readonly form: F }>;

function ratio(rule: Of<"ratio">, series: Series, now: number): Condition {
  const part = increase(within(series(rule.check), now, rule.windowMs));
  const all = increase(within(series(rule.whole), now, rule.windowMs));
  if (part === undefined || all === undefined) return UNKNOWN;
  if (all === 0 || all < rule.atLeast) return { says: "good" };
  return beside(part / all, rule);
}

/** Bad when nothing that could be judged came in the window; nothing is said before one is over since the first look. */
function absence({ windowMs }: Of<"absence">, points: readonly Point[], now: number, watched: number): Condition {
  const seen = points.findLast(({ at, value, level }) => at <= now && (value !== undefined || level !== undefined));
  if (seen !== undefined && seen.at > now - windowMs) return { says: "good", value: (now - seen.at) / 1000 };
  return now - watched < windowMs ? UNKNOWN : { says: "bad", value: (now - Math.max(watched, seen?.at ?? 0)) / 1000 };
}

function forecast(rule: Of<"forecast">, points: readonly Point[], now: number): Condition {
  const last = newest(points, now);
  const line = lineAt(within(points, now, rule.windowMs), now + rule.horizonMs);
  if (line === undefined || last?.value === undefined) return UNKNOWN;
  const { guard, bad } = rule;
  const guarded = guard === undefined || (bad === "above" ? last.value >= guard : last.value <= guard);
  return guarded ? beside(line, rule) : { says: "good", value: line };
}

function mean(rule: Of<"log-rate">, points: readonly Point[], now: number): Condition {
  const found = within(points, now, rule.windowMs);
  if (found.length === 0) return UNKNOWN;
  return beside(found.reduce((sum, { value }) => sum + value, 0) / found.length, rule);
}

/** The newest value that is not too old, changed by the seconds since. */
function since(
  points: readonly Point[],
  now: number,
  staleMs: number,
): { readonly value: number; readonly seconds: number } | undefined {
  const last = within(points, now, staleMs).at(-1);
  return last && { value: last.value, seconds: (now - last.at) / 1000 };
}

/**
 * Pure. `watched`: since when readings are asked for, milliseconds since the epoch; before that nobody looked, and nothing
 * is missing.
 */
export function conditionOf(rule: Rule, series: Series, now: number, watched: number): Condition {
  const points = series(rule.check);
  switch (rule.form) {
    case "compare": {
      const last = newest(points, now);
      if (last === undefined || last.at <= now - STALE_MS) return UNKNOWN;
      const { says } = beside(last[rule.of], rule);
      // The number tells more than how it was judged.
      return { says, ...(last.value !== undefined && { value: last.value }), ...(last.gone && { gone: true }) };
    }
    case "ratio":
      return ratio(rule, series, now);
    case "absence":
      return absence(rule, points, now, watched);
    case "forecast":
      return forecast(rule, points, now);
    case "log-rate":
      return mean(rule, points, now);
    case "age": {
      const seen = since(points, now, STALE_MS);
      return beside(seen && seen.value + seen.seconds, rule);
    }
    case "certificate-life":
      break;
  }
  const seen = since(points, now, CERTIFICATE_STALE_MS);
  return beside(seen && seen.value - seen.seconds / 86_400, rule);
}
