import type { BookConfig } from "../../model/config.ts";
import type { Finding } from "../../model/finding.ts";
import type { Statements } from "../../model/book.ts";
import type { Lang } from "../../model/lang.ts";
import type { Block } from "../../model/block.ts";
import type { Document, Section } from "../../model/document.ts";
import type { Node, Tree } from "../parse/tree.ts";

/** A heading with what stands under it, subsections excluded. */
export interface Part {
  readonly section: Section;
  readonly nodes: readonly Node[];
  /** Index of its parent part, -1 for none. */
  readonly parent: number;
}

/** One document on its way to the model: what every recogniser is given. */
export interface Page {
  readonly file: string;
  readonly text: string;
  readonly lang: Lang;
  readonly tree: Tree;
  /** In order; part 0 holds what stands before the first heading (title "", depth 0). */
  readonly parts: readonly Part[];
  /** The `watchbook:` key of the front matter, validated. */
  readonly front: FrontMatter;
  /** `<!-- watchbook: … -->` lines: line of the comment and its keys. */
  readonly annotations: readonly { readonly line: number; readonly keys: Readonly<Record<string, string>> }[];
  readonly config: BookConfig;
  /** What is already known of the document: data block, kind, status, owner. */
  readonly document: Document;
  /** This page's blocks, already classified (recognise/blocks). Step.block and Artefact.block index this list here;
   * compile shifts them to Book.blocks. */
  readonly blocks: readonly Block[];
  /** What reading this page already found wrong (front matter, annotations, traps, blocks). */
  readonly findings: readonly Finding[];
}

/** Level 1: the one front-matter key that is ours. */
export interface FrontMatter {
  readonly service?: string;
  readonly kind?: Document["kind"];
  readonly owner?: string;
  readonly status?: Document["status"];
  readonly objectives?: Readonly<Record<string, string>>;
  /** Keys of other tools' front matter that we take over: shell, cwd. */
  readonly shell?: string;
  readonly cwd?: string;
}

/** What a recogniser found. */
export type Found = Partial<Statements> & { readonly findings?: readonly Finding[] };

/** One construct of the convention: one file in book/recognise. Pure. */
export interface Recogniser {
  readonly name: string;
  run(page: Page): Found;
}
