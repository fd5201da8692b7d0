import { closeParen, endStatement, newline, openParen, pushFrame, redirect } from "./operators.ts";
import type { Reading } from "./reading.ts";
import { endOfAnsiQuote, endOfArithmetic, endOfBackquote, endOfBraces } from "./scan.ts";
import { neutral, shown } from "./neutral.ts";
import { fail, lineAt, newState, top } from "./state.ts";
import type { Frame, State } from "./state.ts";
import { endSimple, endWord } from "./words.ts";

/** No step of a manual is longer; what is, is data or an attack, and is not taken for commands. */
const LONGEST = 64_000;

/**
 * Reads a text as POSIX shell with the common bash forms: comments, quotes, continuations, here-documents, lists,
 * pipelines, compounds, substitutions, redirections. It never runs and never expands anything. It goes once over the
 * text and stops at the first thing that does not fit, so that hostile input costs no more than honest input.
 */
export function readShell(source: string, depth = 0): Reading {
  if (source.length > LONGEST) return { statements: [], comments: [], problem: { kind: "size", line: 1 } };
  const state = newState(neutral(source.includes("\r") ? source.replaceAll("\r\n", "\n") : source));
  while (state.at < state.text.length && !state.problem) step(state, top(state), depth);
  if (!state.problem) finish(state);
  return {
    statements: state.statements,
    comments: state.comments,
    ...(state.problem ? { problem: state.problem } : {}),
  };
}

function step(state: State, frame: Frame, depth: number): void {
  const char = state.text[state.at] as string;
  if (frame.dquote > 0) return quoted(state, frame, char, depth);
  if (char === " " || char === "\t" || char === "\r") {
    endWord(state, frame);
    state.at++;
    return;
  }
  if (char === "\n") return newline(state, frame);
  if (char === "#" && !frame.hasWord) return comment(state);
  if (state.start < 0) state.start = state.at;
  state.last = state.at + 1;
  if (frame.test && "<>|&()".includes(char)) return plain(state, frame, char);
  special(state, frame, char, depth);
  if (state.at > state.last) state.last = state.at;
}

function special(state: State, frame: Frame, char: string, depth: number): void {
  switch (char) {
    case "\\":
      return backslash(state, frame);
    case "'":
      return literal(state, frame, state.text.indexOf("'", state.at + 1), 1);
    case '"':
      frame.dquote = lineAt(state, state.at);
      frame.hasWord = true;
      frame.quoted = true;
      state.at++;
      return;
    case "`":
      return backquote(state, frame, depth);
    case "$":
      return dollar(state, frame);
    case ";":
      return semicolon(state, frame);
    case "&":
      return ampersand(state, frame);
    case "|":
      return pipe(state, frame);
    case "(":
      return openParen(state, frame);
    case ")":
      return closeParen(state, frame);
    case "<":
    case ">":
      return redirect(state, frame);
    default:
      return ordinary(state, frame, char);
  }
}

const ORDINARY = /[\w./:=@%+,-]+/y;

/** Characters that mean nothing anywhere in a word, all at once. */
function ordinary(state: State, frame: Frame, char: string): void {
  ORDINARY.lastIndex = state.at;
  if (!ORDINARY.test(state.text)) return plain(state, frame, char);
  frame.word += state.text.slice(state.at, ORDINARY.lastIndex);
  frame.hasWord = true;
  state.at = ORDINARY.lastIndex;
}

function plain(state: State, frame: Frame, char: string): void {
  frame.word += char;
  frame.hasWord = true;
  state.at++;
}

