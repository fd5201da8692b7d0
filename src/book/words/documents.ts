import type { DocumentKind } from "../../model/document.ts";
import type { Status } from "../../model/states.ts";

/** Labels of a document data block, lower case, and the normalised key each stands for. */
export const DATA_LABELS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    number: ["文档编号", "编号", "文件编号", "document number", "document id", "doc id", "doc no", "document no"],
    version: ["版本", "版本号", "文档版本", "version", "revision", "document version"],
    date: ["日期", "发布日期", "编写日期", "生效日期", "date", "effective date", "published", "issued"],
    updated: [
      "最后更新",
      "最近更新",
      "更新日期",
      "更新时间",
      "修订日期",
      "last updated",
      "last update",
      "updated",
      "last reviewed",
      "last modified",
    ],
    state: ["状态", "文档状态", "审批状态", "state", "document status", "approval", "approval status", "status"],
    status: ["实现状态", "落地状态", "实施状态", "implementation status", "implementation"],
    author: ["作者", "编写", "编写人", "拟制", "author", "authors", "written by", "prepared by"],
    reviewer: ["审核", "审核人", "审阅人", "复核", "复核人", "reviewer", "reviewers", "reviewed by"],
    approver: ["批准", "批准人", "审批人", "approver", "approved by"],
    owner: [
      "负责人",
      "责任人",
      "维护人",
      "维护者",
      "维护团队",
      "归属",
      "owner",
      "owners",
      "maintainer",
      "maintained by",
      "owning team",
      "team",
    ],
    baseline: ["对齐基线", "基线", "代码基线", "baseline", "aligned with", "base commit"],
    evidence: ["证据路径", "证据", "evidence", "evidence paths", "evidence path"],
    service: ["服务", "系统", "服务名", "service", "system"],
    audience: ["适用范围", "目标读者", "读者", "audience", "scope"],
  }).flatMap(([key, labels]) => labels.map((label) => [label, key])),
);

/** Headings of a section that is a data block as a whole. */
export const DATA_HEADINGS =
  /^(?:[\d.]+\s*)?(?:文档信息|文档属性|对齐信息|元数据|document (?:information|info|data|control)|metadata|alignment|about this document)$/i;

/** Headings under which people sign. */
export const SIGNATURE_HEADINGS = /签字|签署|会签|sign[ -]?offs?\b|signatures?\b|\bapprovals?\b/i;
/** Roles of a data block that stand for a signature. */
export const SIGNATURE_KEYS: readonly string[] = ["reviewer", "approver"];
/** What stands where a signature is still missing. */
export const UNSIGNED =
  /^(?:[\s_.…—-]*|待签字?|待定|待审核?|待批准|未签字?|tbd|tba|pending|n\/a|none|to be (?:signed|determined))$/i;
/** The date that stands beside a signature line. */
export const SIGNATURE_DATE = /\s*(?:签字)?(?:日期|时间|date)\s*[:：].*$/i;

/** First match decides; tried on the title first, then on the path. Latin words at word boundaries. */
export const KIND_WORDS: readonly (readonly [DocumentKind, RegExp])[] = [
  ["template", /模板|\btemplates?\b/i],
  ["checklist", /检查清单|核对清单|检查表|\bcheck-?lists?\b/i],
  [
    "runbook",
    /应急预案|预案|恢复手册|救援|演练(?!报告|记录|复盘|总结|结果)|\bsop\b|标准操作|\brun-?books?\b|\bplay-?books?\b|\bdrills?\b(?! (?:reports?|records?|results?|notes?|log)\b)/i,
  ],
  ["manual", /运维|操作手册|值班|交接|手册|\bmanual\b|\bhand-?over\b|\bon[- ]?call\b|\boperations\b|\bops guide\b/i],
  ["policy", /规范|制度|策略|政策|管理办法|\bpolic(?:y|ies)\b|\bstandards?\b/i],
  ["architecture", /架构|拓扑|\barch(?:itecture)?\b|\btopology\b|\bdesign\b/i],
  ["report", /报告|记录|复盘|\breports?\b|\bpost-?mortems?\b|\bchange-record\b/i],
];

/** What a data block says of how far something has got. The first match decides. */
const STATUS_WORDS: readonly (readonly [Status, RegExp])[] = [
  [
    "planned",
    new RegExp(
      [
        "未(?:完全|全部)?(?:落地|实现|实施|上线|启用|投产)|待(?:实施|落地|上线|实现|建设|开发)",
        "计划中(?!断)|规划中|建设中|开发中|远期|未来目标",
        "\\bplanned\\b(?! (?:maintenance|downtime|outage|work|window|stop|restart|reboot|failover|switchover)\\b)",
        "\\bnot (?:\\w+ )?(?:implemented|landed|executable|live)\\b|\\bunimplemented\\b|\\bto be (?:implemented|built|landed)\\b",
        "\\bfuture\\b|\\bproposed\\b",
      ].join("|"),
      "i",
    ),
  ],
  ["optional", /可选|选做|\boptional\b/i],
  // What is there in part is neither landed nor planned: it has no status.
  [
    "landed",
    /(?<!部分)已(?:落地|实现|实施|上线)|(?<!不)可执行|(?<!\b(?:partly|partially) )\b(?:landed|implemented)\b|\bexecutable\b/i,
  ],
];
/** A remark in a heading: `(optional)`, `（已落地，可执行）`, `[planned]`, or after a dash or colon at its end. */
const REMARK = /[([（【]([^)\]）】]{1,60})[)\]）】]|\s[-–—]\s*([^-–—]{1,60})$|[:：]\s*([^:：]{1,60})$/g;
const REMARK_HINT = /[([（【–—:：-]/;
const OPTIONAL_FIRST = /^(?:optional|planned)\s*[:：]/i;

/** Status that the value of a data block claims. */
export const statusOf = (text: string): Status | undefined => STATUS_WORDS.find(([, words]) => words.test(text))?.[0];

/**
 * Status that a heading claims in a remark. Words inside the heading itself do not count: planned maintenance is work to
 * be done, not a plan for later.
 */
export function statusOfTitle(title: string): Status | undefined {
  const first = OPTIONAL_FIRST.exec(title);
  if (first) return statusOf(first[0]);
  if (!REMARK_HINT.test(title)) return undefined;
  for (const remark of title.matchAll(REMARK)) {
    const status = statusOf(remark[1] ?? remark[2] ?? remark[3] ?? "");
    if (status) return status;
  }
  return undefined;
}

/** `2026-2-1`, `2026/02/01`, `2026年2月1日` as `2026-02-01`. */
export function dateOf(text: string | undefined): string | undefined {
  const date = /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/.exec(text ?? "");
  return date ? `${date[1]}-${date[2]!.padStart(2, "0")}-${date[3]!.padStart(2, "0")}` : undefined;
}
