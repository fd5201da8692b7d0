import { globSync, readFileSync } from "node:fs";

export interface SourceFile {
  /** Path from the repository's root. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
}

/** Files of the repository by glob, sorted, without what is installed or built. */
export const sourceFiles = (...patterns: string[]): readonly SourceFile[] =>
  patterns
    .flatMap((pattern) => globSync(pattern, { exclude: (path) => path.includes("node_modules") }))
    .toSorted()
    .map((path) => {
      const text = readFileSync(path, "utf8");
      return { path, text, lines: text.split("\n").length - 1 };
    });
