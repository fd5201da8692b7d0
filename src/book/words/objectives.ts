import type { Objective } from "../../model/runbook.ts";
import { COMPARISON, DURATION, NOTHING, WORKING, comparisonOf, secondsIn } from "./duration.ts";
import { LONGEST_CELL, fold } from "./matcher.ts";

const NAMES: readonly (readonly [Objective["name"], string])[] = [
  ["rto", "(?<![a-z])rto(?![a-z])|恢复时间目标|recovery[ -]time objective"],
  ["rpo", "(?<![a-z])rpo(?![a-z])|恢复点目标|recovery[ -]point objective"],
  ["rollback", "回滚时间(?:上限|目标)?|回滚时限|回滚耗时|rollback time|time to roll ?back|max(?:imum)? rollback"],
  [
    "failover",
    "(?:故障|主备|主从)?切换时间(?:上限|目标)?|切换时限|failover time|time to fail ?over|max(?:imum)? failover",
  ],
  [
    "data-lag",
    "数据延迟上限|复制延迟上限|最大数据延迟|最大复制延迟|max(?:imum)? (?:data|replication) lag|data lag (?:limit|objective)",
  ],
];
const named = NAMES.map(([name, source]) => [name, new RegExp(source)] as const);

/** The objective a header, label or cell names; undefined for none and for two. */
export function objectiveName(text: string): Objective["name"] | undefined {
  if (text.length > LONGEST_CELL) return undefined;
  const folded = fold(text);
  const found = named.filter(([, pattern]) => pattern.test(folded));
  return found.length === 1 ? found[0]?.[0] : undefined;
}

type Value = Pick<Objective, "comparison" | "value" | "unit">;
const COUNT = "(\\d+) ?(?:个|条)?(events?|事件|rows?|行|条记录|records?|messages?|条消息)";
const SOURCE = `(${COMPARISON})? ?(?:(${DURATION})|${COUNT}|(0(?! ?\\d|[.]\\d)|零丢失|零|zero(?: data)?(?: loss)?))(?: ?(?:以内|之内|内|or less))?`;
const WHOLE = new RegExp(`^${SOURCE}$`);

const valueOf = (match: readonly (string | undefined)[]): Value | undefined => {
  const [, sign, duration, count, counted] = match;
  const comparison = comparisonOf(sign) ?? "<=";
  if (comparison.startsWith(">")) return undefined;
  const limit = comparison === "<" ? "<" : "<=";
  if (duration !== undefined) return { comparison: limit, value: secondsIn(duration), unit: "seconds" };
  if (count !== undefined)
    return {
      comparison: limit,
      value: Number(count),
      unit: /row|行|record|记录/.test(counted ?? "") ? "rows" : "events",
    };
  return { comparison: limit, value: 0, unit: "seconds" };
};

/** The limit a cell states: `< 15分钟`, `1 h`, `0 events`. Undefined when it says anything else. */
export function readObjective(cell: string): Value | undefined {
  if (cell.length > LONGEST_CELL) return undefined;
  const folded = fold(cell)
    .replace(/[。.]$/, "")
    .replace(/ ?\([^()]*\)$/, "");
  if (NOTHING.test(folded) || WORKING.test(folded)) return undefined;
  const match = WHOLE.exec(folded);
  return match ? valueOf(match) : undefined;
}

/** Between the name and its value stands nothing but these. */
const LINK =
  "(?: ?\\([^()]{1,30}\\))?(?: ?(?:目标值|目标|要求|上限|指标|target|objective|goal|limit))?(?: ?(?:is|of|are|must be|should be|shall be|为|是|应|需|须|控制在|=|:|:))*[ ]?";
const PROSE = named.map(
  ([name, { source }]) => [name, new RegExp(`(?:${source})${LINK}${SOURCE}(?![\\d%]| ?[-–—~至到] ?\\d)`, "g")] as const,
);
/** A limit whose number has no unit: `RTO < 15,`. A comparison or an equals word must tell that it is one. */
const UNITLESS = named.map(
  ([name, { source }]) =>
    [
      name,
      new RegExp(
        `(?:${source})(?: ?\\([^()]{1,30}\\))?(?: ?(?:为|是|应|需|须|is|must be|should be|=|:))* ?((?:${COMPARISON}|=|:|为|是) ?(?!0+(?:[.]0+)?(?![\\d.]))\\d+(?:\\.\\d+)?)(?= ?(?:$|[,;、。)]|\\.(?!\\d)))`,
        "g",
      ),
    ] as const,
);
/** A number that was measured is no objective. */
const MEASURED =
  /(?:实际|实测|测得|本次|历史|最近一次|measured|actual|achieved|observed|last|was|took)[^,,;;。.]{0,24}$/;
const NUMBER = /[\d零一两二三四五六七八九十半]|zero|one|an? (?:hour|day|week|minute)/i;
const ANY = new RegExp(NAMES.map(([, source]) => source).join("|"));
const HINT = /rto|rpo|recovery|恢复|rollback|roll back|fail ?over|切换|回滚|lag|延迟/i;

/** Of patterns, one for each name, those whose name the text has: most sentences speak of one. */
const spoken = <P>(patterns: readonly P[], folded: string): readonly P[] =>
  patterns.filter((_, index) => named[index]![1].test(folded));

export interface Stated extends Value {
  readonly name: Objective["name"];
  /** Offset of the name in the folded text. */
  readonly at: number;
}

/** Every objective with a limit in a sentence (`RPO（恢复点目标）: < 15 分钟`, `an RTO of 4 hours`). */
export function statedObjectives(text: string): readonly Stated[] {
  if (!NUMBER.test(text) || !HINT.test(text)) return [];
  const folded = fold(text).replaceAll("*", "");
  if (!ANY.test(folded)) return [];
  return spoken(PROSE, folded)
    .flatMap(([name, pattern]) =>
      [...folded.matchAll(pattern)].flatMap((match) => {
        if (MEASURED.test(folded.slice(0, match.index)) || WORKING.test(folded)) return [];
        const value = valueOf(match);
        return value ? [{ name, ...value, at: match.index }] : [];
      }),
    )
    .sort((a, b) => a.at - b.at);
}

/** Objectives of a sentence whose number has no unit, as written: nothing can be measured against them. */
export function unitlessObjectives(
  text: string,
): readonly { readonly name: Objective["name"]; readonly cell: string }[] {
  if (!/\d/.test(text) || !HINT.test(text)) return [];
  const folded = fold(text).replaceAll("*", "");
  if (!ANY.test(folded)) return [];
  return spoken(UNITLESS, folded).flatMap(([name, pattern]) =>
    [...folded.matchAll(pattern)]
      .filter((match) => !MEASURED.test(folded.slice(0, match.index)))
      .map((match) => ({ name, cell: (match[1] ?? "").replace(/^[=:为是]/, "").trim() })),
  );
}
