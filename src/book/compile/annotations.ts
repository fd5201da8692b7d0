import type { Finding } from "../../model/finding.ts";
import { likely } from "../../model/nearest.ts";
import { STATUSES } from "../../model/states.ts";
import type { Node } from "../parse/tree.ts";
import { everyFence } from "../parse/walk.ts";
import type { Page } from "../recognise/recogniser.ts";
import { readEvery } from "../words/every.ts";

/** Keys an annotation may have (convention, level 2): those of tables, rows, lists, items, sentences and sections. */
export const ANNOTATION_KEYS: readonly string[] = [
  "table", "row", "probe", "query", "for", "list", "item", "duty", "every", "at", "owner", "report", "severity", "scale",
  "status", "ignore",
]; // prettier-ignore

/** Keys of the convention that are read elsewhere, and where: in the braces of a fence, or in watchbook.yaml. */
const ELSEWHERE: Readonly<Record<string, "fence" | "check" | "runbook">> = {
  kind: "fence",
  risk: "fence",
  verify: "fence",
  rollback: "fence",
  approve: "fence",
  within: "fence",
  uses: "fence",
  check: "check",
  checks: "check",
  step: "runbook",
  runbook: "runbook",
};

/** Values that are one of a few words; any other would be passed over. */
const VALUES: Readonly<Record<string, (value: string) => boolean>> = {
  status: (value) => (STATUSES as readonly string[]).includes(value),
  list: (value) => value === "severities",
  scale: (value) => value === "alert" || value === "incident",
  every: (value) => readEvery(value).kind === "one",
};

/** Whether a key and its value mean something by themselves; if not, a finding of this reader says so. */
export const means = (key: string, value: string): boolean =>
  ANNOTATION_KEYS.includes(key) && (!Object.hasOwn(VALUES, key) || VALUES[key]!(value));

/** Where each key is read. Of the keys about a rule and about a row of a table some have the same names: `item` decides. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  threshold: ["row", "probe", "query", "for"],
  rule: ["item", "severity"],
  levels: ["list", "scale"],
  duty: ["duty", "every", "at", "owner", "report"],
  tasks: ["ignore"],
  section: ["status"],
};

/** What reads a key of a comment: threshold, rule, levels, duty, tasks or section. */
export const reader = (key: string, keys: Annotation["keys"]): string =>
  keys["item"] !== undefined && READERS["threshold"]!.includes(key)
    ? "rule"
    : (Object.entries(READERS).find(([, names]) => names.includes(key))?.[0] ?? "threshold");

type Annotation = Page["annotations"][number];

const opening = "<!--";
/** Between `facts begin` and `facts end` a review has what watchbook wrote: marks, no annotations. */
const marker = /^<!--[ \t\n]*watchbook:(?![ \t]*facts (?:begin|end)[ \t]*-->)/;
const pair = /([\p{L}_][\p{L}\p{N}_-]*)[ \t\n]*=[ \t\n]*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/uy;
const blank = /\s*/y;

/** Reads every `<!-- watchbook: key=value … -->` outside of code. `text` has `\n` line ends. */
export function annotationsOf(
  file: string,
  text: string,
  nodes: readonly Node[],
): { readonly annotations: readonly Annotation[]; readonly findings: readonly Finding[] } {
  const annotations: Annotation[] = [];
  const findings: Finding[] = [];
  if (!text.includes("watchbook:")) return { annotations, findings };
  const fences = everyFence(nodes);
  let line = 1;
  let counted = 0;
  let fence = 0;
  for (let at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, at + 4)) {
    if (!marker.test(text.slice(at, at + 200))) continue;
    for (; counted < at; counted++) if (text.charCodeAt(counted) === 10) line++;
    while (fence < fences.length && fences[fence]!.end < line) fence++;
    if (fence < fences.length && fences[fence]!.line <= line) continue;
    const source = { file, line };
    const end = text.indexOf("-->", at);
    if (end < 0) {
      findings.push({ code: "WB015", level: "error", source, args: { text: text.slice(at, at + 40) } });
      break;
    }
    const read = keysOf(text.slice(text.indexOf(":", at) + 1, end));
    if (read.rest !== "" || Object.keys(read.keys).length === 0)
      findings.push({ code: "WB015", level: "error", source, args: { text: read.rest.slice(0, 40) } });
    for (const key of Object.keys(read.keys))
      if (!ANNOTATION_KEYS.includes(key)) findings.push(unknownKey(source, key));
    for (const [key, value] of Object.entries(read.keys))
      if (Object.hasOwn(VALUES, key) && !VALUES[key]!(value))
        findings.push({ code: "WB015", level: "error", source, args: { text: `${key}=${value.slice(0, 40)}` } });
    annotations.push({ line, keys: read.keys });
  }
  return { annotations, findings };
}

const unknownKey = (source: Finding["source"], key: string): Finding =>
  Object.hasOwn(ELSEWHERE, key)
    ? { code: "WB020", level: "error", source, args: { key, where: `annotation:${ELSEWHERE[key]!}` } }
    : { code: "WB014", level: "error", source, args: { key, nearest: likely(key, ANNOTATION_KEYS).join(", ") } };

/** Keys and what could not be read as `key=value`. */
function keysOf(text: string): { readonly keys: Readonly<Record<string, string>>; readonly rest: string } {
  const keys: Record<string, string> = {};
  let at = 0;
  for (;;) {
    blank.lastIndex = at;
    at += blank.exec(text)![0].length;
    pair.lastIndex = at;
    const found = pair.exec(text);
    if (!found) return { keys, rest: text.slice(at).trim() };
    keys[found[1]!] = found[2] ?? found[3] ?? found[4] ?? "";
    at = pair.lastIndex;
  }
}
