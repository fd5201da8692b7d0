import { tailOf } from "./keywords.ts";
import { endOfArithmetic, hereBody } from "./scan.ts";
import { shown } from "./neutral.ts";
import { fail, frozen, lineAt, newDraft, newFrame, top } from "./state.ts";
import type { Frame, State } from "./state.ts";
import { endSimple, endWord } from "./words.ts";

const DEPTH = 60;

export function pushFrame(state: State, kind: Frame["kind"], piped = false): void {
  if (state.frames.length > DEPTH) return fail(state, "depth");
  state.frames.push(newFrame(kind, lineAt(state, state.at), state.simples.length, piped));
}

/** `(`: subshell, array, function, arithmetic or the parenthesis of a case pattern. */
export function openParen(state: State, frame: Frame): void {
  const { text } = state;
  const compound = frame.compounds.at(-1);
  const second = text[state.at + 1];
  if (compound?.pattern) {
    state.at++;
  } else if (second === "(" && !frame.hasWord && (compound?.header || frame.draft.words.length === 0)) {
    arithmetic(state, frame);
  } else if (frame.hasWord && frame.word.endsWith("=") && frame.draft.words.length === 0) {
    pushFrame(state, "array");
    state.at++;
  } else if (second === ")" && (frame.hasWord ? frame.draft.words.length === 0 : frame.draft.words.length === 1)) {
    frame.word = "";
    frame.hasWord = false;
    frame.draft = newDraft(lineAt(state, state.at));
    state.at += 2;
  } else if (!frame.hasWord && frame.draft.words.length === 0) {
    const { piped } = frame.draft;
    pushFrame(state, "(", piped);
    state.at++;
  } else fail(state, "paren");
}

function arithmetic(state: State, frame: Frame): void {
  const end = endOfArithmetic(state.text, state.at + 2);
  if (end < 0) return fail(state, "paren");
  const inner = state.text.slice(state.at + 2, end - 2).replaceAll(" ", "");
  if (frame.compounds.at(-1)?.header) {
    if (inner === ";;") state.endless = true;
  } else frame.draft.words.push({ text: "((", quoted: false, dynamic: false });
  state.at = end;
}

/** `)`: end of a frame, or of a case pattern. */
export function closeParen(state: State, frame: Frame): void {
  endWord(state, frame);
  const compound = frame.compounds.at(-1);
  if (compound?.pattern) {
    compound.pattern = false;
    frame.draft = newDraft(lineAt(state, state.at));
    state.at++;
    return;
  }
  if (frame.kind === "top") return fail(state, "paren");
  if (frame.kind === "array") frame.draft = newDraft(frame.line);
  endSimple(state, frame);
  if (frame.compounds.length > 0) return fail(state, "keyword");
  state.frames.pop();
  const outer = top(state);
  if (frame.kind === "(") {
    outer.draft = newDraft(lineAt(state, state.at), false, true);
    tailOf.set(outer.draft, frame.from);
  } else {
    outer.word += frame.kind === "array" ? "()" : "$()";
    outer.hasWord = true;
    outer.dynamic ||= frame.kind !== "array";
  }
  state.at++;
}

/** `<` and `>` in all their forms. */
export function redirect(state: State, frame: Frame): void {
  const { text } = state;
  const rest = text.slice(state.at, state.at + 3);
  if ((rest.startsWith("<(") || rest.startsWith(">(")) && !frame.hasWord) {
    pushFrame(state, "$(");
    state.at += 2;
    return;
  }
  if (frame.hasWord && !frame.quoted && /^\d+$/.test(frame.word)) {
    frame.word = "";
    frame.hasWord = false;
  } else endWord(state, frame);
  if (frame.awaiting !== "") return fail(state, "redirect");
  const op = /^(<<<|<<-|<<|<&|<>|>>|>&|>\||<|>)/.exec(rest)?.[0] ?? ">";
  frame.awaiting = op;
  state.at += op.length;
  const from = tailOf.get(frame.draft);
  if (from !== undefined && op.startsWith("<"))
    for (let i = from; i < state.simples.length; i++) {
      const simple = state.simples[i];
      if (simple) simple.piped = true;
    }
}

const NONE: State["heres"] = [];

/** A line end: here-documents follow it; it ends a statement unless something is open. */
export function newline(state: State, frame: Frame): void {
  endWord(state, frame);
  if (frame.awaiting !== "") return fail(state, "redirect");
  const end = state.at;
  state.at++;
  const heres = state.heres.length === 0 ? NONE : state.heres.splice(0);
  for (const here of heres) {
    const body = hereBody(state.text, state.at, here.delimiter, here.strip);
    if (!body) return fail(state, "heredoc", here.line);
    here.redirect.body = shown(body.body);
    state.at = body.next;
    state.last = state.text[body.next - 1] === "\n" ? body.next - 1 : body.next;
  }
  if (frame.pending) return;
  endSimple(state, frame);
  if (state.frames.length === 1 && frame.compounds.length === 0 && state.start >= 0)
    endStatement(state, heres.length > 0 ? Math.max(end, state.last) : end);
}

/** Emits the statement that began at `state.start`. */
export function endStatement(state: State, end: number): void {
  if (state.start < 0) return;
  let text = "";
  let from = state.start;
  for (const [a, b] of state.cuts) {
    text += state.text.slice(from, a);
    from = b;
  }
  text += state.text.slice(from, Math.max(from, Math.min(end, Math.max(state.last, from))));
  if (state.simples.length > 0 || text.trim() !== "")
    state.statements.push({
      line: lineAt(state, state.start),
      end: lineAt(state, Math.max(state.start, end - 1)),
      text: shown(text.trimEnd()),
      simples: state.simples.map(frozen),
      endless: state.endless && !state.breaks,
    });
  state.start = -1;
  state.simples = [];
  state.cuts = [];
  state.endless = false;
  state.breaks = false;
}
