// The library in one file: the same code as its main entry, which loads sixteen.
import MarkdownIt from "markdown-it/browser";
import type { Token } from "markdown-it";
import { plainLines, splitFrontMatter } from "./front.ts";
import { readInline } from "./inline.ts";
import { plainTokens } from "./tokens.ts";
import type { Env, Inline } from "./inline.ts";
import type { Cell, Definition, Fence, Heading, Item, Limit, List, Node, Parser, Table, Tree } from "./tree.ts";

const DEEPEST = 100;
/** Lists of one document that are read. A manual has hundreds; a megabyte of `- - - -` has half a million, and each costs. */
const MOST_LISTS = 20_000;

/** CommonMark plus GFM tables and strikethrough; links are kept as written. Inline content is read by readInline. */
const md = new MarkdownIt("default", { html: true, linkify: false, typographer: false, maxNesting: DEEPEST });
md.normalizeLink = (url) => url;
md.validateLink = () => true;
plainTokens(md);

/** Blanks before and behind are trimmed away: a pattern would go over a run of them once for each. */
const headingId = /\{#([^\s{}]{1,200})\}$/;
const taskBox = /^\[([ xX])\](?:[ \t]+|\n)(?=\S)/;

/** Walks the flat block tokens of one document. Recursion is as deep as the tokens, which are capped. */
class Reader {
  readonly limits: Limit[] = [];
  readonly #tokens: readonly Token[];
  readonly #env: Env;
  readonly #lines: readonly string[];
  #at = 0;
  #lists = 0;

  constructor(tokens: readonly Token[], env: Env, lines: readonly string[]) {
    this.#tokens = tokens;
    this.#env = env;
    this.#lines = lines;
  }

  /** Nodes up to the closing token `until`, which is consumed. */
  nodes(until?: string): Node[] {
    const nodes: Node[] = [];
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at]!;
      this.#at++;
      if (token.type === until) break;
      if (token.level >= DEEPEST - 1) this.#limit("nesting", lineOf(token));
      const node = this.#node(token);
      if (node) nodes.push(node);
    }
    return nodes;
  }

  #node(token: Token): Node | undefined {
    const line = lineOf(token);
    const end = endOf(token);
    switch (token.type) {
      case "heading_open":
        return this.#heading(token);
      case "paragraph_open": {
        const { text, spans, leads } = this.#inline(this.#content(), line);
        return { kind: "paragraph", line, end, text, spans, leads };
      }
      case "fence":
      case "code_block":
        return fenceOf(token);
      case "table_open":
        return this.#table(token);
      case "bullet_list_open":
      case "ordered_list_open":
        return this.#list(token);
      case "blockquote_open":
        return { kind: "quote", line, end, children: this.nodes("blockquote_close") };
      case "html_block":
        return { kind: "html", line, end, text: token.content };
      case "hr":
        return { kind: "rule", line, end };
      default:
        return undefined;
    }
  }

  #limit(what: Limit["what"], line: number): void {
    if (!this.limits.some((limit) => limit.what === what)) this.limits.push({ what, line });
  }

  #inline(content: string, line: number, lineBreak = " "): Inline {
    return readInline(md, this.#env, content, line, lineBreak, (at) => this.#limit("inline", at));
  }

  /** Content of the inline token that comes next; the closing token after it is consumed too. */
  #content(): string {
    const token = this.#tokens[this.#at]!;
    this.#at += 2;
    return token.content;
  }

  #heading(token: Token): Heading {
    const content = this.#content();
    const line = lineOf(token);
    const [mark, id] = headingId.exec(content.trimEnd()) ?? [];
    const plain = mark === undefined ? content : content.trimEnd().slice(0, -mark.length).trimEnd();
    const { text, spans } = this.#inline(plain, line);
    const heading = {
      kind: "heading",
      line,
      end: endOf(token),
      depth: Number(token.tag.slice(1)),
      text,
      spans,
    } as const;
    return id === undefined ? heading : { ...heading, id };
  }

  #list(token: Token): List | undefined {
    this.#lists++;
    if (this.#lists > MOST_LISTS) return this.#skipped(token);
    const ordered = token.type === "ordered_list_open";
    const items: Item[] = [];
    while (this.#tokens[this.#at]?.type === "list_item_open") items.push(this.#item(this.#tokens[this.#at++]!));
    this.#at++;
    const start = ordered ? Number(token.attrGet("start") ?? 1) : 1;
    return { kind: "list", line: lineOf(token), end: endOf(token), ordered, start, items };
  }

  /** Passes over everything up to the end of what `token` opened, and says so. */
  #skipped(token: Token): undefined {
    this.#limit("nesting", lineOf(token));
    while (this.#tokens[this.#at]!.level > token.level) this.#at++;
    this.#at++;
  }

  #item(token: Token): Item {
    const line = lineOf(token);
    const place = { line, end: Math.max(line, endOf(token)) };
    const first = this.#tokens[this.#at];
    if (first?.type !== "paragraph_open" || lineOf(first) !== line)
      return { ...place, text: "", spans: [], children: this.nodes("list_item_close") };
    this.#at++;
    const content = this.#content();
    const box = taskBox.exec(content);
    const { text, spans, leads } = this.#inline(box ? content.slice(box[0].length) : content, line);
    const lead = leads[0]?.line === line ? leads[0] : wholeBold(text, spans);
    return {
      ...place,
      text,
      spans,
      ...(lead ? { lead: lead.lead, rest: lead.rest } : {}),
      ...(box ? { checked: box[1] !== " " } : {}),
      children: this.nodes("list_item_close"),
    };
  }

  #table(token: Token): Table {
    const rows: { line: number; cells: Cell[] }[] = [];
    for (; this.#tokens[this.#at]!.type !== "table_close"; this.#at++) {
      const each = this.#tokens[this.#at]!;
      if (each.type === "tr_open") rows.push({ line: lineOf(each), cells: [] });
      if (each.type !== "inline") continue;
      const row = rows.at(-1)!;
      const { text, spans } = this.#inline(each.content, row.line, "\n");
      row.cells.push({ text, spans });
    }
    this.#at++;
    return {
      kind: "table",
      line: lineOf(token),
      end: endOf(token),
      header: rows[0]?.cells ?? [],
      rows: rows.slice(1).map((row) => ({ ...row, written: cellsWritten(this.#lines[row.line - 1] ?? "") })),
    };
  }
}

const lineOf = (token: Token): number => (token.map?.[0] ?? 0) + 1;
const endOf = (token: Token): number => Math.max(token.map?.[1] ?? 1, lineOf(token));

function wholeBold(text: string, spans: Inline["spans"]): { lead: string; rest: string } | undefined {
  const firstLine = text.includes("\n") ? text.slice(0, text.indexOf("\n")) : text;
  const bold = spans.find((span) => span.kind === "strong");
  return bold && firstLine !== "" && bold.text === firstLine.trim() ? { lead: bold.text, rest: "" } : undefined;
}

function fenceOf(token: Token): Fence {
  const indented = token.type === "code_block";
  const line = lineOf(token);
  const text = token.content;
  const rows = text === "" ? 0 : text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  const closed = indented || endOf(token) - line + 1 >= rows + 2;
  const end = indented ? line + Math.max(rows, 1) - 1 : endOf(token);
  return {
    kind: "fence",
    line,
    end,
    info: token.info.trim(),
    text,
    indented,
    closed,
    first: indented ? line : line + 1,
  };
}

/** Cells a table line has, by GFM's rule: one pipe at each end belongs to the frame, `\|` is text. */
function cellsWritten(line: string): number {
  const row = line.replace(/^[\s>]+/, "").trimEnd();
  let cells = 1;
  for (let at = 0; at < row.length; at++) if (row[at] === "|" && row[at - 1] !== "\\") cells++;
  if (row.startsWith("|")) cells--;
  if (row.length > 1 && row.endsWith("|") && row.at(-2) !== "\\") cells--;
  return cells;
}

const definition = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])?[ \t]*\[((?:[^[\]\\]|\\.){1,999})\]:/;

