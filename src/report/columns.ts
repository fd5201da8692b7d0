import { printable } from "../model/printable.ts";

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** Columns of a text on a terminal: Chinese, Japanese and full-width signs take two (Unicode Standard Annex 11). */
export const width = (text: string): number => {
  let columns = 0;
  for (const sign of text) columns += WIDE.test(sign) ? 2 : 1;
  return columns;
};

export const pad = (text: string, columns: number): string => text + " ".repeat(Math.max(0, columns - width(text)));

/** Rows in columns two spaces apart, the last one as long as it is; without anything that a terminal would obey. */
export function columns(given: readonly (readonly string[])[], indent = "  "): string {
  const rows = given.map((row) => row.map(printable));
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => width(row[index] ?? ""))));
  return rows
    .map(
      (row) =>
        indent + row.map((cell, index) => (index === row.length - 1 ? cell : pad(cell, widths[index]!))).join("  "),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}
