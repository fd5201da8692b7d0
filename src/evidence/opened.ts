import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { openCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { entryOf, namesRunbook } from "./entry.ts";
import { checkTree, logFolder, readCheckpoint } from "./log.ts";
import { leafHash, peaksRoot, pushLeaf, type Hash } from "./merkle.ts";
import { Refusal } from "./refusal.ts";
import type { Signer } from "./signers.ts";
import { readEntries } from "./tiles.ts";

/** A run that the log has. */
export interface LoggedRun {
  /** Number of its entry: runs are logged when they have ended, and no clock that is set orders them anew. */
  readonly index: number;
  readonly runbook: string;
  /** SHA-256 of its statement. */
  readonly digest: string;
  /** Path of its statement below the root. */
  readonly file: string;
}

/** A log whose checkpoint a trusted key signed, and whose tiles and entries fit it. */
export interface OpenedLog extends Checkpoint {
  readonly signer: Signer;
  /** The signed checkpoint, whole. */
  readonly note: string;
  /** In the order in which they were logged. */
  readonly runs: readonly LoggedRun[];
  /** Logs that have the same one here each begin with what the one before them had. */
  readonly line: string;
}

interface Known extends OpenedLog {
  /** Whom was trusted when it was opened. */
  readonly trusted: string;
  readonly peaks: readonly Hash[];
}

/** Logs that were opened before, by their root: what was checked of one is not read again while it grows. */
export type OpenedLogs = Map<string, Known>;

/** Whom is trusted, and when: another one, and nothing that was found before holds. */
export const trustMark = (trusted: readonly Signer[]): string =>
  JSON.stringify(trusted.map(({ key, after, before }) => [key.id, after, before]));

/** The run of an entry; undefined for evidence of anything else. */
function runOf(entry: Buffer, index: number): LoggedRun | undefined {
  if (!namesRunbook(entry)) return undefined;
  const { runbook, digest, file } = entryOf(entry) ?? {};
  if (runbook === undefined || digest === undefined || file === undefined)
    throw new Refusal("log-damaged", { file: "log/tile/entries" });
  return { index, runbook, digest, file };
}

/** Between so many entries others may have their turn. */
const AT_ONCE = 1_024;

/** All entries, each hashed again; 10,000 take some 40 ms. Of a log that was known and has grown, those that are new. */
function* readOn(root: string, { size, root: said }: Checkpoint, from: Pick<Known, "size" | "peaks" | "runs">) {
  let at = from.size;
  const peaks = [...from.peaks];
  // What was logged again at the same place is the same run, at its old number.
  const runs = new Map(from.runs.map((run) => [run.file, run]));
  for (const entry of readEntries(logFolder(root), size, at)) {
    pushLeaf(peaks, at, leafHash(entry));
    const run = runOf(entry, at);
    if (run) runs.set(run.file, { ...run, index: runs.get(run.file)?.index ?? at });
    at += 1;
    if (at % AT_ONCE === 0) yield;
  }
  return peaksRoot(peaks).equals(said) ? { peaks, runs: [...runs.values()] } : undefined;
}

const NOTHING = { size: 0, peaks: [], runs: [] };

function* opening(
  root: string,
  trusted: readonly Signer[],
  opened?: OpenedLogs,
): Generator<undefined, OpenedLog | undefined> {
  const note = readCheckpoint(root);
  if (note === undefined) return undefined;
  const trust = trustMark(trusted);
  const before = opened?.get(root);
  const known = before?.trusted === trust ? before : undefined;
  if (known?.note === note) return known;
  const checkpoint = openCheckpoint(note, "log/checkpoint", trusted);
  checkTree(root, checkpoint);
  const same = known && known.origin === checkpoint.origin && known.size <= checkpoint.size ? known : undefined;
  const grown = same && (yield* readOn(root, checkpoint, same));
  const read = grown ?? (yield* readOn(root, checkpoint, NOTHING));
  if (!read) throw new Refusal("log-damaged", { file: "log/tile/entries" });
  const line = same && grown ? same.line : createHash("sha256").update(note).digest("hex");
  const log = { ...checkpoint, note, line, trusted: trust, ...read };
  opened?.set(root, log);
  return log;
}

/**
 * The log of a root: its checkpoint in force, signed by somebody trusted, with tiles and entries that fit it; undefined
 * without a log. Throws Refusal for anything else.
 */
export function openLog(...given: Parameters<typeof opening>): OpenedLog | undefined {
  const steps = opening(...given);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same, while others have their turn. */
export async function openLogInTurns(...given: Parameters<typeof opening>): Promise<OpenedLog | undefined> {
  const steps = opening(...given);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await turn();
  }
}
