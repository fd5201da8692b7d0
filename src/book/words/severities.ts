import { LONGEST_CELL, fold } from "./matcher.ts";

const CODES =
  /^(?:p[0-5]|s[0-5]|sev ?-?[0-5]|l[1-5]|priority ?[0-5]|severity ?[0-5]|level ?[1-5]|[一二三四五]级|[1-5] ?级)(?![a-z0-9])/;
const NAMES =
  /^(?:特别重大|重大|较大|一般|致命|灾难|紧急|危急|严重|重要|主要|次要|警告|预警|提示|通知|信息|轻微|提醒|高|中|低|blocker|critical|fatal|emergency|disaster|major|minor|moderate|high|medium|normal|low|urgent|warning|warn|info|information|informational|notice|trivial|page|ticket)(?![a-z0-9\p{Script=Han}])/u;

export interface SeverityName {
  /** As written: `P0`, `严重`, `Sev 1`. */
  readonly id: string;
  /** What stands beside it: `紧急/唤醒告警` of `P1 (紧急/唤醒告警)`. */
  readonly gloss: string;
  /** P0, SEV1 …: certain even without a heading that says so. */
  readonly code: boolean;
}

/** A level's name at the beginning of a cell or lead, and nothing but a gloss after it; undefined otherwise. */
export function severityName(text: string): SeverityName | undefined {
  if (text.length > LONGEST_CELL) return undefined;
  const plain = (/[^\x00-\x7f]/.test(text) ? text.normalize("NFKC") : text).trim();
  const folded = fold(plain);
  const code = CODES.exec(folded);
  const found = code ?? NAMES.exec(folded);
  if (!found) return undefined;
  const id = plain.slice(0, found[0].length).trim();
  const rest = plain.slice(found[0].length).trim();
  const gloss = /^(?:$|[((][^()]*[))]$|[-–—:/|,、]\s*.{1,40}$)/.exec(rest);
  // `P1 紧急` and `Critical outage`: one short word more is still a name, a sentence is not.
  const word = code
    ? /^(?:级|级别)?\s*[\p{L}\p{N}/·]{0,24}$/u.exec(rest)
    : /^(?:级|级别|告警|事件|故障|level|severity)?$/i.exec(rest);
  if (!gloss && !word) return undefined;
  return { id, gloss: rest.replace(/^[-–—:/|,、((\s]+|[))\s]+$/g, ""), code: code !== null };
}

const SPLIT = /\s*[、,/|;;,]\s*|\s+(?:and|or|和|及)\s+/;
const LISTED = /[((::]\s*([^()()::]{3,80}?)\s*[))]?\s*$/;

/**
 * Levels that a line lists in brackets or after a colon (`告警级别（严重、警告、信息）`, `Levels: critical, warning, info`).
 * Every part must be a level's name, two at least; otherwise nothing.
 */
export function severityNames(text: string): readonly string[] {
  if (text.length > LONGEST_CELL) return [];
  const inside = LISTED.exec(text.normalize("NFKC").trim())?.[1];
  if (inside === undefined) return [];
  const parts = inside.split(SPLIT).map((part) => part.trim());
  const names = parts.map((part) => severityName(part));
  if (parts.length < 2 || names.some((name) => name === undefined || name.gloss !== "")) return [];
  return parts;
}

const RESPOND = /响应|确认|接手|respond|response|acknowledg|\back\b/;
const RESOLVE = /解决|恢复|修复|处理完|关闭|resolve|resolution|restor|fix|mitigat/;
/** What a duration in a sentence is about. */
export const clockOf = (clause: string): "respond" | "resolve" | undefined => {
  const [respond, resolve] = [RESPOND.test(clause), RESOLVE.test(clause)];
  if (respond === resolve) return undefined;
  return respond ? "respond" : "resolve";
};
