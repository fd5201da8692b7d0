import { COMPARISON } from "./duration.ts";
import { LONGEST_CELL, fold, words } from "./matcher.ts";
import { unitIn } from "./quantity.ts";

/** Metrics that are a span of time: a bare number says nothing of them. */
const TIMED = words(
  [
    ...["延迟", "时延", "耗时", "用时", "时长", "时间", "超时", "滞后"],
    ...["latency", "response time", "duration", "delay", "timeout", "time out", "elapsed", "elapsed time", "rtt"],
    ...["round trip", "round trip time", "ttfb", "processing time", "execution time", "query time", "wait time"],
    ...["recovery time", "load time", "time to", "time since", "replication lag"],
  ],
  // Things that are late, and words that only contain one of the above.
  [
    ...["延迟消息", "延迟任务", "延迟队列", "延迟订单", "延迟请求", "超时请求", "超时订单", "超时任务", "超时连接"],
    ...["时间段", "时间点", "时间戳", "时间窗"],
  ],
);
/** Numbers that only have to do with time: timeouts per hour, a queue of late messages, the share of slow requests. */
const COUNTED =
  /[数量率]$|比例$|占比$|百分比$|长度$|大小$|%|\btimeouts\b|^(?:number|count|rate|ratio|share|percent(?:age)?)\b|\b(?:counts?|number|rates?|ratio|percent(?:age)?|share|size|depth|length|total|queue|messages?|requests?|errors?|events?)$/;

/** Whether a metric is a span of time, so that its limits need a unit; counts and rates of such things are none. */
export function isTimed(metric: string): boolean {
  if (metric.length > LONGEST_CELL) return false;
  const folded = fold(metric)
    .replaceAll("_", " ")
    .replace(/ ?\([^()]*\)$/, "");
  return TIMED.in(folded) && !COUNTED.test(folded);
}

/** A unit of time at the end of a name: `latency_ms`, `延迟/ms`, `Latency, seconds`, `剩余天数`. */
const LAST =
  /(?:^|[\s_,/·-]|(?<=[\u4e00-\u9fff]))(ms|s|sec|min|seconds?|minutes?|hours?|days?|毫秒|秒|分钟|小时|天)数?$/;
/** The last word of these is what they are counted by, not in: `orders per day`, `errors/min`, `每天`. */
const EVERY = /(?:\bper |\/ ?|每 ?)\S+$/;

const lastUnit = (text: string): string | undefined =>
  text.length > LONGEST_CELL ? undefined : LAST.exec(fold(text))?.[1];

/** Unit of time that a metric's own name ends with, undefined for none: `latency_ms`, `证书剩余天数`. */
export const timeUnitIn = (metric: string): string | undefined =>
  EVERY.test(fold(metric)) && !isTimed(fold(metric).replace(LAST, "")) ? undefined : lastUnit(metric);

/** Copies, versions: what a column of retentions can be counted in. */
const COPIES = /(?:\(|\[|^|\s|[\u4e00-\u9fff])(份|copies|个版本|versions)数?[)\]]?$/;

/** A number, compared or not, without any unit. 0 needs none. */
const BARE = new RegExp(`^(?:${COMPARISON})? ?(?!0+(?:\\.0+)?$)\\d+(?:\\.\\d+)?$`);
export const isBare = (cell: string): boolean => cell.length <= LONGEST_CELL && BARE.test(fold(cell));

/**
 * A cell with the unit that its header gives to bare numbers (`响应时间（分钟）`, `Retention [days]`, `保留天数`, `RTO/min`);
 * any other cell as it is.
 */
export function withUnit(cell: string, header: string | undefined): string {
  if (header === undefined || !isBare(cell)) return cell;
  const unit = unitIn(header) ?? lastUnit(header) ?? COPIES.exec(fold(header))?.[1];
  return unit === undefined ? cell : `${cell} ${unit}`;
}

const TIME = /时间|时限|时长|\btime\b|\bwithin\b/;
/** A number without a unit below a header that asks for a time (response time), or that gives it one. */
export const isBareTime = (cell: string, header = ""): boolean =>
  isBare(cell) && (TIME.test(fold(header)) || withUnit(cell, header) !== cell);
