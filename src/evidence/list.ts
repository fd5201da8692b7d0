import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { isEvidence } from "./directory.ts";
import { readPlain } from "./disk.ts";
import { FILES } from "./files.ts";
import { Refusal } from "./refusal.ts";
import { readStatement, type Predicate, type Statement } from "./statement.ts";

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

/** What is in a folder under names of this form, newest first: they all begin with a date. */
function below(folder: string, form: RegExp): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => form.test(name));
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

/** The evidence directory of this name: one that was found by looking, no path made from what was asked. */
export function evidenceNamed(root: string, name: string): string | undefined {
  const [, year, month] = NAME.exec(name) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const found = namedIn(join(root, year, month)).find((directory) => basename(directory) === name);
  return found !== undefined && isEvidence(found) ? found : undefined;
}

/** The statement in these bytes of its file, no signature verified; undefined for what is none. */
export function statementIn(bytes: Buffer): Statement<Predicate> | undefined {
  try {
    const { payload } = JSON.parse(bytes.toString("utf8")) as { readonly payload: string };
    const statement: unknown = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
    return readStatement(statement, FILES.statement);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof Refusal) return undefined;
    throw error;
  }
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
