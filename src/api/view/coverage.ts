import type { Book } from "../../model/book.ts";
import type { Coverage } from "../contract.ts";

type Row = Coverage["files"][number];

/** What was recognised, per document and in sum. */
export function coverageView(book: Book): Coverage {
  const rows = new Map<string, Row>();
  for (const { file, sections } of book.documents)
    rows.set(file, { file, sections: sections.length, blocks: 0, tables: 0, byState: {} });
  for (const block of book.blocks) {
    const row = rows.get(block.source.file);
    if (row === undefined) continue;
    row.blocks += 1;
    row.byState[block.state] = (row.byState[block.state] ?? 0) + 1;
  }
  for (const table of book.tables) {
    const row = rows.get(table.source.file);
    if (row !== undefined) row.tables += 1;
  }
  const files = [...rows.values()];
  const sum = (pick: (row: Row) => number): number => files.reduce((total, row) => total + pick(row), 0);
  const states = new Set(files.flatMap((row) => Object.keys(row.byState)));
  const byState = Object.fromEntries([...states].map((state) => [state, sum((row) => row.byState[state] ?? 0)]));
  const total = {
    sections: sum((row) => row.sections),
    blocks: sum((row) => row.blocks),
    tables: sum((row) => row.tables),
    byState,
  };
  return { digest: book.digest, files, total };
}
