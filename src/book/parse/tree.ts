/**
 * What a parser must give: a tree that no Markdown library shows through. Lines count from 1 and are those of the
 * whole file, front matter included. Trees are plain data.
 */
export interface Tree {
  /** YAML between the first two `---` lines, without them. `closed` is false when the second is missing. */
  readonly frontMatter?: { readonly text: string; readonly line: number; readonly closed: boolean };
  readonly nodes: readonly Node[];
}

export type Node = Heading | Paragraph | Fence | Table | List | Quote | Html | Rule;

/** A piece of inline content that carries meaning; plain text lies in `text` of its node. */
export interface Span {
  readonly kind: "code" | "strong" | "link" | "image";
  readonly text: string;
  /** Only links and images. */
  readonly href?: string;
  readonly line: number;
}

export interface Heading {
  readonly kind: "heading";
  readonly line: number;
  readonly end: number;
  readonly depth: number;
  /** Plain text, markup removed, `{#id}` stripped. */
  readonly text: string;
  readonly spans: readonly Span[];
  /** Explicit id of `{#id}`. */
  readonly id?: string;
}
export interface Paragraph {
  readonly kind: "paragraph";
  readonly line: number;
  readonly end: number;
  /** Plain text, soft breaks as `\n`. */
  readonly text: string;
  readonly spans: readonly Span[];
}
export interface Fence {
  readonly kind: "fence";
  readonly line: number;
  readonly end: number;
  /** Whole info string; "" for none and for indented code. */
  readonly info: string;
  readonly text: string;
  readonly indented: boolean;
  /** false: the file ended before the closing fence. */
  readonly closed: boolean;
  /** Line of the first content line. */
  readonly first: number;
}
export interface Cell {
  readonly text: string;
  readonly spans: readonly Span[];
}
export interface Table {
  readonly kind: "table";
  readonly line: number;
  readonly end: number;
  readonly header: readonly Cell[];
  /** Rows as wide as the header: GFM fills missing cells and cuts surplus ones. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly Cell[]; readonly written: number }[];
}
export interface List {
  readonly kind: "list";
  readonly line: number;
  readonly end: number;
  readonly ordered: boolean;
  /** First number of an ordered list. */
  readonly start: number;
  readonly items: readonly Item[];
}
export interface Item {
  readonly line: number;
  readonly end: number;
  /** Plain text of its first paragraph, the task box removed. */
  readonly text: string;
  readonly spans: readonly Span[];
  /** Text of a bold lead without its colon (`**目的**: …` → `目的`), and what follows it. */
  readonly lead?: string;
  readonly rest?: string;
  /** Task list box. */
  readonly checked?: boolean;
  /** Blocks below the first paragraph. */
  readonly children: readonly Node[];
}
export interface Quote {
  readonly kind: "quote";
  readonly line: number;
  readonly end: number;
  readonly children: readonly Node[];
}
export interface Html {
  readonly kind: "html";
  readonly line: number;
  readonly end: number;
  readonly text: string;
}
export interface Rule {
  readonly kind: "rule";
  readonly line: number;
  readonly end: number;
}

/**
 * The one interface to a Markdown library.
 * MUST: never throw on any text; take at most time linear in the input; cap nesting at 100.
 */
export interface Parser {
  readonly name: string;
  parse(text: string): Tree;
}
