import type { Book } from "../model/book.ts";
import type { Coverage, CoverageCounts } from "../model/coverage.ts";
import { RECOVERIES, type Runbook } from "../model/runbook.ts";
import { BLOCK_STATES } from "../model/states.ts";
import { overdueOf } from "./drilled.ts";

/**
 * Coverage of a book by file: sections, blocks by state, tables, checklist items, runbooks. `proofs` holds the runbooks
 * with a passed run, by id, and the day of the last one; `today` (`YYYY-MM-DD`) decides what is overdue.
 */
export function coverageOf(book: Book, proofs: ReadonlyMap<string, string> = new Map(), today?: string): Coverage {
  const files = book.documents.map(({ file, title, kind }) => ({ file, title, kind, ...countsOf(book, file, proofs) }));
  const rules = new Map<string, number>();
  for (const { rule } of [...book.blocks, ...book.tables]) rules.set(rule, (rules.get(rule) ?? 0) + 1);
  return {
    files,
    total: sumOf(files),
    rules: [...rules]
      .map(([rule, count]) => ({ rule, count }))
      .sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1)),
    undrilled: book.runbooks
      .filter((runbook) => !proofs.has(runbook.id) && counts(runbook) && !isMadeChore(book, runbook))
      .map(({ id, title, source }) => ({ id, title, source })),
    overdue: today === undefined ? [] : overdueOf(book, proofs, today),
  };
}

/** Optional and planned chapters are no part of the score: nobody promised them for today. */
const counts = ({ status }: Runbook): boolean => status !== "optional" && status !== "planned";

/** Of what the book's data makes, a set or a cluster is proven by its recovery; that it is taken, looked at or pruned nobody drills. */
const isMadeChore = ({ config }: Book, { kind, source }: Runbook): boolean =>
  source.file === config.file && !RECOVERIES.has(kind);

function countsOf(book: Book, file: string, proofs: ReadonlyMap<string, unknown>): CoverageCounts {
  const here = <T extends { readonly source: { readonly file: string } }>(list: readonly T[]): readonly T[] =>
    list.filter(({ source }) => source.file === file);
  const blocks = here(book.blocks);
  const tables = here(book.tables);
  const items = here(book.duties).flatMap((duty) => duty.items);
  const runbooks = here(book.runbooks).filter(counts);
  return {
    sections: book.documents.find((document) => document.file === file)?.sections.length ?? 0,
    blocks: blocks.length,
    states: statesOf(blocks),
    tables: tables.length,
    tablesRecognised: tables.filter(({ kind }) => kind !== "other").length,
    items: items.length,
    itemsJudged: items.filter(({ checks, needs }) => checks.length > 0 && needs.length === 0).length,
    runbooks: runbooks.length,
    drilled: runbooks.filter(({ id }) => proofs.has(id)).length,
  };
}

function statesOf(blocks: Book["blocks"]): CoverageCounts["states"] {
  const states = Object.fromEntries(BLOCK_STATES.map((state) => [state, 0])) as Record<
    (typeof BLOCK_STATES)[number],
    number
  >;
  for (const { state } of blocks) states[state]++;
  return states;
}

function sumOf(files: readonly CoverageCounts[]): CoverageCounts {
  const sum = (count: (file: CoverageCounts) => number): number => files.reduce((all, file) => all + count(file), 0);
  return {
    sections: sum((file) => file.sections),
    blocks: sum((file) => file.blocks),
    states: Object.fromEntries(
      BLOCK_STATES.map((state) => [state, sum((file) => file.states[state])]),
    ) as CoverageCounts["states"],
    tables: sum((file) => file.tables),
    tablesRecognised: sum((file) => file.tablesRecognised),
    items: sum((file) => file.items),
    itemsJudged: sum((file) => file.itemsJudged),
    runbooks: sum((file) => file.runbooks),
    drilled: sum((file) => file.drilled),
  };
}
