import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { isEvidence } from "./directory.ts";
import { FILES } from "./record.ts";
import type { Predicate } from "./statement.ts";

/** What a statement says of itself, not verified. */
export interface Summary {
  readonly run: string;
  readonly kind: string;
  readonly title: string;
  readonly verdict: string;
  readonly ended: string;
  /** Of the manual; null outside of git. */
  readonly commit: string | null;
  /** Relative to the root. */
  readonly path: string;
  readonly directory: string;
}

/** Evidence directories of a root, newest first. */
export function listEvidence(root: string): string[] {
  const below = (folder: string, form: RegExp): string[] =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => form.test(name))
          .map((name) => join(folder, name))
      : [];
  const months = below(root, /^\d{4}$/).flatMap((year) => below(year, /^\d\d$/));
  return months
    .flatMap((month) => below(month, /^\d{8}T\d{6}Z-/).filter(isEvidence))
    .sort()
    .reverse();
}

/** Reads the statement of a directory without believing it. */
export function summaryOf(root: string, directory: string): Summary {
  const { payload } = JSON.parse(readFileSync(join(directory, FILES.statement), "utf8")) as { payload: string };
  const { predicate } = JSON.parse(Buffer.from(payload, "base64").toString("utf8")) as { predicate: Predicate };
  const { run, kind, title, verdict, ended, book } = predicate;
  return { run, kind, title, verdict, ended, commit: book.commit, path: relative(root, directory), directory };
}

/** The same; undefined for a directory whose statement cannot be read: no run can be told to have made it. */
export function readable(root: string, directory: string): Summary | undefined {
  try {
    return summaryOf(root, directory);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || (error as NodeJS.ErrnoException).code)
      return undefined;
    throw error;
  }
}
