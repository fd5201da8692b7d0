/** Stands for any text of a line; alone on its line, for any number of lines. */
const ANY = "...";

const trimmed = (text: string): readonly string[] => {
  const lines = text.split("\n").map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  return lines;
};

/** Whether a line is as expected: the parts between the dots in their order, the first and last at its ends. */
function fits(wanted: string, seen: string): boolean {
  const [first = "", ...rest] = wanted.split(ANY);
  if (rest.length === 0) return wanted === seen;
  const last = rest.pop()!;
  if (seen.length < first.length + last.length || !seen.startsWith(first) || !seen.endsWith(last)) return false;
  const end = seen.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = seen.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** Where an output leaves what was expected: number of its line from 1, and both lines; a missing line is empty. */
export interface Difference {
  readonly line: number;
  readonly wanted: string;
  readonly seen: string;
}

/**
 * The first difference between an output and the lines a transcript shows, or undefined. Blanks at the ends of lines
 * and empty lines at the end do not count.
 */
export function differs(expected: readonly string[], output: string): Difference | undefined {
  const wanted = trimmed(expected.join("\n"));
  const seen = trimmed(output);
  let [at, line, dots, retry] = [0, 0, -1, 0];
  let furthest: Difference | undefined;
  while (line < seen.length || at < wanted.length) {
    if (wanted[at]?.trim() === ANY) {
      [dots, retry] = [at, line];
      at += 1;
      if (at === wanted.length) return undefined;
    } else if (at < wanted.length && line < seen.length && fits(wanted[at]!, seen[line]!)) {
      at += 1;
      line += 1;
    } else {
      const here = { line: line + 1, wanted: wanted[at] ?? "", seen: seen[line] ?? "" };
      if (!furthest || here.line > furthest.line) furthest = here;
      if (dots < 0 || retry >= seen.length) return furthest;
      // The dots take one line more.
      retry += 1;
      [at, line] = [dots + 1, retry];
    }
  }
  return undefined;
}
