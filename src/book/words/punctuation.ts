/**
 * Punctuation of both scripts as patterns for text as written. Full-width signs stand as escapes, because many editors
 * and fonts do not tell them from their half-width twins: \uff0c is the comma, \uff1b the semicolon, \uff1a the colon, \uff08 and
 * \uff09 the brackets, \u3002 the full stop, \u3001 the list comma, \uff01 the exclamation mark.
 */
const MARK = {
  comma: ",\\uff0c",
  semicolon: ";\\uff1b",
  colon: ":\\uff1a",
  open: "(\\uff08",
  close: ")\\uff09",
  stop: "\\u3002",
  list: "\\u3001",
  shout: "!\\uff01",
};
const M = MARK;

/** Splits a text into clauses that stand alone: at semicolons, Chinese full stops, exclamation marks, English full stops. */
export const CLAUSE_END = new RegExp(`[${M.semicolon}${M.stop}${M.shout}]\\s*|(?<=[a-z0-9)\`])\\.\\s+`, "i");
/** Splits a clause at commas as well. */
export const PHRASE_END = new RegExp(
  `[${M.semicolon}${M.stop}${M.shout}${M.comma}]\\s*|\\.\\s+|\\s\\/\\s|\\s\\u00b7\\s`,
);
/** Splits what a line lists: commas of all kinds, semicolons, slashes; not inside brackets. */
export const LISTED = new RegExp(`\\s*[${M.list}${M.comma}${M.semicolon}/]\\s*(?![^${M.open}]*[${M.close}])`);
/** Something that could stand between the parts of a list in a line. */
export const ENUMERATES = new RegExp(`[${M.list}${M.comma}${M.semicolon}/|]`);
/** One full stop or semicolon at the end. */
const END = ";.\uff1b\u3002";
export const withoutEnd = (text: string): string => {
  const kept = text.trimEnd();
  return END.includes(kept.at(-1) ?? "-") ? kept.slice(0, -1).trimEnd() : text;
};
const COLON_END = new RegExp(`\\s*[${M.colon}]\\s*$`);
export const endsWithColon = (text: string): boolean => COLON_END.test(text);
export const withoutColon = (text: string): string => text.replace(COLON_END, "").trim();

const LABEL = new RegExp(`^\\s*([^${M.colon}\\n]{1,40})[${M.colon}]\\s*([\\s\\S]*)$`);
/** `label: rest` of a line, undefined when it has no short label. A colon inside a word (10:30, http://) is none. */
export function splitLabel(text: string): { readonly label: string; readonly rest: string } | undefined {
  const match = text.includes(":") || text.includes("\uff1a") ? LABEL.exec(text) : null;
  if (!match || (/\d$/.test(match[1] ?? "") && /^\d/.test(match[2] ?? "")) || match[2]?.startsWith("//") === true)
    return undefined;
  return { label: (match[1] ?? "").trim(), rest: (match[2] ?? "").trim() };
}

const BRACKET_END = new RegExp(`[${M.close}]\\s*[${M.stop}.]?\\s*$`);
const LAST_BRACKET = new RegExp(
  `^([\\s\\S]*?)\\s*[${M.open}]([^${M.open}${M.close}]*)[${M.close}]\\s*[${M.stop}.]?\\s*$`,
);
/** Text and the bracket that ends it: `全量备份（每日）` → `全量备份`, `每日`. */
export function splitBracket(text: string): { readonly text: string; readonly inside?: string } {
  const match = BRACKET_END.test(text) ? LAST_BRACKET.exec(text) : null;
  return match ? { text: (match[1] ?? "").trim(), inside: (match[2] ?? "").trim() } : { text: withoutEnd(text).trim() };
}
