import { basename, join, relative } from "node:path";
import { isEvidence } from "./directory.ts";
import { namesIn, readPlain } from "./disk.ts";
import { FILES } from "./files.ts";
import { Refusal } from "./refusal.ts";
import { statementIn, type Predicate } from "./statement.ts";

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

/** Names in a folder; none in what is no folder or cannot be read: what lies beside it is listed all the same. */
function namesOf(folder: string): readonly string[] {
  try {
    return namesIn(folder, folder);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** What is in a folder under names of this form, newest first: they all begin with a date. */
function below(folder: string, form: RegExp): readonly string[] {
  const names = namesOf(folder).filter((name) => form.test(name));
  return names.toSorted((a, b) => (a < b ? 1 : -1)).map((name) => join(folder, name));
}

const NAME = /^(\d{4})(\d\d)\d\dT\d{6}Z-/;

/** Folders of the months that have evidence, newest first. */
export const monthsOf = (root: string): readonly string[] =>
  below(root, /^\d{4}$/).flatMap((year) => below(year, /^\d\d$/));

/** What is named as evidence in the folder of a month, newest first: `isEvidence` says whether it is. */
export const namedIn = (month: string): readonly string[] => below(month, NAME);

/** Evidence directories of a root, newest first. */
export const listEvidence = (root: string): readonly string[] =>
  monthsOf(root).flatMap((month) => namedIn(month).filter(isEvidence));

/**
 * The evidence directory of this name, where it can be looked into: one that was found by looking, no path made from
 * what was asked.
 */
export function evidenceNamed(root: string, name: string): string | undefined {
  const [, year, month] = NAME.exec(name) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const found = namedIn(join(root, year, month)).find((directory) => basename(directory) === name);
  return found !== undefined && isEvidence(found) && namesOf(found).length > 0 ? found : undefined;
}

/** What the statement of a directory says, nothing of it believed; undefined for one that cannot be read. */
export function saidBy(directory: string): Predicate | undefined {
  try {
    const bytes = readPlain(join(directory, FILES.statement), FILES.statement);
    return bytes && statementIn(bytes)?.predicate;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
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
