import type { MarkdownIt, Token } from "markdown-it";
import type { Lead, Span } from "./tree.ts";

/** Text and meaning of one run of inline content. */
export interface Inline {
  readonly text: string;
  readonly spans: readonly Span[];
  /** Bold lead of each line of `text` that has one. */
  readonly leads: readonly Lead[];
}

/** Longest run whose inner markup is read, and most opening brackets in it: markdown-it is quadratic on `![` and `[`. */
const LONGEST = 50_000;
const MOST_BRACKETS = 1000;
/** What can begin markup: a less-than before a blank and a lone ampersand are text, as in a table of limits. */
const special = /[\\`*_[~]|<(?=\S)|&(?=[#A-Za-z])/;
/** Nothing but a link with a plain label and target: what most items of an index are. */
const onlyLink = /^\[([^[\]\\`*_<&~\n]{1,200})\]\(([\w./#%?=:@+,-]{1,500})\)$/;
const starred = /^\*\*([^*\n]{1,200}?)[:：]\*\*[ \t]*(.*)$/;
const colon = /[:：]\s*$/;
const colonFirst = /^\s*[:：][ \t]*/;

/** What markdown-it carries from block to inline parsing: link definitions by label. */
export type Env = { references?: Record<string, { href: string; title: string }> };

interface Open {
  readonly kind: Span["kind"];
  readonly start: number;
  readonly line: number;
  readonly href?: string;
  readonly reference?: true;
}
interface Bold {
  readonly start: number;
  readonly end: number;
}

/** Collects text, spans and the place of bold runs while walking the tokens of one run. */
class Walk {
  text = "";
  line: number;
  readonly spans: Span[] = [];
  readonly bolds: Bold[] = [];
  readonly #open: Open[] = [];
  readonly #break: string;

  constructor(line: number, lineBreak: string) {
    this.line = line;
    this.#break = lineBreak;
  }

  enter(kind: Span["kind"], token: Token): void {
    const href = kind === "link" ? String(token.attrGet("href") ?? "") : undefined;
    const reference = token.meta?.["label"] === undefined ? {} : { reference: true as const };
    this.#open.push({
      kind,
      start: this.text.length,
      line: this.line,
      ...(href === undefined ? {} : { href }),
      ...reference,
    });
  }

  leave(): void {
    const open = this.#open.pop();
    if (!open) return;
    const { start, ...span } = open;
    this.spans.push({ ...span, text: this.text.slice(start) });
    if (open.kind === "strong") this.bolds.push({ start, end: this.text.length });
  }

  take(token: Token): void {
    switch (token.type) {
      case "softbreak":
      case "hardbreak":
        this.text += "\n";
        this.line++;
        return;
      case "code_inline":
        this.spans.push({ kind: "code", text: token.content, line: this.line });
        this.text += token.content;
        return;
      case "image":
        return this.#image(token);
      case "html_inline":
        if (/^<br\b/i.test(token.content)) this.text += this.#break;
        return;
      case "strong_open":
        return this.enter("strong", token);
      case "s_open":
        return this.enter("deleted", token);
      case "link_open":
        return this.enter("link", token);
      case "strong_close":
      case "s_close":
      case "link_close":
        return this.leave();
      default:
        this.text += token.content;
    }
  }

  #image(token: Token): void {
    const reference = token.meta?.["label"] === undefined ? {} : { reference: true as const };
    const href = String(token.attrGet("src") ?? "");
    this.spans.push({ kind: "image", text: token.content, href, line: this.line, ...reference });
    this.text += token.content;
  }
}

/** A code span or a link target that runs over a line end swallows it: finds the true lines in the source again. */
function relocate(spans: readonly Span[], content: string, line: number): readonly Span[] {
  let cursor = 0;
  let seen = 0;
  let at = line;
  return spans.map((span) => {
    // The first word is never cut by a line end.
    const found = content.indexOf(/\S+/.exec(span.text)?.[0] ?? span.href ?? "", cursor);
    if (found < 0) return { ...span, line: at };
    for (; seen < found; seen++) if (content.charCodeAt(seen) === 10) at++;
    cursor = found;
    return { ...span, line: at };
  });
}

