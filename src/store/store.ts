import type { AuditEntry } from "../model/account.ts";
import type { Sample } from "../model/check.ts";
import type { SeriesPoint, SeriesQuery } from "../model/series.ts";
import type { DutyRecord } from "../model/duty.ts";
import type { Inspection } from "../model/inspection.ts";
import type { Journalled } from "../model/journal.ts";
import type { Lock, RunRecord } from "../model/run.ts";
import type { DeskQuery, DeskRecord, DeskRecords, DeskSort } from "./desk.ts";

/** Something that happened, in the order it was committed. `seq` is given by the store. */
export interface StoredEvent {
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `duty.missed`, `inspection.done`, `book.loaded`, `book.refused`, `daemon.started` … */
  readonly kind: string;
  /** What it is about: duty, period, run. */
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One change of state. A commit applies all of its changes or none. */
export type Change =
  /** Insert; refused when (duty, period) exists. `record.revision` must be 1. */
  | { readonly kind: "duty.insert"; readonly record: DutyRecord }
  /** Replace; refused unless the stored revision is `record.revision - 1`. */
  | { readonly kind: "duty.update"; readonly record: DutyRecord }
  /** Insert or replace one inspection by id. */
  | { readonly kind: "inspection.put"; readonly inspection: Inspection }
  | { readonly kind: "sample.add"; readonly samples: readonly Sample[] }
  /** Drops samples older than `before`, milliseconds since the epoch. */
  | { readonly kind: "sample.drop"; readonly before: number }
  /**
   * In its own time: days that ended before `before` keep five minutes as one sample, and all samples together keep to
   * `bytes` of disk where today's alone do; what goes before its time goes with an event `samples.dropped`. `at` is now.
   */
  | { readonly kind: "sample.roll"; readonly before: number; readonly bytes: number; readonly at: number }
  | { readonly kind: "event.add"; readonly event: Omit<StoredEvent, "seq"> }
  /** A compiled book by digest; kept once. */
  | { readonly kind: "book.put"; readonly digest: string; readonly json: string; readonly at: number }
  /** A new run with its plan (canonical JSON, kept once per digest), epoch 0; refused when the id exists. */
  | { readonly kind: "run.insert"; readonly record: RunRecord; readonly plan: string }
  /** Raises the run's epoch; refused unless it is `epoch - 1`. Whoever wrote with the old one is fenced off. */
  | { readonly kind: "run.claim"; readonly run: string; readonly epoch: number }
  /** Writes nothing; refused unless the run's epoch is `epoch`: what is committed with it is not a late worker's. */
  | { readonly kind: "run.fence"; readonly run: string; readonly epoch: number }
  /** Replaces the record; refused unless the run's epoch is `epoch`. */
  | { readonly kind: "run.update"; readonly record: RunRecord; readonly epoch: number }
  /** Refused unless the run's epoch is `epoch` and `seq` is one more than the last entry's (1 for the first). */
  | { readonly kind: "journal.append"; readonly run: string; readonly entry: Journalled }
  /** Refused while another run holds it and `lock.taken` is before its expiry. The same run renews. */
  | { readonly kind: "lock.take"; readonly lock: Lock }
  /** Takes it whoever holds it; refused unless `from` still holds it. */
  | { readonly kind: "lock.seize"; readonly lock: Lock; readonly from: string }
  /** Nothing when the run does not hold it. */
  | { readonly kind: "lock.release"; readonly key: string; readonly run: string }
  /** Insert or replace one record of a desk by its id. */
  | ({ readonly kind: "desk.put" } & DeskRecord)
  /** Drops what is over and older than `before`, milliseconds since the epoch; incidents and problems stay. */
  | { readonly kind: "desk.drop"; readonly before: number }
  /** Appends; refused unless `entry.seq` is one more than the last one's (1 for the first). Nothing changes or drops it. */
  | { readonly kind: "audit.append"; readonly entry: AuditEntry }
  /** A named value; `null` removes it. */
  | { readonly kind: "value.set"; readonly key: string; readonly value: string | null };

/** Which lines of the audit log. */
export interface AuditQuery {
  readonly before?: number;
  readonly person?: string;
  readonly action?: string;
  readonly limit?: number;
}

/** A commit met a record that somebody else had changed: read again and decide again. Nothing was written. */
export class Conflict extends Error {
  readonly change: Change;
  constructor(change: Change) {
    super(`conflict: ${change.kind}`);
    this.name = "Conflict";
    this.change = change;
  }
}

/**
 * Where state lives. Fits SQLite in a worker thread and PostgreSQL.
 * MUST: resolve a commit only when it is durable (fsynced); apply a commit wholly or not at all; reject with Conflict
 * as `Change` says; group concurrent commits where it can; keep the order of events; reject with WatchbookError
 * STORE-FULL or STORE-READ-ONLY when the disk refuses, without losing what was committed.
 */
export interface Store extends AsyncDisposable {
  commit(changes: readonly Change[]): Promise<void>;
  duty(duty: string, period: string): Promise<DutyRecord | undefined>;
  /** Records of one duty (or all), newest period first. */
  duties(query: { readonly duty?: string; readonly limit?: number }): Promise<readonly DutyRecord[]>;
  inspection(id: string): Promise<Inspection | undefined>;
  /** Newest first. */
  inspections(query: { readonly duty?: string; readonly limit?: number }): Promise<readonly Inspection[]>;
  /**
   * Oldest first; with a `limit` the newest ones (default 1,000, like every list here); with `thin` the last of each of
   * `limit` stretches since `since`, when there are more. Where samples were rolled, the last of each five minutes.
   */
  samples(query: {
    readonly check: string;
    readonly target: string;
    readonly since: number;
    readonly limit?: number;
    readonly thin?: boolean;
  }): Promise<readonly Sample[]>;
  /** What samples come to in stretches of equal length, oldest first. */
  series(query: SeriesQuery): Promise<readonly SeriesPoint[]>;
  /** Oldest first, after `seq`. */
  events(query: {
    readonly after: number;
    readonly kind?: string;
    readonly limit?: number;
  }): Promise<readonly StoredEvent[]>;
  book(digest: string): Promise<string | undefined>;
  run(id: string): Promise<{ readonly record: RunRecord; readonly epoch: number } | undefined>;
  /** Newest first; `open`: only those that have not ended. */
  runs(query: {
    readonly runbook?: string;
    readonly open?: boolean;
    readonly limit?: number;
  }): Promise<readonly RunRecord[]>;
  /** Canonical JSON of a plan. */
  plan(digest: string): Promise<string | undefined>;
  /** Oldest first, after `seq`; all of them unless limited. Rejects with STORE-JOURNAL when an entry is missing or not ours. */
  journal(query: {
    readonly run: string;
    readonly after?: number;
    readonly limit?: number;
  }): Promise<readonly Journalled[]>;
  /** By key; expired ones too. */
  locks(): Promise<readonly Lock[]>;
  /** Records of one sort. */
  desk<K extends DeskSort>(of: K, query: DeskQuery): Promise<readonly DeskRecords[K][]>;
  deskOne<K extends DeskSort>(of: K, id: string): Promise<DeskRecords[K] | undefined>;
  /** Newest first, before `seq`. */
  audit(query: AuditQuery): Promise<readonly AuditEntry[]>;
  value(key: string): Promise<string | undefined>;
  /** Version of the schema it holds. */
  version(): Promise<number>;
}
