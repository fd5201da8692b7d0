import { PATH_COMMENT } from "../../words/fences.ts";

/** A file that stands in a block: its path, and its content by line indexes. */
export interface FilePiece {
  readonly path: string;
  /** Index of the line that names it. */
  readonly named: number;
  /** First and last line index of its content. */
  readonly from: number;
  readonly to: number;
  readonly shebang?: string;
  readonly lines: readonly string[];
}

export const pathOf = (line: string): string | undefined => PATH_COMMENT.exec(line.slice(0, 400))?.[1];
const SHEBANG = /^#!\s*\/\S+/;
const COMMENT = /^\s*(#|\/\/|;|--)/;

/** Index of the first shebang, -1 for none. */
export const shebangAt = (lines: readonly string[]): number => lines.findIndex((line) => SHEBANG.test(line));

/**
 * The files of a block: each begins at a comment line that is nothing but an absolute path. A shebang before it (comments
 * between them allowed) belongs to it; so do comments of explanation before a path that is not the first.
 */
export function filePieces(lines: readonly string[]): readonly FilePiece[] {
  const starts: { path: string; named: number; from: number; head: number }[] = [];
  const top = lines.findIndex((line) => line.trim() !== "");
  // First comment line directly above, and the first shebang from there on; carried along so that it stays linear.
  let head = 0;
  let shebang = -1;
  for (let i = 0; i < lines.length; i++) {
    const above = lines[i - 1] ?? "";
    if (i > 0 && !COMMENT.test(above)) [head, shebang] = [i, -1];
    else if (i > 0 && shebang < 0 && SHEBANG.test(above)) shebang = i - 1;
    const path = pathOf(lines[i] ?? "");
    if (path === undefined || !standsAlone(lines, head, top, starts.length > 0 || shebang >= 0)) continue;
    starts.push({ path, named: i, from: shebang >= 0 ? shebang : i + 1, head });
  }
  return starts.map((start, index) => {
    const next = starts[index + 1];
    let to = (next ? next.head : lines.length) - 1;
    while (to > start.from && (lines[to] ?? "").trim() === "") to--;
    let { from } = start;
    while (from < to && (lines[from] ?? "").trim() === "") from++;
    const own = lines.slice(from, to + 1);
    const shebang = SHEBANG.test(own[0] ?? "") ? own[0] : undefined;
    return { path: start.path, named: start.named, from, to, lines: own, ...(shebang ? { shebang } : {}) };
  });
}

/** The path line begins a file: at the top of the block (`top` is its first line), after a shebang, or after a blank line. */
const standsAlone = (lines: readonly string[], head: number, top: number, later: boolean): boolean =>
  head <= top || ((lines[head - 1] ?? "").trim() === "" && later);