function leadOf(text: string, from: number, bolds: readonly Bold[], line: number): Lead | undefined {
  const end = text.indexOf("\n", from);
  const until = end < 0 ? text.length : end;
  const bold = bolds.find((each) => each.start === from && each.end <= until);
  if (!bold) {
    const raw = starred.exec(text.slice(from, until));
    return raw ? { lead: raw[1]!.trim(), rest: raw[2]!.trim(), line } : undefined;
  }
  const words = text.slice(from, bold.end);
  const after = text.slice(bold.end, until);
  if (colon.test(words)) return { lead: words.replace(colon, "").trim(), rest: after.trim(), line };
  if (colonFirst.test(after)) return { lead: words.trim(), rest: after.replace(colonFirst, "").trim(), line };
  return undefined;
}

function leadsOf(text: string, bolds: readonly Bold[], line: number): readonly Lead[] {
  if (bolds.length === 0 && !text.includes("**")) return [];
  const leads: Lead[] = [];
  // Bold runs come in order, so each line looks only at those it can hold.
  let next = 0;
  let at = line;
  for (let from = 0; from <= text.length; at++) {
    while (next < bolds.length && bolds[next]!.start < from) next++;
    const lead = leadOf(text, from, bolds.slice(next, next + 2), at);
    if (lead) leads.push(lead);
    const end = text.indexOf("\n", from);
    if (end < 0) break;
    from = end + 1;
  }
  return leads;
}

/**
 * Reads inline content that begins at `line`. `lineBreak` stands for `<br>`. Too long or too deep a run comes back as
 * plain text and is reported through `limit`.
 */
export function readInline(
  md: MarkdownIt,
  env: Env,
  content: string,
  line: number,
  lineBreak: string,
  limit: (line: number) => void,
): Inline {
  if (!special.test(content)) return { text: trimBreaks(content), spans: [], leads: [] };
  const link = content.startsWith("[") ? onlyLink.exec(content) : null;
  if (link) return { text: link[1]!, spans: [{ kind: "link", line, href: link[2]!, text: link[1]! }], leads: [] };
  const tokens: Token[] = [];
  if (content.length > LONGEST || bracketsIn(content) > MOST_BRACKETS || !parsed(md, env, content, tokens)) {
    limit(line);
    return { text: trimBreaks(content), spans: [], leads: [] };
  }
  const walk = new Walk(line, lineBreak);
  for (const token of tokens) walk.take(token);
  let breaks = line;
  for (let at = content.indexOf("\n"); at >= 0; at = content.indexOf("\n", at + 1)) breaks++;
  const spans = breaks === walk.line ? walk.spans : relocate(walk.spans, content, line);
  const bolds = walk.bolds.sort((a, b) => a.start - b.start);
  return { text: walk.text, spans, leads: leadsOf(walk.text, bolds, line) };
}

/** Without blanks around line breaks. Line by line: a pattern would go over a long run of blanks once for each of them. */
function trimBreaks(content: string): string {
  if (!content.includes("\n")) return content;
  const lines = content.split("\n");
  return lines.map((text, at) => withoutBlanks(text, at > 0, at < lines.length - 1)).join("\n");
}

const isBlank = (sign: string | undefined): boolean => sign === " " || sign === "\t";

function withoutBlanks(text: string, before: boolean, behind: boolean): string {
  let [from, to] = [0, text.length];
  if (before) while (from < to && isBlank(text[from])) from++;
  if (behind) while (to > from && isBlank(text[to - 1])) to--;
  return text.slice(from, to);
}

function bracketsIn(content: string): number {
  let brackets = 0;
  for (let at = content.indexOf("["); at >= 0; at = content.indexOf("[", at + 1)) brackets++;
  return brackets;
}

/** false when the nesting overflowed the stack: images inside images are the one place markdown-it does not bound. */
function parsed(md: MarkdownIt, env: Env, content: string, tokens: Token[]): boolean {
  try {
    md.inline.parse(content, md, env, tokens);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
