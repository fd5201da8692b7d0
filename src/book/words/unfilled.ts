/** Keys whose values are looked for in the text of others, where tags and marks are meant as they stand. */
const SEARCHED = /^(?:contains|excludes|matches|regex|pattern|equals|in|json|responseHeaders|argv|env)$/;
/** Keys that hold the manual's own words. */
const QUOTED = /^(?:items|title|metric|reason|definition|purpose|name|owner|roles|contact|report)$/;

const ANGLE = /<[\p{L}_][\p{L}\p{N} _./|-]{0,60}>/u;
const WHOLE_ANGLE = /^<[\p{L}_][\p{L}\p{N} _./|-]{0,60}>$/u;
/** Tags that a page may have; a word that is none asks to be replaced. */
const TAG =
  /^<(?:!doctype|html|head|body|title|h[1-6]|p|div|span|a|b|i|em|strong|li|ul|ol|table|tr|td|th|form|input|script|style|meta|link|main|nav|br|hr|img|pre|code)\b/i;
const CHANGE =
  /\b(?:CHANGE[-_ ]?ME|REPLACE[-_ ]?ME|FIX[-_ ]?ME|FILL[-_ ]?ME)\b|^(?:TO-?DO|TBD|XXX|change[-_]?me|replace[-_]?me|placeholder|待填写?|待定|待补充|请填写.*|请替换.*|此处填.*)$/u;
const CROSSES =
  /(?<![A-Za-z0-9])(?:x{3,}(?:\.x{1,3}){0,3}|x{1,3}(?:\.x{1,3}){2,3}|\d{1,3}(?:\.\d{1,3}){0,2}(?:\.x{1,3})+)(?![A-Za-z0-9])/i;
const YOURS =
  /(?<![A-Za-z0-9])your[-_][a-z]|\/path\/to\/|(?:你|您)的|\{\{ *[a-z_]\w* *\}\}|(?<![A-Za-z0-9.])\.{3}$|^…$/i;

/** The part of a value of watchbook.yaml that a reader was to replace and did not, or undefined. `key`: its last key. */
export function unfilledIn(key: string, value: string): string | undefined {
  const text = value.slice(0, 1_000);
  if (QUOTED.test(key)) return WHOLE_ANGLE.test(text) ? text : undefined;
  const change = CHANGE.exec(text)?.[0];
  if (SEARCHED.test(key)) return WHOLE_ANGLE.test(text) && !TAG.test(text) ? text : change;
  return change ?? (ANGLE.exec(text) ?? CROSSES.exec(text) ?? YOURS.exec(text))?.[0];
}

/** Some such mark stands in the file: one cheap look spares reading it twice. */
export const MAY_BE_UNFILLED =
  /<|x\.x|xxx|change|replace|fix[-_ ]?me|fill[-_ ]?me|to-?do|tbd|placeholder|your[-_]|path\/to|\{\{|\.\.\.|…|待|请|填|你的|您的/i;
