import type { Every } from "./every.ts";
import type { Source } from "./source.ts";

/** What a table was taken for. */
export const TABLE_KINDS = [
  "thresholds",
  "severities",
  "backups",
  "logs",
  "contacts",
  "permissions",
  "symptoms",
  "history",
  "environments",
  "objectives",
  "rota",
  "services",
  "other",
] as const;
export type TableKind = (typeof TABLE_KINDS)[number];

export interface TableSummary {
  readonly source: Source;
  readonly kind: TableKind;
  /** Rows without the header. */
  readonly rows: number;
  readonly rule: string;
}

/** One row of a threshold table. Values are in `unit`; time in seconds keeps the manual's own unit in `shown`. */
export interface Threshold {
  readonly metric: string;
  readonly normal?: number;
  readonly warn?: number;
  readonly critical?: number;
  /** As written: `%`, `ms`, `个`, "" for a bare count. */
  readonly unit: string;
  readonly bad: "above" | "below";
  /** Cells as written. */
  readonly shown: { readonly normal?: string; readonly warn?: string; readonly critical?: string };
  /** Kind of check that measures it, when the words are known. */
  readonly probe?: string;
  /** Declared query, when an annotation gives one. */
  readonly query?: string;
  /** Seconds the condition must hold (`for=5m`). */
  readonly hold?: number;
  readonly state: "recognised" | "declared" | "ambiguous";
  readonly source: Source;
}

export interface Severity {
  /** `P0`, `严重`, `warning` … */
  readonly id: string;
  readonly definition: string;
  /** Seconds to first response and to resolution. */
  readonly respond?: number;
  readonly resolve?: number;
  readonly channels: readonly string[];
  /** An alert's severity and an incident's priority are two scales. */
  readonly scale: "alert" | "incident";
  readonly source: Source;
}

/** A rule that stands in prose: a candidate until an annotation confirms it. Never alerts. */
export interface RuleCandidate {
  readonly text: string;
  readonly severity?: string;
  readonly subject: string;
  readonly comparison?: ">" | ">=" | "<" | "<=" | "=";
  readonly value?: number;
  readonly unit?: string;
  /** Seconds it must hold. */
  readonly hold?: number;
  readonly state: "candidate" | "declared";
  readonly source: Source;
}

export type Retention =
  | { readonly kind: "forever" }
  | { readonly kind: "copies"; readonly copies: number }
  | { readonly kind: "age"; readonly days: number }
  | { readonly kind: "unknown" };

export interface BackupPolicy {
  readonly data: string;
  readonly every?: Every;
  readonly retention: Retention;
  readonly locations: readonly string[];
  /** Cells as written. */
  readonly shown: { readonly every: string; readonly retention: string; readonly location: string };
  readonly source: Source;
}

export interface LogPolicy {
  readonly name: string;
  readonly location: string;
  readonly retention: Retention;
  readonly source: Source;
}
export interface Contact {
  readonly role: string;
  readonly contact: string;
  readonly duty: string;
  readonly source: Source;
}
/** What the manual grants: who may do what with what, and until when. */
export interface Permission {
  /** Person, account or role, as written. */
  readonly who: string;
  readonly object: string;
  readonly rights: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly until?: string;
  /** The end as written, where that is no date. Neither: it has none. */
  readonly ends?: string;
  readonly source: Source;
}
export interface Symptom {
  readonly symptom: string;
  readonly look: string;
  readonly cause?: string;
  readonly action?: string;
  readonly source: Source;
}
export interface HistoryEntry {
  readonly version: string;
  readonly date: string;
  readonly author: string;
  readonly change: string;
  readonly source: Source;
}
