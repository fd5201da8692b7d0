import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import type { Problem } from "../../model/problem.ts";
import type { Symptom } from "../../model/tables.ts";
import { markdown, plain } from "../escape.ts";

/** A page of the manual, and what it must say now. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

/** Lines without their ends, and the end that the page uses. */
function linesOf(text: string): { readonly lines: readonly string[]; readonly end: string; readonly last: boolean } {
  const end = /\r\n/.test(text) ? "\r\n" : "\n";
  const lines = text.split(/\r?\n/);
  const last = lines.at(-1) === "";
  return { lines: last ? lines.slice(0, -1) : lines, end, last };
}

const CONTEXT = 3;
const NO_END = String.raw`\ No newline at end of file`;

/** A unified diff that puts lines behind line `after` (from 1; 0: before the first). Applies with `git apply`. Pure. */
export function insertion({ file, text }: Page, after: number, added: readonly string[]): string {
  const { lines, end, last } = linesOf(text);
  const cr = end === "\r\n" ? "\r" : "";
  const from = Math.max(0, after - CONTEXT);
  const before = lines.slice(from, after);
  const behind = lines.slice(after, after + CONTEXT);
  const count = before.length + behind.length;
  // Behind a line without an end: it gets one, and the last that is added has none.
  const open = !last && after === lines.length && before.length > 0;
  const touchesEnd = !last && after + CONTEXT >= lines.length && !open;
  const shown = (sign: string, line: string): string => `${sign}${line}${cr}`;
  const body = open
    ? [
        ...before.slice(0, -1).map((line) => shown(" ", line)),
        ...[`-${before.at(-1)!}`, NO_END, shown("+", before.at(-1)!)],
        ...added.map((line, index) => (index === added.length - 1 ? `+${line}` : shown("+", line))),
        NO_END,
      ]
    : [
        ...before.map((line) => shown(" ", line)),
        ...added.map((line) => shown("+", line)),
        ...behind.map((line, index) => (touchesEnd && index === behind.length - 1 ? ` ${line}` : shown(" ", line))),
        ...(touchesEnd ? [NO_END] : []),
      ];
  const at = count === 0 ? 0 : from + 1;
  return [
    `diff --git a/${file} b/${file}`,
    `--- a/${file}`,
    `+++ b/${file}`,
    `@@ -${at},${count} +${from + 1},${count + added.length} @@`,
    ...body,
    "",
  ].join("\n");
}

const isRow = (line: string | undefined): boolean => line !== undefined && /^\s{0,3}\|/.test(line);

/** Cells of a row as they are written, without the escapes of bars. */
const cellsOf = (line: string): readonly string[] =>
  line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

const cell = (text: string): string => plain(text, 600).replaceAll("|", String.raw`\|`) || "–";

/** A row for the table in which `known` stands: cells where those of its own words are. Undefined: nothing there is a table. */
export function rowProposal(page: Page, known: Symptom, row: Omit<Symptom, "source">): string | undefined {
  const { lines } = linesOf(page.text);
  const own = lines[known.source.line - 1];
  if (!isRow(own)) return undefined;
  let last = known.source.line;
  while (isRow(lines[last])) last += 1;
  const bare = (text: string | undefined): string => (text ?? "").replaceAll(/[\\`*_]/g, "").trim();
  const written = cellsOf(own!).map(bare);
  const where = (text: string | undefined): number => (text === undefined ? -1 : written.indexOf(bare(text)));
  const cells = written.map(() => "");
  const put = (at: number, text: string | undefined): boolean => {
    if (at < 0 || text === undefined) return false;
    cells[at] = cells[at] === "" ? text : `${cells[at]}; ${text}`;
    return true;
  };
  put(Math.max(0, where(known.symptom)), row.symptom);
  const look = Math.max(where(known.look), Math.min(1, cells.length - 1));
  const cause = put(where(known.cause), row.cause);
  const action = put(where(known.action), row.action);
  const rest = [row.look, ...(cause ? [] : [row.cause]), ...(action ? [] : [row.action])].filter(
    (one) => one !== undefined && one !== "",
  );
  put(look, rest.join("; "));
  return insertion(page, last, [`| ${cells.map(cell).join(" | ")} |`]);
}

/** A section for the end of a page. */
export function sectionProposal(page: Page, problem: Problem, lang: Lang): string {
  const { said, proposal } = texts(lang).incidents;
  const { lines } = linesOf(page.text);
  const { colon } = texts(lang).cli;
  const of = (name: string, text: string | undefined): readonly string[] =>
    text === undefined ? [] : [`- ${name}${colon}${markdown(text, 2_000)}`];
  const added = [
    ...(lines.at(-1) === "" || lines.length === 0 ? [] : [""]),
    `## ${markdown(format(proposal.title, { title: problem.title }))}`,
    "",
    ...of(proposal.symptom, problem.symptom),
    ...of(said.cause, problem.cause),
    ...of(said.workaround, problem.workaround),
    ...of(proposal.incidents, problem.incidents.join(", ")),
  ];
  return insertion(page, lines.length, added);
}
