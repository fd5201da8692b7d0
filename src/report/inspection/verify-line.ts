import { join } from "node:path";
import { program, quote } from "../../i18n/program.ts";

/** The command that verifies evidence from anywhere on this machine. Paths are absolute. */
export function verifyLine(directory: string, where: { readonly root: string; readonly data: string }): string {
  const data = where.data === join(where.root, ".watchbook") ? "" : ` --data ${quote(where.data)}`;
  return `${program("anywhere")} evidence verify ${quote(directory)} --book ${quote(where.root)}${data}`;
}