function comment(state: State): void {
  const newlineAt = state.text.indexOf("\n", state.at);
  const end = newlineAt < 0 ? state.text.length : newlineAt;
  const line = lineAt(state, state.at);
  const before = state.text.slice(state.starts[line - 1] ?? 0, state.at);
  const text = shown(state.text.slice(state.at, end)).replace(/^#+\s*/, "");
  state.comments.push({ line, text: text.trim(), alone: before.trim() === "" });
  state.at = end;
}

function quoted(state: State, frame: Frame, char: string, depth: number): void {
  state.last = state.at + 1;
  if (char === '"') {
    frame.dquote = 0;
    state.at++;
  } else if (char === "\\") {
    const next = state.text[state.at + 1] ?? "";
    if (next !== "\n") frame.word += '$`"\\'.includes(next) ? next : char + next;
    state.at += 2;
  } else if (char === "$") dollar(state, frame);
  else if (char === "`") backquote(state, frame, depth);
  else plain(state, frame, char);
}

function backslash(state: State, frame: Frame): void {
  const next = state.text[state.at + 1];
  if (next === undefined) return fail(state, "quote");
  if (next !== "\n") {
    frame.quoted = true;
    frame.word += next;
    frame.hasWord = true;
    state.at += 2;
    return;
  }
  let to = state.at + 2;
  while (state.text[to] === " " || state.text[to] === "\t") to++;
  const blankBefore = /[ \t]/.test(state.text[state.at - 1] ?? " ");
  if (to > state.at + 2) endWord(state, frame);
  state.cuts.push([state.at, to > state.at + 2 && !blankBefore ? to - 1 : to]);
  state.at = to;
  if (to >= state.text.length) fail(state, "quote");
}

/** A stretch that stands for itself up to the quote at `end`. */
function literal(state: State, frame: Frame, end: number, skip: number): void {
  if (end < 0) return fail(state, "quote");
  frame.word += state.text.slice(state.at + skip, end);
  frame.hasWord = true;
  frame.quoted = true;
  state.at = end + 1;
  state.last = state.at;
}

function backquote(state: State, frame: Frame, depth: number): void {
  const end = endOfBackquote(state.text, state.at + 1);
  if (end < 0) return fail(state, "quote");
  if (depth > 3) return fail(state, "depth");
  const inner = readShell(state.text.slice(state.at + 1, end).replaceAll("\\`", "`"), depth + 1);
  if (inner.problem) return fail(state, "substitution");
  const line = lineAt(state, state.at);
  for (const statement of inner.statements)
    for (const simple of statement.simples)
      state.simples.push({
        line,
        assignments: [...simple.assignments],
        words: [...simple.words],
        redirects: [...simple.redirects],
        piped: simple.piped,
        tail: simple.tail,
        nested: true,
      });
  frame.word += "``";
  frame.hasWord = true;
  frame.dynamic = true;
  state.at = end + 1;
}

function dollar(state: State, frame: Frame): void {
  const { text } = state;
  const next = text[state.at + 1] ?? "";
  if (next === "(" && text[state.at + 2] === "(") {
    const end = endOfArithmetic(text, state.at + 3);
    if (end < 0) return fail(state, "substitution");
    return dynamic(state, frame, end);
  }
  if (next === "(") {
    pushFrame(state, "$(");
    state.at += 2;
    return;
  }
  if (next === "{") {
    const end = endOfBraces(text, state.at + 2);
    if (end < 0) return fail(state, "substitution");
    if (/\$\(|`/.test(text.slice(state.at, end))) hidden(state);
    return dynamic(state, frame, end);
  }
  if (next === "'" && frame.dquote === 0) return literal(state, frame, endOfAnsiQuote(text, state.at + 2), 2);
  if (/[\w@*#?!$-]/.test(next)) return dynamic(state, frame, state.at + 2);
  plain(state, frame, "$");
}

function dynamic(state: State, frame: Frame, end: number): void {
  frame.word += state.text.slice(state.at, end);
  frame.hasWord = true;
  frame.dynamic = true;
  state.at = end;
}

/** A substitution inside `${…}` is not taken apart: its program is unknown. */
function hidden(state: State): void {
  const line = lineAt(state, state.at);
  state.simples.push({
    line,
    assignments: [],
    words: [{ text: "${}", quoted: false, dynamic: true }],
    redirects: [],
    piped: false,
    tail: false,
    nested: true,
  });
}

function semicolon(state: State, frame: Frame): void {
  const double = state.text[state.at + 1] === ";" || state.text[state.at + 1] === "&";
  endSimple(state, frame);
  const compound = frame.compounds.at(-1);
  if (double && compound?.end === "esac") compound.pattern = true;
  else if (double && state.text[state.at + 1] === ";") return fail(state, "keyword");
  state.at += double ? 2 : 1;
}

function ampersand(state: State, frame: Frame): void {
  const next = state.text[state.at + 1];
  if (next === ">") {
    endWord(state, frame);
    frame.awaiting = "&>";
    state.at += state.text[state.at + 2] === ">" ? 3 : 2;
    return;
  }
  endSimple(state, frame);
  if (next === "&") frame.pending = true;
  state.at += next === "&" ? 2 : 1;
}

function pipe(state: State, frame: Frame): void {
  if (frame.compounds.at(-1)?.pattern) {
    endWord(state, frame);
    state.at++;
    return;
  }
  const next = state.text[state.at + 1];
  endSimple(state, frame);
  frame.pending = true;
  if (next !== "|") frame.draft.piped = true;
  state.at += next === "|" || next === "&" ? 2 : 1;
}

function finish(state: State): void {
  const frame = top(state);
  if (frame.dquote > 0) return fail(state, "quote", frame.dquote);
  endSimple(state, frame);
  if (state.problem) return;
  if (state.frames.length > 1) return fail(state, "paren", frame.line);
  const open = frame.compounds.at(-1);
  if (open) return fail(state, "keyword", open.line);
  const here = state.heres[0];
  if (here) return fail(state, "heredoc", here.line);
  if (frame.pending) return fail(state, "keyword");
  endStatement(state, state.text.length);
}
