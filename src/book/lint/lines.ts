import type { Block } from "../../model/block.ts";
import type { Book } from "../../model/book.ts";
import type { Source } from "../../model/source.ts";

const SHELL = new Set(["", "sh", "bash", "shell", "zsh", "console", "shell-session"]);

/** Characters of a line that rules look at: their patterns are made for what people write, not for a megabyte in a row. */
export const LONGEST_LINE = 1_000;

export interface ShellLine {
  readonly text: string;
  readonly source: Source;
  readonly block: Block;
}

/** How far beyond its end a window sees, so that what begins in it is whole. */
const BEYOND = 200;

/** A part of a line: what begins before `end` belongs to it, what begins behind belongs to the next. */
export interface Window {
  readonly text: string;
  readonly end: number;
}

/** A line in parts of at most LONGEST_LINE characters, for rules that must not overlook what stands far to the right. */
export function* windowsOf(line: string): Generator<Window> {
  for (let from = 0; from === 0 || from < line.length; from += LONGEST_LINE)
    yield { text: line.slice(from, from + LONGEST_LINE + BEYOND), end: LONGEST_LINE };
}

/** Lines of a block with their place in the file; a fence's content begins one line below it. */
export function linesOf(block: Block): readonly ShellLine[] {
  const known = linesIn.get(block) ?? readLines(block);
  linesIn.set(block, known);
  return known;
}

/** Many rules ask for them. */
const linesIn = new WeakMap<Block, readonly ShellLine[]>();

function readLines(block: Block): readonly ShellLine[] {
  const lines = block.text.split("\n");
  const fenced =
    block.end - block.source.line + 1 > lines.filter((line, index) => line !== "" || index < lines.length - 1).length;
  const first = block.source.line + (fenced ? 1 : 0);
  return lines.map((text, index) => ({
    text: text.slice(0, LONGEST_LINE),
    block,
    source: { file: block.source.file, line: first + index },
  }));
}

/** Kinds that hold no commands, whatever the fence says. */
const SILENT: ReadonlySet<Block["kind"]> = new Set(["diagram", "query", "data"]);
const isProse = (block: Block): boolean => block.kind === "text" && block.state === "narrative";

/** Of a transcript only what was typed: what was printed is nobody's command. */
function typed(block: Block, lines: readonly ShellLine[]): readonly ShellLine[] {
  if (block.kind !== "transcript" || block.commands.length === 0) return lines;
  const taken = new Set(block.commands.flatMap(({ line, text }) => text.split("\n").map((_, index) => line + index)));
  return lines.filter(({ source }) => taken.has(source.line));
}

/** Every line of shell in the book, comments left out: in steps, scripts and artefacts alike. Many rules ask, so it is kept. */
export function shellLines(book: Book): readonly ShellLine[] {
  const known = seen.get(book);
  if (known !== undefined) return known;
  const lines = book.blocks
    .filter((block) => SHELL.has(block.lang) && !SILENT.has(block.kind) && block.state !== "ignored" && !isProse(block))
    .flatMap((block) => typed(block, linesOf(block)))
    .filter(({ text }) => text.trim() !== "" && !/^\s*#/.test(text));
  seen.set(book, lines);
  return lines;
}

const seen = new WeakMap<Book, readonly ShellLine[]>();
