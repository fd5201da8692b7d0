import { LONGEST_CELL, fold } from "./matcher.ts";

/** Seconds of each unit a manual may use. A month is 30 days and a year 365, as retention rules count them. */
const UNITS: readonly (readonly [seconds: number, names: readonly string[]])[] = [
  [0.001, ["毫秒", "ms", "msec", "msecs", "millisecond", "milliseconds"]],
  [1, ["秒钟", "秒", "s", "sec", "secs", "second", "seconds"]],
  [60, ["分钟", "分", "m", "min", "mins", "minute", "minutes"]],
  [3600, ["个小时", "小时", "个钟头", "h", "hr", "hrs", "hour", "hours"]],
  [86_400, ["天", "日", "d", "day", "days"]],
  [604_800, ["个星期", "星期", "周", "w", "wk", "wks", "week", "weeks"]],
  [2_592_000, ["个月", "月", "mo", "month", "months"]],
  [31_536_000, ["年", "y", "yr", "yrs", "year", "years"]],
];
const SECONDS = new Map(UNITS.flatMap(([seconds, names]) => names.map((name) => [name, seconds] as const)));
const unitNames = [...SECONDS.keys()].sort((a, b) => b.length - a.length);
const UNIT = `(?:${unitNames.map((name) => (/^[a-z]/.test(name) ? `${name}(?![a-z])` : name)).join("|")})`;

const NUMERALS: Readonly<Record<string, number>> = {
  ...{ 半: 0.5, 一: 1, 两: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 },
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
};
const NUMBER = `(?:\\d+(?:\\.\\d+)?|半|[一两二三四五六七八九十]|\\b(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten)\\b)`;
const ONE = `(${NUMBER})[ -]?(${UNIT})`;
/** A duration anywhere in a text: `15 分钟`, `1 h 30 min`, `30-day`. Source of a regular expression without anchors. */
export const DURATION = `${NUMBER}[ -]?${UNIT}(?: ?${NUMBER}[ -]?${UNIT})*`;

const LESS = "<|小于|少于|低于|短于|less than|under|below|fewer than|shorter than";
const AT_MOST =
  "<=|≤|≦|不超过|不高于|不大于|不多于|最多|最长|最大|上限|within|in|at most|no more than|not more than|up to|max(?:imum)?(?: of)?";
const MORE = ">|大于|超过|高于|多于|more than|over|above|greater than|exceeds?|longer than";
const AT_LEAST = ">=|≥|≧|不少于|不低于|不小于|至少|最少|at least|no less than|not less than|min(?:imum)?(?: of)?";

export type Comparison = "<" | "<=" | ">" | ">=";
/** Words and signs before a number that compare it; longer ones first (>= before >). */
export const COMPARISON = `(?:${AT_LEAST}|${AT_MOST}|${MORE}|${LESS})`;
const COMPARISONS: readonly (readonly [Comparison, RegExp])[] = [
  [">=", new RegExp(`^(?:${AT_LEAST})$`)],
  ["<=", new RegExp(`^(?:${AT_MOST})$`)],
  [">", new RegExp(`^(?:${MORE})$`)],
  ["<", new RegExp(`^(?:${LESS})$`)],
];
export const comparisonOf = (word: string | undefined): Comparison | undefined =>
  word === undefined ? undefined : COMPARISONS.find(([, pattern]) => pattern.test(word.trim()))?.[0];

const AFTER = "内|以内|之内|以下|or less|max";
const TAIL = "响应|首次响应|解决|恢复|处理|完成|修复|缓解|or sooner|to respond|to resolve|response|resolution";
const WHOLE = new RegExp(`^(${COMPARISON})? ?(${DURATION}) ?(${AFTER})? ?(?:${TAIL})?$`);
export const WORKING = /工作日|工作时间|个工作|上班|交易日|business|working|work day|workday|office hour|trading/;
export const NOTHING = /^(?:|-+|—+|–+|\/|n\/?a|none|无|暂无|不适用|不涉及|not applicable)$/;

/** Sum of all number-unit pairs of a folded text, seconds. */
export const secondsIn = (folded: string): number => {
  let total = 0;
  for (const [, number = "", unit = ""] of folded.matchAll(new RegExp(ONE, "g")))
    total += (NUMERALS[number] ?? Number(number)) * (SECONDS.get(unit) ?? Number.NaN);
  // 0.1 + 0.2: milliseconds are as fine as a manual gets.
  return Math.round(total * 1000) / 1000;
};

/** A time ahead in prose (24 小时内, within 24 hours) with the small words around it. */
export const WITHIN = new RegExp(`(?:将|会)?(?:在|于|within|in(?: less than)?)\\s*(${DURATION})(?:之内|以内|内)?`);

export type DurationRead =
  | { readonly kind: "value"; readonly seconds: number; readonly comparison?: Comparison }
  | { readonly kind: "none" }
  | { readonly kind: "unclear" };

/**
 * The duration a cell states. Ranges, working days and anything with other words are unclear: a clock cannot run on them.
 * @example readDuration("15 分钟内") // { kind: "value", seconds: 900, comparison: "<=" }
 */
export function readDuration(text: string): DurationRead {
  if (text.length > LONGEST_CELL) return { kind: "unclear" };
  const folded = fold(text).replace(/[。.]$/, "");
  if (NOTHING.test(folded)) return { kind: "none" };
  if (WORKING.test(folded)) return { kind: "unclear" };
  const match = WHOLE.exec(folded.replace(/\s*\([^()]*\)$/, ""));
  if (!match) return { kind: "unclear" };
  const seconds = secondsIn(match[2] ?? "");
  const comparison = comparisonOf(match[1]) ?? (match[3] ? "<=" : undefined);
  return { kind: "value", seconds, ...(comparison && { comparison }) };
}
