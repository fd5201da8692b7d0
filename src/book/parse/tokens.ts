import type { Env, MarkdownIt, StateInline, Token } from "markdown-it";

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

/** Makes the readers of `md` work with tokens and states that are cheap to make. What they read stays the same. */
export function plainTokens(md: MarkdownIt): void {
  class State extends md.block.State {
    override push(type: string, tag: string, nesting: Token["nesting"]): Token {
      const token = new PlainToken(type, tag, nesting) as Token;
      token.block = true;
      if (nesting < 0) this.level--;
      token.level = this.level;
      if (nesting > 0) this.level++;
      this.tokens.push(token);
      return token;
    }
  }
  const { Token: library } = new md.block.State("", md, {}, []);
  Object.setPrototypeOf(PlainToken.prototype, library.prototype);
  md.block.State = State;
  Object.setPrototypeOf(PlainInline.prototype, md.inline.State.prototype);
  md.inline.State = PlainInline as unknown as typeof StateInline;
}
