import type { Lang } from "./lang.ts";
import type { Source } from "./source.ts";
import type { Status } from "./states.ts";

export const DOCUMENT_KINDS = [
  "manual",
  "runbook",
  "policy",
  "checklist",
  "template",
  "architecture",
  "report",
  "other",
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** One line of a document data block (文档编号, 版本, 审核人 …). */
export interface Datum {
  /** Normalised name where it is known: number, version, date, state, author, reviewer, owner, baseline, status, evidence. */
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly source: Source;
}

export interface Section {
  readonly source: Source;
  /** Last line that belongs to it, its subsections included. */
  readonly end: number;
  readonly depth: number;
  readonly title: string;
  /** Titles from the document's first heading down to this one. */
  readonly path: readonly string[];
  /** GitHub slug, unique in its document. */
  readonly slug: string;
  /** Status the section claims for itself or inherits (现状 SOP（已落地）, 扩展 SOP（可选）). */
  readonly status?: Status;
}

export interface Link {
  readonly source: Source;
  /** As written; never decoded. */
  readonly href: string;
  readonly text: string;
  /** `code`: a path in a code span. */
  readonly origin: "link" | "image" | "definition" | "code";
  /** Resolved path relative to the root, without anchor; absent for other schemes and name patterns. */
  readonly target?: string;
  readonly anchor?: string;
  /**
   * ok · dead: absent from the tree · dead-anchor · site: needs a site generator's rule · outside: leaves the root ·
   * external: other scheme · pattern: a file name pattern.
   */
  readonly state: "ok" | "dead" | "dead-anchor" | "site" | "outside" | "external" | "pattern";
}

export interface Document {
  readonly file: string;
  readonly title: string;
  readonly kind: DocumentKind;
  readonly lang: Lang;
  readonly status?: Status;
  readonly owner?: string;
  readonly service?: string;
  /** Pinned commit (对齐基线：main@17f0…). */
  readonly baseline?: { readonly branch: string; readonly commit: string; readonly source: Source };
  /** `YYYY-MM-DD` of its last change as the document states it. */
  readonly updated?: string;
  readonly data: readonly Datum[];
  readonly sections: readonly Section[];
  readonly links: readonly Link[];
  /** Where it says that it is approved or who signs (批准签字), and what is still empty. */
  readonly signatures: readonly { readonly role: string; readonly signed: boolean; readonly source: Source }[];
  readonly lines: number;
  readonly bytes: number;
}
