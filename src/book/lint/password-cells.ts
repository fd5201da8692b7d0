import { isLiteral, LOGIN_HEADER, PASSWORD_HEADER } from "../words/passwords.ts";
import { cellsOf } from "./cells.ts";
import { LONGEST_LINE } from "./lines.ts";

/** A table cell that holds a password. */
export interface PasswordCell {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Header or first cell that says so. */
  readonly label: string;
}

const RULER = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** Cells under a header, or beside a first cell, that announces a password, where a literal value stands. */
export function passwordCells(lines: readonly string[]): readonly PasswordCell[] {
  const found: PasswordCell[] = [];
  for (let at = 1; at < lines.length; at += 1) {
    if (!lines[at]!.includes("-") || !RULER.test(lines[at]!.slice(0, LONGEST_LINE)) || !lines[at - 1]!.includes("|"))
      continue;
    const header = cellsOf(lines[at - 1]!);
    for (at += 1; at < lines.length && lines[at]!.includes("|"); at += 1) {
      const label = labelOf(header, cellsOf(lines[at]!));
      if (label !== undefined) found.push({ line: at + 1, label });
    }
  }
  return found;
}

function labelOf(header: readonly string[], cells: readonly string[]): string | undefined {
  const column = header.findIndex((name, index) => {
    const cell = cells[index] ?? "";
    if (PASSWORD_HEADER.test(name)) return isLiteral(cell);
    const login = LOGIN_HEADER.test(name) ? /^[^\s/:]+ ?[/:] ?(\S+)$/.exec(cell)?.[1] : undefined;
    return login !== undefined && isLiteral(login);
  });
  if (column >= 0) return header[column];
  const [name = "", value = ""] = cells;
  return PASSWORD_HEADER.test(name) && isLiteral(value) ? name : undefined;
}