/** Lines of the definitions that the parser accepted; the library keeps their targets but not their place. */
function definitionsOf(env: Env, lines: readonly string[]): Definition[] {
  const { references } = env;
  if (!references) return [];
  const seen = new Set<string>();
  const definitions: Definition[] = [];
  for (const [index, text] of lines.entries()) {
    const label = text.includes("]:") ? definition.exec(text)?.[1] : undefined;
    if (label === undefined) continue;
    const key = md.utils.normalizeReference(label);
    const found = references[key];
    if (!found || seen.has(key)) continue;
    seen.add(key);
    definitions.push({ label, href: found.href, line: index + 1 });
  }
  return definitions;
}

/** markdown-it 15 behind our interface. Never throws; at most linear in the input but for what `limits` names. */
export const parser: Parser = {
  name: "markdown-it",
  parse(text: string): Tree {
    const { front, body } = splitFrontMatter(plainLines(text));
    const env: Env = {};
    const tokens: Token[] = [];
    md.block.parse(body, md, env, tokens);
    const lines = body.split("\n");
    const reader = new Reader(tokens, env, lines);
    const nodes = reader.nodes();
    const definitions = definitionsOf(env, lines);
    return { ...(front ? { frontMatter: front } : {}), nodes, definitions, limits: reader.limits };
  },
};
