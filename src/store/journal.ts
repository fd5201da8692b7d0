import { WatchbookError } from "../model/error.ts";
import type { Entry, Journalled } from "../model/journal.ts";
import type { Lock } from "../model/run.ts";
import type { Row } from "./protocol.ts";

/** SQLite's `LIMIT -1`: all of them. */
export const EVERY = -1;

/**
 * Entries out of the answer to `journal`. Throws STORE-JOURNAL (run, seq, last) when one is missing, also at the end, is
 * beyond what was committed, or is not JSON: a run must not go on from half of its past.
 */
export function readJournal(run: string, after: number, limit: number, rows: readonly Row[]): readonly Journalled[] {
  const last = Number(rows[0]?.[0] ?? 0);
  const broken = (seq: number): WatchbookError => new WatchbookError("STORE-JOURNAL", { run, seq, last });
  const found = rows.filter(([, seq]) => seq !== null);
  const entries = found.map(([, seq, epoch, at, text], index) => {
    const expected = after + index + 1;
    if (seq !== expected || expected > last) throw broken(expected);
    const { mono, ...entry } = entryOf(String(text), () => broken(seq));
    return { seq, epoch: Number(epoch), at: Number(at), ...(mono !== undefined && { mono }), entry };
  });
  const there = Math.max(0, last - after);
  if (entries.length < (limit === EVERY ? there : Math.min(limit, there))) throw broken(after + entries.length + 1);
  return entries;
}

/** The clock of an entry is kept inside it. */
function entryOf(text: string, broken: () => WatchbookError): Entry & { readonly mono?: string } {
  try {
    return JSON.parse(text) as Entry & { readonly mono?: string };
  } catch (error) {
    throw Object.assign(broken(), { cause: error });
  }
}

export const readLock = ([key, run, by, reason, taken, expires]: Row): Lock => ({
  key: String(key),
  run: String(run),
  by: String(by),
  reason: String(reason),
  taken: Number(taken),
  expires: Number(expires),
});
