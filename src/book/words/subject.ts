import { LONGEST_CELL, fold, unnumbered, words } from "./matcher.ts";
import { RUNBOOK_WORDS } from "./procedures.ts";
import { SOP_PREFIX } from "./typography.ts";

/** Kinds whose words stand for each other: what an upgrade or a deployment does, a rollback undoes. */
const KINDS = RUNBOOK_WORDS.flatMap(([kind, kindWords]) =>
  kind === "rollback" || kind === "upgrade" || kind === "deploy" ? [kindWords] : [],
);

/** Words of a heading that name no subject: what kind of text it is, when it is done, how. */
const EMPTY = words([
  ...["操作", "流程", "步骤", "方案", "规程", "手册", "指南", "预案", "计划", "说明", "过程", "执行", "标准", "版本"],
  ...["失败", "必要时", "如需", "可选", "快速", "一键", "之后", "以后", "如何", "后", "一个", "的", "到", "至", "为"],
  ...["procedure", "process", "plan", "step", "runbook", "playbook", "sop", "guide", "how", "instruction", "operation"],
  ...["the", "a", "an", "of", "for", "to", "from", "after", "if", "when", "needed", "failed", "failure", "version"],
  ...["上一个", "上一", "上个", "前一个", "之前", "新", "旧", "new", "old", "previous", "last", "before"],
  ...["release", "quick", "fast", "optional", "planned", "dry run", "execute"],
]); // prettier-ignore

const ALONE = "(?<![\\p{L}\\p{N}])";
const END = "(?![\\p{L}\\p{N}.])";
const DOTTED = "v?\\d+(?:\\.[\\dx]+)";
/** A version: `2.0`, `v15`, `14 to 15`, `to 15`. A bare number may as well tell two machines apart. */
const VERSION = new RegExp(
  `(?:\\d+ ?)?(?:\\b(?:to|from)\\b|[到至]) ?${DOTTED}*${END}|${ALONE}(?:${DOTTED}+|v\\d+)${END}`,
  "gu",
);

/** What a procedure is about: its title less numbers, versions and the words of its kind. "" when it names nothing. */
export function subjectOf(title: string): string {
  let text = fold(unnumbered(title.slice(0, LONGEST_CELL)).replace(SOP_PREFIX, "")).replace(VERSION, " ");
  for (const each of [...KINDS, EMPTY]) text = text.split(each.pattern).join(" ");
  const parts = text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== "");
  return parts.join(" ");
}
