import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { isEvidence } from "./directory.ts";
import { readPlain } from "./disk.ts";
import { FILES } from "./files.ts";
import { Refusal } from "./refusal.ts";
import { readStatement, type Predicate } from "./statement.ts";

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

/** What the statement of a directory says, nothing of it believed; undefined for one that cannot be read. */
export function saidBy(directory: string): Predicate | undefined {
  try {
    const bytes = readPlain(join(directory, FILES.statement), FILES.statement);
    const { payload } = JSON.parse(bytes?.toString("utf8") ?? "null") as { readonly payload: string };
    const statement: unknown = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
    return readStatement(statement, FILES.statement).predicate;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The same in short; undefined for a directory whose statement cannot be read: no run can be told to have made it. */
export function summaryOf(root: string, directory: string): Summary | undefined {
  const said = saidBy(directory);
  if (said === undefined) return undefined;
  const { run, kind, title, verdict, ended, book } = said;
  return { run, kind, title, verdict, ended, commit: book.commit, path: relative(root, directory), directory };
}
