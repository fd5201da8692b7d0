/** One line of plain text: control characters, line breaks and direction marks that could hide something become spaces. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** Longest foreign text in a table cell, characters; logs have lines of megabytes. */
const LONGEST = 300;

/** Cut to `longest` UTF-16 units, never between the halves of one sign. */
const shorten = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, "")}…` : text;

export const plain = (text: string, longest = LONGEST): string => shorten(text.replaceAll(UNSEEN, " ").trim(), longest);

/**
 * Foreign text that stays text in Markdown, in tables and in headings: every sign that CommonMark, GFM or HTML could
 * take for markup is escaped (CommonMark §2.4), addresses are kept from becoming links.
 */
export const markdown = (text: string, longest = LONGEST): string =>
  plain(text, longest)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]|~#!$^]/g, String.raw`\$&`)
    .replaceAll(/:\/\//g, String.raw`:\/\/`)
    .replaceAll(/\b(www)\./gi, String.raw`$1\.`)
    .replaceAll("@", "&#64;")
    .replace(/^([-+=]|\d+[.)](?=\s|$))/, (start) =>
      /\d/.test(start) ? start.replace(/[.)]$/, String.raw`\$&`) : `\\${start}`,
    );

/** Text in a code span of a table cell: longer fence than any run of backticks in it; `|` escaped as GFM wants it. */
export function code(text: string, longest = LONGEST): string {
  const inner = plain(text, longest).replaceAll("|", String.raw`\|`);
  const runs = inner.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const space = inner === "" || inner.startsWith("`") || inner.endsWith("`") ? " " : "";
  return `${fence}${space}${inner}${space}${fence}`;
}

/** Foreign text in HTML, also inside attributes in double quotes. */
export const html = (text: string, longest = LONGEST): string =>
  plain(text, longest)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
