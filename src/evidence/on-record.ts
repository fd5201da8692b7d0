import { createHash } from "node:crypto";
import { lstatSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { Demands } from "./demands.ts";
import { checkKept } from "./inclusion.ts";
import { openLogInTurns, type LoggedRun, type OpenedLog, type OpenedLogs } from "./opened.ts";

/** What was found of runs before, as long as neither their files, nor who is trusted, nor the log before its end has changed. */
export interface Remembered<T> {
  readonly opened: OpenedLogs;
  readonly found: Map<string, T>;
}
export const nothingYet = <T>(): Remembered<T> => ({ opened: new Map(), found: new Map() });

/** Everything that a verdict on one directory depends on, besides its files. */
const marksOf = ({ line }: OpenedLog, { trust, people, keysOnly }: Demands): string =>
  createHash("sha256")
    .update(
      JSON.stringify([line, people, keysOnly, trust.signers.map(({ key, after, before }) => [key.id, after, before])]),
    )
    .digest("hex");

/** The files of a directory as they stand: whoever writes one can set its times, but not when that was. */
function stampOf(directory: string): string {
  if (!lstatSync(directory, { throwIfNoEntry: false })?.isDirectory()) return "";
  return readdirSync(directory)
    .toSorted()
    .map((name) => {
      const { ino, size, ctimeNs } = lstatSync(join(directory, name), { bigint: true, throwIfNoEntry: false }) ?? {};
      return `${name} ${ino} ${size} ${ctimeNs}`;
    })
    .join("\n");
}

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
 * What `look` finds of each run that the log has and that is `wanted`, newest first by the names of their directories.
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
  const newest = log.runs.toSorted((a, b) => (a.file < b.file ? 1 : -1));
  for (const [index, run] of newest.entries()) {
    if (!wanted(run)) continue;
    const directory = dirname(join(root, run.file));
    const key = createHash("sha256")
      .update(`${marks}\n${run.digest}\n${directory}\n${stampOf(directory)}`)
      .digest("base64");
    const known = before.found.get(key);
    if (known === undefined || index % MOST_KNOWN === 0) await turn();
    const found = known ?? look(directory, run, shared);
    before.found.set(key, found);
    used.add(key);
    yield { run, directory, found };
  }
  for (const key of before.found.keys()) if (!used.has(key)) before.found.delete(key);
}
