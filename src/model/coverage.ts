import type { DocumentKind } from "./document.ts";
import type { Source } from "./source.ts";
import type { BlockState } from "./states.ts";

/** Counts of one file, or of all files together. */
export interface CoverageCounts {
  readonly sections: number;
  readonly blocks: number;
  /** Blocks by their state. */
  readonly states: Readonly<Record<BlockState, number>>;
  readonly tables: number;
  /** Tables that were taken for something. */
  readonly tablesRecognised: number;
  /** Items of checklists, and those of them that checks judge without a person. */
  readonly items: number;
  readonly itemsJudged: number;
  readonly runbooks: number;
  /** Runbooks with a passed run in evidence. */
  readonly drilled: number;
}

/** A runbook whose last proof is older than its own frequency allows. */
export interface Overdue {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  /** `YYYY-MM-DD` of the last proof. */
  readonly last: string;
  /** Days since then, and how many there may be. */
  readonly days: number;
  readonly limit: number;
}

/** How much of a manual the program understands, and how much of it was proven. */
export interface Coverage {
  readonly files: readonly (CoverageCounts & {
    readonly file: string;
    readonly title: string;
    readonly kind: DocumentKind;
  })[];
  readonly total: CoverageCounts;
  /** Recognition rules that decided something, most used first. */
  readonly rules: readonly { readonly rule: string; readonly count: number }[];
  /** Runbooks nobody has proven yet. */
  readonly undrilled: readonly { readonly id: string; readonly title: string; readonly source: Source }[];
  readonly overdue: readonly Overdue[];
}

/** One thing an operator looks for, and where the manual describes it. */
export interface IndexEntry {
  readonly kind: "runbook" | "symptom" | "duty" | "check" | "artefact" | "section";
  readonly title: string;
  /** More words it is found by: headings above, symptoms, programs of its commands. */
  readonly words: string;
  readonly source: Source;
}
