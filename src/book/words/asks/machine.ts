import type { Bands } from "../../../model/check.ts";
import type { Proposal } from "../../../model/duty.ts";
import type { Ask } from "./ask.ts";
import { isOpen } from "./ask.ts";

const WHOSE = "(?:(?:overall|total|system|host|server) |(?:系统|主机|本机|服务器|整机) ?)?";
const METRIC =
  "(?:cpu|处理器|内存|memory|mem|ram|磁盘|硬盘|根分区|disks?|root partition|root file ?system|file ?system)";
const LIST = `${METRIC}(?:(?: ?[,/、和与及] ?|,? and |,? & )${METRIC}){0,3}`;
const USE = " ?(?:(?:disk |空间)? ?(?:usage|utili[sz]ation|use|used|使用率|利用率|占用率|使用|占用))?";
const PATH = "(/[\\w./-]*)";
const BE = "(?: (?:is|are|stays?|remains?|should be|should stay|must be|must stay|kept))?";
const PERCENT = " ?(\\d{1,2}(?:\\.\\d+)?) ?(?:%|percent|per cent)";
const BELOW =
  "(?:below|under|less than|lower than|at most|no more than|not (?:above|over|more than)|does not exceed|do not exceed|within|<=?|≤)";
const ABOVE = "(?:above|over|more than|greater than|at least|no less than|not below|>=?|≥)";
const ZH_BE = "(?:均|都|应该|应当|应|需|须|必须|保持|要|是否)*(?:在)?";
const ZH_BELOW = "(?:低于|小于|不超过|不高于|不大于|不得超过|未超过|没有超过|少于|是否超过|是否高于|控制在|<=?|≤)";
const ZH_ABOVE = "(?:高于|大于|不低于|不少于|超过|是否低于|是否小于|>=?|≥)";

const USED: readonly RegExp[] = [
  new RegExp(`^${WHOSE}(${LIST})${USE}(?: (?:of|on|at|for) ${PATH})?${BE} ${BELOW}${PERCENT}$`, "iu"),
  new RegExp(`^${WHOSE}(${LIST})${USE}${ZH_BE}${ZH_BELOW}${PERCENT}(?:以下|以内|之内|之下)?$`, "iu"),
  new RegExp(`^${WHOSE}(${LIST})${USE}${ZH_BE}${PERCENT}(?:以下|以内|之内|之下)$`, "iu"),
];
const USED_AT: readonly RegExp[] = [
  new RegExp(
    `^${PATH} (?:disk|partition|file ?system|volume)? ?(?:usage|use|used|utili[sz]ation)${BE} ${BELOW}${PERCENT}$`,
    "iu",
  ),
  new RegExp(
    `^${PATH} ?(?:磁盘|硬盘|分区|目录|挂载点)?的?(?:空间)?(?:使用率|利用率|占用率)${ZH_BE}${ZH_BELOW}${PERCENT}(?:以下|以内)?$`,
    "iu",
  ),
];
const FREE: readonly RegExp[] = [
  new RegExp(`^(?:free|available) (disk|memory)(?: space)?(?: (?:of|on|at) ${PATH})?${BE} ${ABOVE}${PERCENT}$`, "iu"),
  new RegExp(`^(disk|memory)(?: space)?(?: (?:of|on|at) ${PATH})?${BE} ${ABOVE}${PERCENT} free$`, "iu"),
  new RegExp(`^(磁盘|硬盘|内存)(?:剩余|可用|空闲)(?:空间|率|容量)?()${ZH_BE}${ZH_ABOVE}${PERCENT}(?:以上)?$`, "iu"),
];

const kindOf = (metric: string): string =>
  /^(?:cpu|处理器)$/iu.test(metric) ? "cpu" : /^(?:内存|memory|mem|ram)$/iu.test(metric) ? "memory" : "disk";

/** What the sentence rules out is a failure of it. */
const above = (limit: string): Bands => ({ bad: "above", critical: Number(limit) });

const at = (path: string | undefined): Proposal["params"] => (path ? { path } : {});

/** `Disk usage below 80 %`, `CPU、内存、磁盘使用率均低于 80%`, `/data 使用率低于 85%`, `free disk space above 20 %`. */
export const machine: Ask = (sentence) => {
  const first = (patterns: readonly RegExp[]) =>
    patterns.map((pattern) => pattern.exec(sentence)).find((match) => match !== null);
  const used = first(USED);
  if (used) {
    const kinds = new Set(used[1]!.split(/ ?[,/、和与及&] ?(?:and )?| and /iu).map((metric) => kindOf(metric.trim())));
    const path = used.length > 3 ? used[2] : undefined;
    if (path !== undefined && (kinds.size > 1 || !kinds.has("disk") || isOpen(path))) return undefined;
    return [...kinds].map((kind) => ({ kind, params: at(path), bands: above(used.at(-1)!) }));
  }
  const place = first(USED_AT);
  if (place) return [{ kind: "disk", params: at(place[1]), bands: above(place[2]!) }];
  const free = first(FREE);
  if (!free || (free[2] && kindOf(free[1]!) !== "disk")) return undefined;
  const limit = String(Number((100 - Number(free[3])).toFixed(6)));
  return [{ kind: kindOf(free[1]!), params: at(free[2]), bands: above(limit) }];
};
