import type { Change } from "./store.ts";

/** A plain value of a row. */
export type Cell = string | number | null;

/**
 * One change as the worker applies it: name and columns; of `journal.append` all entries that follow each other: run,
 * number of the first, epoch, then time and JSON of each. JSON is made by the caller's thread.
 */
export type Op = readonly [kind: Change["kind"], ...cells: Cell[]];

/** Questions the worker answers; the answers are rows whose JSON the caller's thread reads. */
export type Question =
  | { readonly ask: "duty"; readonly duty: string; readonly period: string }
  | { readonly ask: "duties"; readonly duty: string | null; readonly limit: number }
  | { readonly ask: "inspection"; readonly id: string }
  | { readonly ask: "inspections"; readonly duty: string | null; readonly limit: number }
  | {
      readonly ask: "samples";
      readonly check: string;
      readonly target: string;
      readonly since: number;
      readonly limit: number;
      readonly thin: boolean;
      /** Milliseconds since the epoch. */
      readonly now: number;
    }
  | {
      readonly ask: "series";
      readonly check: string;
      readonly target: string;
      readonly from: number;
      readonly to: number;
      readonly points: number;
    }
  | { readonly ask: "events"; readonly after: number; readonly kind: string | null; readonly limit: number }
  | { readonly ask: "book"; readonly digest: string }
  | { readonly ask: "run"; readonly id: string }
  | { readonly ask: "runs"; readonly runbook: string | null; readonly open: boolean; readonly limit: number }
  | { readonly ask: "plan"; readonly digest: string }
  /** Each row begins with the number of the run's last entry; without entries there is one row with that alone. */
  | { readonly ask: "journal"; readonly run: string; readonly after: number; readonly limit: number }
  | {
      readonly ask: "desk";
      readonly of: string;
      readonly open: boolean;
      readonly under: string | null;
      readonly limit: number;
    }
  | { readonly ask: "deskOne"; readonly of: string; readonly id: string }
  | {
      readonly ask: "audit";
      readonly before: number;
      readonly person: string | null;
      readonly action: string | null;
      readonly limit: number;
    }
  | { readonly ask: "locks" }
  | { readonly ask: "value"; readonly key: string }
  | { readonly ask: "version" };

export type Request =
  | { readonly id: number; readonly commit: readonly Op[] }
  | { readonly id: number; readonly question: Question }
  | { readonly id: number; readonly close: true };

/** A row of an answer, column by column. */
export type Row = readonly Cell[];

export type Failure =
  /** Op number `index` of the commit met somebody else's change. */
  | { readonly kind: "conflict"; readonly index: number }
  /** A WatchbookError. */
  | { readonly kind: "refused"; readonly code: string; readonly args: Readonly<Record<string, string | number>> }
  /** Our bug. */
  | { readonly kind: "bug"; readonly message: string; readonly stack: string };

export type Answer =
  /** Commits that are on the disk. */
  | { readonly done: readonly number[] }
  | { readonly id: number; readonly rows: readonly Row[] }
  | { readonly id: number; readonly failure: Failure };

/** What a worker is started with. */
export interface Start {
  readonly file: string;
  /** Milliseconds since the epoch: the date of a migration. */
  readonly now: number;
  /** Samples kept in the main file before they are moved to the files of their days. */
  readonly moveAt: number;
  /** The disk takes nothing: commits are refused, what is there is read. */
  readonly readOnly?: boolean;
}
