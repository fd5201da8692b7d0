import type { Comparison } from "./duration.ts";
import { COMPARISON, DURATION, NOTHING, comparisonOf, secondsIn } from "./duration.ts";
import { LONGEST_CELL, fold } from "./matcher.ts";

/** Units of one family with their size in the family's base (seconds, bytes); others stand alone. */
const TIME: Readonly<Record<string, number>> = {
  ...{ ms: 0.001, 毫秒: 0.001, s: 1, sec: 1, 秒: 1, min: 60, 分钟: 60, 分: 60, h: 3600, 小时: 3600 },
  ...{ second: 1, seconds: 1, minute: 60, minutes: 60, hour: 3600, hours: 3600 },
  ...{ d: 86_400, day: 86_400, days: 86_400, 天: 86_400, 日: 86_400, us: 1e-6, µs: 1e-6, μs: 1e-6, 微秒: 1e-6 },
};
const SIZE: Readonly<Record<string, number>> = {
  ...{ b: 1, byte: 1, bytes: 1, 字节: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
  ...{ kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
};
const COUNTS =
  "个|条|次|台|人|项|份|笔|核|倍|线程|连接|connections?|conns?|requests?|reqs?|errors?|messages?|msgs?|files?|processes|threads?|sessions?|cores?|x|℃|°c|qps|rps|tps|iops|ops|mbps|gbps|kbps";
const names = (table: Readonly<Record<string, number>>) => Object.keys(table).sort((a, b) => b.length - a.length);
const BASE = `(?:${[...names(TIME), ...names(SIZE)].map((n) => (/^[a-z]/.test(n) ? `${n}(?![a-z])` : n)).join("|")}|(?:${COUNTS})(?![a-z]))`;
const UNIT = `(?:%|${BASE}(?: ?/ ?(?:s|sec|min|h|d|day|秒|分钟|分|小时|天))?|/ ?(?:s|sec|min|h|day|秒|分钟|分|小时|天))`;
const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`;
const HOLD = `[,;]? ?(?:持续|连续|超过|for|over|lasting) ?(${DURATION})(?:以上|or more)?`;
const AFTER = "以内|以下|内|以上|or less|or more|or below|or above";
const WHOLE = new RegExp(
  `^(${COMPARISON})? ?(${NUMBER}) ?(万)? ?(${UNIT})?(?: ?(?:-|–|~|to|至|到) ?(${COMPARISON})? ?(${NUMBER}) ?(万)? ?(${UNIT})?)? ?(${AFTER})?(?: ?${HOLD})?$`,
);

export interface Quantity {
  readonly value: number;
  /** Upper end of a range. */
  readonly high?: number;
  /** As written, half-width: `%`, `ms`, `GB`, `个`; "" for a bare number. */
  readonly unit: string;
  readonly comparison?: Comparison;
  /** Seconds it must hold. */
  readonly hold?: number;
}
export type QuantityRead =
  | ({ readonly kind: "value" } & Quantity)
  | { readonly kind: "none" }
  | { readonly kind: "unclear" };

const numberOf = (text: string, scale: string | undefined): number =>
  Number(text.replaceAll(",", "")) * (scale ? 10_000 : 1);

/**
 * The number, unit and comparison of a table cell; unclear when the cell says anything more.
 * @example readQuantity("> 80% 持续 5 分钟") // { kind: "value", value: 80, unit: "%", comparison: ">", hold: 300 }
 */
export function readQuantity(text: string): QuantityRead {
  if (text.length > LONGEST_CELL) return { kind: "unclear" };
  const before = known.get(text);
  if (before) return before;
  const read = quantityOf(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, read);
  return read;
}

/** Tables say the same few limits again and again: what was read lately is kept. */
const known = new Map<string, QuantityRead>();
const MOST_KNOWN = 2_000;

function quantityOf(text: string): QuantityRead {
  const folded = fold(text).replace(/[。]$/, "");
  if (NOTHING.test(folded)) return { kind: "none" };
  const match = WHOLE.exec(folded);
  if (!match) return { kind: "unclear" };
  const [, sign, low = "", scale, unit, , high, highScale, highUnit, after, hold] = match;
  if (unit !== undefined && highUnit !== undefined && unit !== highUnit) return { kind: "unclear" };
  const comparison = comparisonOf(sign) ?? comparisonAfter(after);
  return {
    kind: "value",
    value: numberOf(low, scale ?? (high === undefined ? undefined : highScale)),
    unit: asWritten(unit ?? highUnit ?? "", text),
    ...(high !== undefined && { high: numberOf(high, highScale) }),
    ...(comparison && { comparison }),
    ...(hold !== undefined && { hold: secondsIn(hold) }),
  };
}

/** The unit in the letters of the cell: GB, not gb. */
export const asWritten = (unit: string, text: string): string => {
  const plain = text.normalize("NFKC");
  const at = plain.toLowerCase().lastIndexOf(unit);
  return at < 0 ? unit : plain.slice(at, at + unit.length);
};

const comparisonAfter = (word: string | undefined): Comparison | undefined => {
  if (word === undefined) return undefined;
  return /以上|more|above/.test(word) ? ">=" : "<=";
};

/** Unit in brackets at the end of a header or metric (`警告阈值 (%)`), or undefined. */
export function unitIn(text: string): string | undefined {
  if (text.length > LONGEST_CELL) return undefined;
  const folded = fold(text);
  if (!CLOSED.test(folded)) return undefined;
  const inside = /[([【]([^()[\]【】]*)[)\]】]\s*$/.exec(folded)?.[1]?.trim();
  return inside !== undefined && ONLY_UNIT.test(inside) ? inside : undefined;
}
const CLOSED = /[)\]】]/;
const ONLY_UNIT = new RegExp(`^${UNIT}$`);

/** Factor that turns `from` into `to`, or undefined when they measure different things. */
export function conversion(from: string, to: string): number | undefined {
  if (from === to) return 1;
  const [source, target] = [from.toLowerCase(), to.toLowerCase()];
  if (source === target) return 1;
  for (const family of FAMILIES) {
    const [a, b] = [family[source], family[target]];
    if (a !== undefined && b !== undefined) return a / b;
  }
  return undefined;
}
const FAMILIES = [TIME, SIZE];

/** Text without any of these states no time to hold. */
export const HOLD_HINT = /持续|连续|超过|for|over|lasting/;
/** A time to hold without a unit at the end of a rule: `> 5% for 5`. Group: the number. */
export const HOLD_UNITLESS = /(?:持续|连续|\bfor|\blasting) ?(\d+)$/;
/** A comparison in prose: `错误率 > 5% 持续 5 分钟`. Groups: sign, number, unit, hold. */
export const COMPARED = new RegExp(`(${COMPARISON}) ?(${NUMBER}) ?(${UNIT})?(?: ?${HOLD})?`);
