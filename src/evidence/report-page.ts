/** Lines that a report has around the signed ones. */
export interface Frame {
  /** Whole lines. */
  readonly lines: readonly string[];
  /** How rows begin whose rest nobody signed: what it was compared with, where the proof lies. */
  readonly rows: readonly string[];
}

/** What the report of a run must have and may have. */
export interface SignedRun {
  /** result.md: the page in one language, a line `---`, the page in the other. */
  readonly page: string;
  readonly frame: Frame;
}

/** The first signed line that the report lacks at its place, and the first line that nobody signed. */
export interface Compared {
  readonly missing?: string;
  readonly unsigned?: string;
}

/** The line between the languages of a signed page. */
const LANGUAGES = "\n---\n";

const linesOf = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");

/** A page by its parts: its title, the verdict below the heading of the run, and all from that heading on. */
function partsOf(page: string): {
  readonly title: readonly string[];
  readonly verdict: readonly string[];
  readonly section: readonly string[];
} {
  const lines = linesOf(page);
  const title = lines.slice(0, lines[0]?.startsWith("# ") ? 1 : 0);
  const at = lines.findIndex((line) => line.startsWith("## "));
  if (at < 0) return { title, verdict: [], section: lines.slice(title.length) };
  const section = lines.slice(at);
  const verdict = section.slice(1, 4).find((line) => line.startsWith("**"));
  return { title, verdict: verdict === undefined ? [] : [verdict], section };
}

/** Signed lines in the order of a report: title and verdict of the last run, then run by run; one run's verdict only above. */
function expectedOf(pages: readonly string[]): readonly string[] {
  const parts = pages.map(partsOf);
  const last = parts.at(-1)!;
  const above = parts.length === 1 ? last.section.indexOf(last.verdict[0] ?? "") : -1;
  const sections = parts.flatMap(({ section }) => section.filter((_, index) => index !== above));
  return [...last.title, ...last.verdict, ...sections];
}

/** The number of a run in its heading is the report's own. */
const unnumbered = (line: string): string => (line.startsWith("## ") ? line.replace(/\d+/, "#") : line);

/** A row may go on with one cell: the change since the last report. */
const ONE_CELL = /^ (?:[^|\\]|\\.)* \|$/;

const fits = (line: string, signed: string): boolean =>
  line === signed ||
  unnumbered(line) === unnumbered(signed) ||
  (signed.startsWith("|") && line.startsWith(signed) && ONE_CELL.test(line.slice(signed.length)));

/** Compares in one language; `matched`: how many signed lines stand at their place. */
function compareIn(
  report: readonly string[],
  runs: readonly SignedRun[],
  language: number,
): { readonly matched: number; readonly compared: Compared } {
  const pages = runs.map(({ page }) => page.split(LANGUAGES)).map((both) => both[language] ?? both[0]!);
  const expected = expectedOf(pages);
  const framed = new Set(runs.flatMap(({ frame }) => frame.lines));
  const rows = runs.flatMap(({ frame }) => frame.rows);
  let matched = 0;
  let unsigned: string | undefined;
  for (const line of report)
    if (matched < expected.length && fits(line, expected[matched]!)) matched++;
    else if (!framed.has(line) && !rows.some((row) => line.startsWith(row))) unsigned ??= line;
  const missing = expected[matched];
  return {
    matched,
    compared: { ...(missing !== undefined && { missing }), ...(unsigned !== undefined && { unsigned }) },
  };
}

/**
 * A report against the signed pages of its runs, in the order in which they began: every signed line at its place, in one
 * language, and nothing beside them but what the program itself writes there. A line more could hide or belie the others.
 */
export function comparePages(report: string, runs: readonly SignedRun[]): Compared {
  const lines = linesOf(report);
  const [first, second] = [compareIn(lines, runs, 0), compareIn(lines, runs, 1)];
  return second.matched > first.matched ? second.compared : first.compared;
}
