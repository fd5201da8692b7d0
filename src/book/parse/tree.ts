/**
 * What a parser must give: a tree that no Markdown library shows through. Lines count from 1 and are those of the
 * whole file, front matter included. Trees are plain data.
 */
export interface Tree {
  /** YAML between the first two `---` lines, without them. `closed` is false when the second is missing. */
  readonly frontMatter?: {
    readonly text: string;
    readonly line: number;
    readonly closed: boolean;
    /** It is a list: no key of it can be read. */
    readonly list?: true;
  };
  readonly nodes: readonly Node[];
  /** Link reference definitions (`[label]: target`) in order. */
  readonly definitions: readonly Definition[];
  /** Where the parser stopped looking closer, so that nothing is lost in silence. Empty for real manuals. */
  readonly limits: readonly Limit[];
}

/** `[label]: href`; `href` as written. */
export interface Definition {
  readonly label: string;
  readonly href: string;
  readonly line: number;
}

/**
 * nesting: content below 100 levels was not read · inline: a paragraph too long or too deep for its inner markup, kept as
 * plain text · table: a table wider than the cap, kept as plain text.
 */
export interface Limit {
  readonly what: "nesting" | "inline" | "table";
  readonly line: number;
}

/** A line that begins with bold words and a colon (`**Owner**: ops`, `**频率：** 每天`). */
export interface Lead {
  /** The bold words without their colon. */
  readonly lead: string;
  /** What follows on the same line; "" when nothing does. */
  readonly rest: string;
  readonly line: number;
}

export type Node = Heading | Paragraph | Fence | Table | List | Quote | Html | Rule;

/** A piece of inline content that carries meaning; plain text lies in `text` of its node. */
export interface Span {
  readonly kind: "code" | "strong" | "link" | "image" | "deleted";
  readonly text: string;
  /** Only links and images. */
  readonly href?: string;
  /** The link takes its href from a definition (`[text][label]`), which is listed in `Tree.definitions`. */
  readonly reference?: true;
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
  /** Plain text, soft and hard breaks as `\n`. */
  readonly text: string;
  readonly spans: readonly Span[];
  /** Its lines that begin with a bold lead and a colon. */
  readonly leads: readonly Lead[];
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
  /** Plain text; `<br>` as `\n`. */
  readonly text: string;
  readonly spans: readonly Span[];
}
export interface Table {
  readonly kind: "table";
  readonly line: number;
  readonly end: number;
  readonly header: readonly Cell[];
  /** Rows as wide as the header: GFM fills missing cells and cuts surplus ones; `written` is what the line has. */
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
  /**
   * Text of a bold lead without its colon (`**目的**: …` → `目的`), and what follows it on the same line. Bold words that
   * are the whole first line count too (`1. **准备**`), with an empty `rest`.
   */
  readonly lead?: string;
  readonly rest?: string;
  /** Task list box. */
  readonly checked?: boolean;
  /** Blocks below the first paragraph; all blocks when the item does not begin with one. */
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
