import { dirname, join, resolve } from "node:path";
import type { ParseArgsOptionsConfig } from "node:util";
import { WatchbookError } from "../model/error.ts";

// Not imported: see dispatch.ts.
const { existsSync, statSync } = process.getBuiltinModule("node:fs");

/** Options that every verb has. */
export const commonOptions = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  book: { type: "string" },
  data: { type: "string" },
} as const satisfies ParseArgsOptionsConfig;

/** The folder with watchbook.yaml at or above `cwd`, else `cwd`. */
export function findBook(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "watchbook.yaml"))) return folder;
    if (dirname(folder) === folder) return cwd;
  }
}

/** A folder that was named must be one; `--data` may name one that is not there yet. */
function mustBeFolder(path: string, option: "--book" | "--data"): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found && option === "--book") throw new WatchbookError("FILE-NOT-FOUND", { path });
  if (found && !found.isDirectory()) throw new WatchbookError("NOT-A-FOLDER", { path, option });
  return path;
}

/** `--book` and `--data` as absolute paths, with their defaults. */
export function placeOf(
  values: Readonly<Record<string, unknown>>,
  cwd: string,
): { readonly book: string; readonly data: string } {
  const given = values["book"];
  const book = typeof given === "string" ? mustBeFolder(resolve(cwd, given), "--book") : findBook(cwd);
  const data = values["data"];
  return {
    book,
    data: typeof data === "string" ? mustBeFolder(resolve(cwd, data), "--data") : join(book, ".watchbook"),
  };
}
