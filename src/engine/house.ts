import type { DrillRecord } from "../evidence/drills.ts";
import type { RunJudged } from "../evidence/run/judge.ts";
import type { NoticeRecord } from "../model/alert.ts";
import type { BackupSpec, SetSeen } from "../model/backup.ts";
import type { Book } from "../model/book.ts";
import type { EvidenceInput, EvidencePlace, Verification } from "../model/evidence.ts";
import type { Incident } from "../model/incident.ts";
import type { RunRecord } from "../model/run.ts";
import type { Inspection } from "../model/inspection.ts";
import type { Notice } from "../model/notice.ts";
import type { OwnSaid } from "../model/own.ts";
import type { Registry } from "../model/registry.ts";
import type { Clock } from "../model/time.ts";
import type { Store } from "../store/store.ts";
import type { ClockSet } from "./clock-set.ts";

/** A compiled book and where it came from. */
export interface OpenBook {
  readonly book: Book;
  /** Absolute path of the book's root. */
  readonly root: string;
  /** Commit it was compiled from, when the root is in git. */
  readonly commit?: string;
  /** The tree differs from the commit. */
  readonly dirty: boolean;
}

/** Where the report and the evidence of one run lie: absolute paths. Absent while they are not written yet. */
export interface Published {
  readonly evidence?: EvidencePlace;
  readonly report?: string;
}

/**
 * Writes a report where the book says; gives the absolute path of its Markdown. Rejects with WatchbookError
 * REPORT-NOT-WRITTEN when the disk refuses.
 */
export type ReportWriter = (
  open: OpenBook,
  /** All runs of the duty in the period, oldest first: two runs on one date make one report with two sections. */
  runs: readonly Inspection[],
  /** Last run of the period before, for "change since the last report". */
  previous: Inspection | undefined,
  /** By id of the run. A run that has a report already keeps its path. */
  published: ReadonlyMap<string, Published>,
) => Promise<string>;

/** What is needed to look at something: of all state only earlier values. */
export type Looking = Omit<House, "store"> & { readonly store: Pick<Store, "samples"> & Partial<Pick<Store, "value">> };

/** Everything the engine works with. main.ts makes it; tests make it with a clock and kinds of their own. */
export interface House {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly store: Store;
  /** By how much the clock was set. Absent: nobody looks, what is kept of it holds. */
  readonly clockSet?: ClockSet;
  /** Absolute path of the data directory. */
  readonly data: string;
  readonly host: string;
  readonly version: string;
  /** Value of a secret reference (`env:NAME`, `file:/path`). */
  secret(reference: string): Promise<string>;
  /** Signs and logs; the evidence root is the book's or `data/evidence`. */
  record(open: OpenBook, input: EvidenceInput): Promise<EvidencePlace>;
  /**
   * Verifies evidence with the trust of the book at `root`. Absent: nothing is believed. Rejects with WatchbookError for a
   * file of signers that cannot be read.
   */
  verify?(root: string, directory: string, demand: { readonly requireFaultStep: boolean }): Promise<Verification>;
  /** Sets of one backup as they lie in their repository now. Absent: nobody can look. Rejects with WatchbookError BACKUP-UNSEEN. */
  sets?(open: OpenBook, backup: BackupSpec, signal: AbortSignal): Promise<readonly SetSeen[]>;
  /** Drills on record that the book believes. Absent: none is known. */
  drills?(open: OpenBook): Promise<DrillRecord>;
  readonly report: ReportWriter;
  /** A line of the notice log in words, with the address at which it can be acknowledged. Absent: nobody is told. */
  notice?(open: OpenBook, record: NoticeRecord, link: string | undefined): Notice;
  /** What watchbook says of itself, in words. Absent: it says nothing. */
  own?(open: OpenBook, said: OwnSaid): Notice;
  /** One run as Markdown, for its evidence (result.md): both languages, no path of this machine. */
  page(open: OpenBook, inspection: Inspection): string;
  /** The same for an incident. Absent: its title alone. */
  incidentPage?(open: OpenBook, incident: Incident, runs: readonly RunRecord[]): string;
  /** The same for a run of a runbook. */
  runPage(open: OpenBook, run: RunJudged): string;
}
