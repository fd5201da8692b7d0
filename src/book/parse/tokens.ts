import type { Env, MarkdownIt, StateBlock, StateInline, Token } from "markdown-it";

/**
 * The library defines every field of every token through a descriptor, which costs more than the reading of most lines.
 * This one has the same fields and the same methods, and assigns them.
 */
class PlainToken {
  type: string;
  tag: string;
  nesting: number;
  map: Token["map"] = null;
  level = 0;
  children: Token["children"] = null;
  content = "";
  markup = "";
  info = "";
  block = false;
  hidden = false;
  attrs: Token["attrs"] = null;
  meta: Token["meta"] = null;

  constructor(type: string, tag: string, nesting: number) {
    this.type = type;
    this.tag = tag;
    this.nesting = nesting;
  }
}

/** State of one run of inline content, for the same reason with the library's fields and methods. */
class PlainInline {
  pos = 0;
  level = 0;
  pending = "";
  pendingLevel = 0;
  cache = {};
  backticks = {};
  backticksScanned = false;
  skipHtmlSpecial = false;
  linkLevel = 0;
  delimiters: StateInline["delimiters"] = [];
  _prev_delimiters: StateInline["delimiters"][] = [];
  Token = PlainToken;
  src: string;
  env: Env;
  md: MarkdownIt;
  tokens: Token[];
  tokens_meta: StateInline["tokens_meta"];
  posMax: number;

  constructor(src: string, md: MarkdownIt, env: Env, tokens: Token[]) {
    this.src = src;
    this.env = env;
    this.md = md;
    this.tokens = tokens;
    this.tokens_meta = Array.from({ length: tokens.length });
    this.posMax = src.length;
  }
}

/** State of the blocks of a text: the library looks at every character to find the line ends, this one lets the engine. */
class PlainBlock {
  bMarks: number[] = [];
  eMarks: number[] = [];
  tShift: number[] = [];
  sCount: number[] = [];
  bsCount: number[] = [];
  blkIndent = 0;
  line = 0;
  lineMax: number;
  tight = false;
  listIndent = -1;
  parentType: StateBlock["parentType"] = "root";
  level = 0;
  Token = PlainToken;
  src: string;
  md: MarkdownIt;
  env: Env;
  tokens: Token[];

  constructor(src: string, md: MarkdownIt, env: Env, tokens: Token[]) {
    this.src = src;
    this.md = md;
    this.env = env;
    this.tokens = tokens;
    for (let from = 0; from < src.length;) {
      const found = src.indexOf("\n", from);
      const to = found < 0 ? src.length : found;
      this.#line(from, to, found >= 0);
      from = to + 1;
    }
    this.lineMax = this.bMarks.length;
    this.#mark(src.length, src.length, 0, 0);
  }

  /** A line's ends, its leading blanks, and the columns they take. Blanks behind the last line end are no line. */
  #line(from: number, to: number, ended: boolean): void {
    let columns = 0;
    let at = from;
    for (; at < to; at++) {
      const code = this.src.charCodeAt(at);
      if (code !== 32 && code !== 9) break;
      columns += code === 9 ? 4 - (columns % 4) : 1;
    }
    if (ended || at < to) this.#mark(from, to, at - from, columns);
  }

  #mark(from: number, to: number, blanks: number, columns: number): void {
    this.bMarks.push(from);
    this.eMarks.push(to);
    this.tShift.push(blanks);
    this.sCount.push(columns);
    this.bsCount.push(0);
  }

  push(type: string, tag: string, nesting: Token["nesting"]): Token {
    const token = new PlainToken(type, tag, nesting) as Token;
    token.block = true;
    if (nesting < 0) this.level--;
    token.level = this.level;
    if (nesting > 0) this.level++;
    this.tokens.push(token);
    return token;
  }
}

/** Makes the readers of `md` work with tokens and states that are cheap to make. What they read stays the same. */
export function plainTokens(md: MarkdownIt): void {
  const { Token: library } = new md.block.State("", md, {}, []);
  Object.setPrototypeOf(PlainToken.prototype, library.prototype);
  Object.setPrototypeOf(PlainBlock.prototype, md.block.State.prototype);
  md.block.State = PlainBlock as unknown as typeof StateBlock;
  Object.setPrototypeOf(PlainInline.prototype, md.inline.State.prototype);
  md.inline.State = PlainInline as unknown as typeof StateInline;
}
