import type { ProblemKind, Simple, Word } from "./reading.ts";
import type { Comment, Statement } from "./reading.ts";

/** A Simple under construction. */
export interface Draft {
  line: number;
  assignments: Word[];
  words: Word[];
  redirects: { op: string; target: Word; body?: string }[];
  piped: boolean;
  tail: boolean;
  nested: boolean;
}

/** An open `if`, loop, `case` or `{`. */
export interface Compound {
  readonly end: "fi" | "done" | "esac" | "}";
  readonly line: number;
  /** Index of the first simple inside it. */
  readonly from: number;
  /** Words of `for x in …` or `case x in`: no command. */
  header: boolean;
  /** Between `in` or `;;` and `)` of a case. */
  pattern: boolean;
  /** `while` or `until` whose condition has not been seen. */
  loop: "while" | "until" | "";
  readonly piped: boolean;
}

/** One level of nesting: the text itself, a subshell, a substitution or an array. */
export interface Frame {
  readonly kind: "top" | "(" | "$(" | "array";
  readonly line: number;
  readonly piped: boolean;
  readonly from: number;
  compounds: Compound[];
  draft: Draft;
  word: string;
  hasWord: boolean;
  quoted: boolean;
  dynamic: boolean;
  /** Inside double quotes, opened on this line; 0 when outside. */
  dquote: number;
  /** Redirection operator that waits for its target. */
  awaiting: string;
  /** After `|`, `&&` or `||`: the statement goes on behind the line end. */
  pending: boolean;
  /** Inside `[[ … ]]`. */
  test: boolean;
  /** The next word is a function's name. */
  naming: boolean;
}

export interface State {
  readonly text: string;
  readonly starts: readonly number[];
  at: number;
  readonly frames: Frame[];
  /** Simples of the statement under construction. */
  simples: Draft[];
  readonly statements: Statement[];
  readonly comments: Comment[];
  /** Here-documents whose bodies begin after the next line end. */
  heres: { redirect: { body?: string }; delimiter: string; strip: boolean; line: number }[];
  /** Offset where the current statement began; -1 between statements. */
  start: number;
  /** Last offset that belongs to it. */
  last: number;
  /** Continuations to leave out of its text. */
  cuts: [number, number][];
  endless: boolean;
  breaks: boolean;
  problem?: { kind: ProblemKind; line: number };
}

export const newDraft = (line: number, piped = false, tail = false): Draft => ({
  line,
  assignments: [],
  words: [],
  redirects: [],
  piped,
  tail,
  nested: false,
});

export const newFrame = (kind: Frame["kind"], line: number, from: number, piped: boolean): Frame => ({
  kind,
  line,
  piped,
  from,
  compounds: [],
  draft: newDraft(line, piped),
  word: "",
  hasWord: false,
  quoted: false,
  dynamic: false,
  dquote: 0,
  awaiting: "",
  pending: false,
  test: false,
  naming: false,
});

export function newState(text: string): State {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return {
    text,
    starts,
    at: 0,
    frames: [newFrame("top", 1, 0, false)],
    simples: [],
    statements: [],
    comments: [],
    heres: [],
    start: -1,
    last: 0,
    cuts: [],
    endless: false,
    breaks: false,
  };
}

/** Line of an offset, from 1. */
export function lineAt(state: Pick<State, "starts">, offset: number): number {
  let low = 0;
  let high = state.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((state.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

export const top = (state: State): Frame => state.frames.at(-1) as Frame;

export function fail(state: State, kind: ProblemKind, line = lineAt(state, state.at)): void {
  state.problem ??= { kind, line };
}

export const frozen = (draft: Draft): Simple => ({
  line: draft.line,
  assignments: draft.assignments,
  words: draft.words,
  redirects: draft.redirects,
  piped: draft.piped,
  tail: draft.tail,
  nested: draft.nested,
});
