import type { Artefact, Block } from "./block.ts";
import type { BookConfig } from "./config.ts";
import type { CheckSpec } from "./check.ts";
import type { Document } from "./document.ts";
import type { Duty } from "./duty.ts";
import type { Finding } from "./finding.ts";
import type { Lang } from "./lang.ts";
import type { Schema } from "./schema.ts";
import type {
  Channel,
  Deliverable,
  Environment,
  Gate,
  NamePattern,
  Prohibition,
  ReadingStep,
  Requirement,
  Service,
} from "./policy.ts";
import type { Objective, Runbook } from "./runbook.ts";
import type {
  BackupPolicy,
  Contact,
  HistoryEntry,
  LogPolicy,
  Permission,
  RuleCandidate,
  Severity,
  Symptom,
  TableSummary,
  Threshold,
} from "./tables.ts";

/** What one document, or all of them, say. Lists keep the order of the manual. */
export interface Statements {
  readonly blocks: readonly Block[];
  readonly artefacts: readonly Artefact[];
  readonly tables: readonly TableSummary[];
  readonly duties: readonly Duty[];
  readonly runbooks: readonly Runbook[];
  readonly objectives: readonly Objective[];
  readonly thresholds: readonly Threshold[];
  readonly severities: readonly Severity[];
  readonly rules: readonly RuleCandidate[];
  readonly backups: readonly BackupPolicy[];
  readonly logs: readonly LogPolicy[];
  readonly contacts: readonly Contact[];
  readonly permissions: readonly Permission[];
  readonly symptoms: readonly Symptom[];
  readonly history: readonly HistoryEntry[];
  readonly environments: readonly Environment[];
  readonly services: readonly Service[];
  readonly gates: readonly Gate[];
  readonly prohibitions: readonly Prohibition[];
  readonly readingOrder: readonly ReadingStep[];
  readonly namePatterns: readonly NamePattern[];
  readonly channels: readonly Channel[];
  readonly deliverables: readonly Deliverable[];
  readonly requirements: readonly Requirement[];
}

/** The compiled manual: frozen plain data. Equal input gives an equal digest. */
export interface Book extends Statements {
  /** Version of this structure. */
  readonly schema: 1;
  /** `sha256:…` over the manual's files and watchbook.yaml, by path and content. */
  readonly digest: string;
  readonly title: string;
  readonly lang: Lang;
  readonly zone: string;
  readonly config: BookConfig;
  readonly documents: readonly Document[];
  /** Files of the tree that are not documents but that links and paths may point to. */
  readonly files: readonly string[];
  readonly checks: readonly CheckSpec[];
  /** Findings of reading and compiling; `lint` adds those of its rules. */
  readonly findings: readonly Finding[];
}

/** What a rule may know besides the book. */
export interface LintContext {
  /** `YYYY-MM-DD` in the book's zone. */
  readonly today: string;
  /** Date `YYYY-MM-DD` of the last proof (passed run with evidence) by runbook id. */
  readonly proofs: ReadonlyMap<string, string>;
  /** Text of every manual file (and watchbook.yaml), by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Parameters of every check kind, by kind; absent: declared checks are not judged. */
  readonly kinds?: ReadonlyMap<string, Schema<unknown>>;
  /** Parameters of every kind of step and of fault, by kind; absent: steps of watchbook.yaml are not judged. */
  readonly steps?: ReadonlyMap<string, Schema<unknown>>;
  readonly faults?: ReadonlyMap<string, Schema<unknown>>;
  /** Parameters of every notifier kind, by kind; absent: channels are not judged. */
  readonly notifiers?: ReadonlyMap<string, Schema<unknown>>;
}

/** A lint rule: one file in book/lint. Pure; gives findings in the manual's order. */
export interface LintRule {
  /** Codes it may give. */
  readonly codes: readonly Finding["code"][];
  run(book: Book, context: LintContext): readonly Finding[] | Promise<readonly Finding[]>;
}
