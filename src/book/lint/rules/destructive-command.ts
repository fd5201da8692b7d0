import type { Block, Command } from "../../../model/block.ts";
import type { Book, LintRule } from "../../../model/book.ts";
import type { Finding } from "../../../model/finding.ts";
import { inForce } from "../../../model/states.ts";
import { give } from "../give.ts";

/** Kinds of block that somebody may run as they stand. */
const RUNS: ReadonlySet<Block["kind"]> = new Set(["script", "steps", "transcript"]);

/** A destructive command, in a procedure or outside of one, that nobody must approve and no banner announces. */
export const destructiveCommand: LintRule = {
  codes: ["WB701"],
  run: (book) => [...inRunbooks(book), ...elsewhere(book)],
};

const findings = (file: string, title: string, commands: readonly Command[]): readonly Finding[] =>
  commands
    .filter(({ risk }) => risk === "destructive")
    .map(({ line, text, why }) => give("WB701", "warn", { file, line }, { command: text.trim(), why, title }));

const inRunbooks = (book: Book): readonly Finding[] =>
  book.runbooks
    .filter(({ status }) => inForce(status))
    .flatMap(({ title, steps }) =>
      steps
        .filter(({ approve, banner }) => approve === undefined && banner === undefined)
        .flatMap(({ source, commands }) => findings(source.file, title, commands)),
    );

function elsewhere(book: Book): readonly Finding[] {
  const inSteps = new Set(book.runbooks.flatMap(({ steps }) => steps.map(({ block }) => block)));
  return book.blocks
    .filter(
      ({ kind, state }, index) => !inSteps.has(index) && RUNS.has(kind) && state !== "ignored" && state !== "narrative",
    )
    .filter(({ attributes }) => attributes["wb-approve"] === undefined)
    .flatMap(({ source, path, commands }) => findings(source.file, path.at(-1) ?? source.file, commands));
}
