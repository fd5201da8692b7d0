import { LONGEST_CELL, fold } from "./matcher.ts";

/** Which check measures a metric of a threshold table. `alone`: it needs no more than the machine it runs on. */
export interface Probe {
  readonly kind: string;
  readonly alone: boolean;
}

const WHOSE = "(?:(?:系统|主机|本机|host|system|overall|total) ?)?";
const USED = " ?(?:使用率|利用率|占用率|使用|占用|使用情况|usage|utili[sz]ation|used|use)?";
const PERCENT: readonly (readonly [kind: string, metric: RegExp])[] = [
  ["cpu", new RegExp(`^${WHOSE}(?:cpu|处理器)${USED}$`)],
  ["memory", new RegExp(`^${WHOSE}(?:内存|memory|mem|ram)${USED}$`)],
  [
    "disk",
    new RegExp(
      `^${WHOSE}(?:磁盘|硬盘|根分区|根目录|disk|root disk|root partition|root filesystem|filesystem)(?: ?(?:空间|space))?${USED}$`,
    ),
  ],
];
const ASKING: readonly (readonly [kind: string, metric: RegExp])[] = [
  [
    "connections",
    /^(?:在线|当前|活跃|并发|active|current|open|established|concurrent)? ?(?:连接数?|连接总数|tcp 连接数|connections?|connection count|peer connections|tcp connections)$/,
  ],
  [
    "tls",
    /^(?:tls|ssl|tls\/ssl|ssl\/tls|https)? ?(?:证书|certificate|cert)(?: ?(?:剩余)?(?:有效期|天数|剩余天数|到期天数|expiry|validity|days left|days to expiry|days remaining))$/,
  ],
];

/**
 * The probe for a metric, by its own words and unit: a use in per cent is measured here; what needs a port or an address
 * is known but must be declared. Words around the metric that could mean something else (free, load, I/O) match nothing.
 */
export function probeOf(metric: string, unit: string): Probe | undefined {
  if (metric.length > LONGEST_CELL) return undefined;
  const folded = fold(metric);
  if (unit === "%") {
    const found = PERCENT.find(([, words]) => words.test(folded));
    if (found) return { kind: found[0], alone: true };
  }
  const asking = ASKING.find(([, words]) => words.test(folded));
  return asking && { kind: asking[0], alone: false };
}
