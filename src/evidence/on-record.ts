import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { Demands } from "./demands.ts";
import { looked, namesIn, readPlain } from "./disk.ts";
import { FILES } from "./files.ts";
import { checkKept } from "./inclusion.ts";
import { openLogInTurns, trustMark, type LoggedRun, type OpenedLog, type OpenedLogs } from "./opened.ts";
import { Refusal } from "./refusal.ts";
import { statementIn } from "./statement.ts";

/** What was found of runs before, as long as neither their files, nor who is trusted, nor the log before its end has changed. */
export interface Remembered<T> {
  readonly opened: OpenedLogs;
  readonly found: Map<string, T>;
}
export const nothingYet = <T>(): Remembered<T> => ({ opened: new Map(), found: new Map() });

const DAY = 86_400_000;

/** Everything that a verdict on one directory depends on, besides its files; what was of tomorrow yesterday is looked at again. */
const marksOf = ({ line }: OpenedLog, { trust, people, keysOnly, pins }: Demands): string =>
  digestOf(Buffer.from(JSON.stringify([line, Math.floor(pins.now / DAY), people, keysOnly, trustMark(trust.signers)])));

/** Of what cannot be looked at, why. */
function orWhy(look: () => string): string {
  try {
    return look();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** What is at a path as it stands: whoever writes it can set its times, but not when that was. */
export const standing = (path: string): string =>
  orWhy(() => {
    const { ino, size, ctimeNs } = looked(path, () => lstatSync(path, { bigint: true })) ?? {};
    return `${ino} ${size} ${ctimeNs}`;
  });

/** A directory and its files as they stand. */
const stampOf = (directory: string): string =>
  orWhy(() =>
    [
      standing(directory),
      ...namesIn(directory, directory)
        .toSorted()
        .map((name) => `${name} ${standing(join(directory, name))}`),
    ].join("\n"),
  );

/**
 * A file of a run as its statement has it that the log has, whatever else lies there; undefined where either is gone or another
 * one. Throws Refusal for what cannot be read.
 */
export function loggedFile(directory: string, run: LoggedRun, name: string): Buffer | undefined {
  const statement = readPlain(join(directory, FILES.statement), FILES.statement);
  const bytes = readPlain(join(directory, name), name);
  if (!statement || !bytes || digestOf(statement) !== run.digest) return undefined;
  const said = statementIn(statement)?.subject.find((one) => one.name === name);
  return said?.digest.sha256 === digestOf(bytes) ? bytes : undefined;
}

const digestOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** The log of a root, absolute and real, which also has what a checkpoint kept elsewhere says. Throws Refusal. */
export async function logOf(
  root: string,
  { trust, checkpoint }: Demands,
  { opened }: Remembered<unknown>,
): Promise<OpenedLog | undefined> {
  const log = await openLogInTurns(root, trust.signers, opened);
  if (log && checkpoint !== undefined) checkKept(root, log, checkpoint, trust.signers);
  return log;
}

/** Of a run on record: where it lies or lay, and what was found there. */
export interface OnRecord<T> {
  readonly run: LoggedRun;
  readonly directory: string;
  readonly found: T;
}

/** Others have their turn between two that are looked at, and after so many that are known. */
const MOST_KNOWN = 64;

/**
 * What `look` finds of each run that the log has and that is `wanted`, newest first.
 * Looks once for each state of a directory; whoever stops early keeps what was found.
 */
export async function* runsOn<T>(
  log: OpenedLog,
  { root, demands, before }: { readonly root: string; readonly demands: Demands; readonly before: Remembered<T> },
  look: (directory: string, run: LoggedRun, demands: Demands) => T,
  wanted: (run: LoggedRun) => boolean = () => true,
): AsyncGenerator<OnRecord<T>> {
  const marks = marksOf(log, demands);
  const used = new Set<string>();
  const shared = { ...demands, opened: before.opened };
  const newest = log.runs.toSorted((a, b) => b.index - a.index);
  for (const [index, run] of newest.entries()) {
    if (!wanted(run)) continue;
    const directory = dirname(join(root, run.file));
    const keyNow = (): string => digestOf(Buffer.from(`${marks}\n${run.digest}\n${directory}\n${stampOf(directory)}`));
    const key = keyNow();
    const known = before.found.get(key);
    if (known === undefined || index % MOST_KNOWN === 0) await turn();
    const found = known ?? look(directory, run, shared);
    // What was changed while it was looked at is looked at again.
    if (known === undefined && keyNow() === key) before.found.set(key, found);
    used.add(key);
    yield { run, directory, found };
  }
  for (const key of before.found.keys()) if (!used.has(key)) before.found.delete(key);
}
