/** Name of a load's ledger in an evidence directory. */
export const LEDGER_FILE = "ledger.json";
/** The same of the way back, in a drill that goes both ways. */
export const LEDGER_BACK_FILE = "ledger-back.json";
export const LEDGER_FORMAT = "watchbook-ledger/1";

/** Fewer confirmed rows in the second before the fault, and "nothing was lost" says nothing. */
export const LEAST_ACKED = 50;
/** What counts as good again: so many confirmed rows in a row, over so long (nanoseconds). */
export const GOOD_ACKS = 20;
export const GOOD_NS = 2_000_000_000;
/** So many lost rows are listed with their times, the oldest first. */
export const MOST_TIMES = 1_000;
/** A ledger is no longer than this, bytes: of a longer one only the digest of what was noted is kept, and nothing is counted. */
export const MOST_BYTES = 4 << 20;

/**
 * What the writers of a drill noted, as far as anything counted depends on it: rows by their numbers (ranges, `1-9,11`), and times
 * in nanoseconds after the fault's call (before it: negative). Keys in this order are canonical JSON.
 */
export interface LedgerFile {
  /** Confirmed rows by when: over a second before the fault, in the last second before it, and after it. */
  readonly acked: { readonly before: string; readonly last_second: string; readonly later: string };
  /** Reading of the machine's monotonic clock just before the fault was called: the run's FAULT_AT_NS. */
  readonly fault_ns: string;
  readonly format: typeof LEDGER_FORMAT;
  /**
   * Rows that went to the new branch of history behind the last error: the first GOOD_ACKS of them, and the last one. Each with when
   * it was sent and when it was confirmed.
   */
  readonly good: readonly (readonly [id: number, sent: number, acked: number])[];
  /** Branch of history of the new primary, in its own words. */
  readonly history: string;
  /** When a writer met an error for the last time; null: none did. */
  readonly last_error: number | null;
  /** Confirmed rows that are not there, the oldest first, at most MOST_TIMES: when each was confirmed. */
  readonly lost: readonly (readonly [id: number, acked: number])[];
  readonly sent: string;
  /** Rows that were found on the new primary. */
  readonly there: string;
}

/** Instead of a ledger that is too long. */
export interface CutLedger {
  readonly format: typeof LEDGER_FORMAT;
  /** SHA-256 of the writers' own notes. */
  readonly notes: string;
  /** Rows that were sent. */
  readonly rows: number;
}
