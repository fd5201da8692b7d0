import { fallsOf, type Fall, type Used } from "./teeth.ts";

export interface Wanted {
  readonly windowMs: number;
  /** How far ahead is looked. */
  readonly aheadMs: number;
}

export type Forecast =
  /** Too little is known to draw a line. */
  | { readonly kind: "short"; readonly spanMs: number }
  /** Points of the share per hour, how many falls come again and again, and in how many milliseconds it is full, if ever. */
  | { readonly kind: "line"; readonly perHour: number; readonly teeth: number; readonly fullInMs?: number };

const HOUR = 3_600_000;
const FULL = 100;
/** Fewer points than this, or less than this share of the window, are no line. */
const FEW = 5;
const SPAN = 0.5;
/** The next fall comes within so many times the longest wait there was; one that is later than the second is not counted on. */
const WAIT = 1.05;
const LATE = 1.5;

/** The least-squares line: slope per millisecond and the value at `when`; undefined where there is none. */
function lineOf(points: readonly Used[], when: number): { readonly slope: number; readonly value: number } | undefined {
  const [first] = points;
  if (!first || points.length < 2) return undefined;
  const xs = points.map(({ at }) => at - first.at);
  const [meanX, meanY] = [mean(xs), mean(points.map(({ value }) => value))];
  const spread = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) return undefined;
  const slope = xs.reduce((sum, x, n) => sum + (x - meanX) * (points[n]!.value - meanY), 0) / spread;
  return { slope, value: meanY + slope * (when - first.at - meanX) };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Milliseconds until a line is full, when that is within `aheadMs`. */
function fullIn(points: readonly Used[], now: number, aheadMs: number): number | undefined {
  const line = lineOf(points, now);
  if (!line || line.slope <= 0) return undefined;
  const ms = Math.max(0, (FULL - line.value) / line.slope);
  return ms <= aheadMs ? ms : undefined;
}

/** When the next fall is to come at the latest: once two were seen they come again and again. */
function nextFall(falls: readonly Fall[], now: number): number | undefined {
  if (falls.length < 2) return undefined;
  const waits = falls.slice(1).map(({ peak }, n) => peak.at - falls[n]!.peak.at);
  const [last, wait] = [falls.at(-1)!.peak.at, Math.max(...waits)];
  return now <= last + LATE * wait ? last + WAIT * wait : undefined;
}

/**
 * Where a line through the last hours leads. A saw-tooth rises between its falls and is not full for it: the line counts up
 * to the next fall only, and the peaks have a line of their own. `points` come oldest first and end with now.
 */
export function forecast(points: readonly Used[], now: number, { windowMs, aheadMs }: Wanted): Forecast {
  const falls = fallsOf(points);
  const from = Math.max(now - windowMs, falls.at(-1)?.trough.at ?? 0);
  const rise = points.filter(({ at }) => at >= from);
  const next = nextFall(falls, now);
  const spanMs = now - (points.find(({ at }) => at >= now - windowMs)?.at ?? now);
  if (spanMs < windowMs * SPAN || points.length < FEW) return { kind: "short", spanMs };
  // Right after a fall there is no line yet; what filled up before it is known from the peaks.
  const drawn = rise.length >= FEW ? rise : [];
  const straight = fullIn(drawn, now, Math.min(aheadMs, Math.max(0, (next ?? Number.POSITIVE_INFINITY) - now)));
  const peaks =
    falls.length >= 3
      ? fullIn(
          falls.map(({ peak }) => peak),
          now,
          aheadMs,
        )
      : undefined;
  const full = straight ?? peaks;
  const perHour = (lineOf(drawn, now)?.slope ?? 0) * HOUR;
  return { kind: "line", perHour, teeth: falls.length, ...(full !== undefined && { fullInMs: full }) };
}
