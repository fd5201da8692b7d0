import { closeKeyword, openKeyword } from "./keywords.ts";
import type { Word } from "./reading.ts";
import { shown } from "./neutral.ts";
import { fail, lineAt, newDraft } from "./state.ts";
import type { Frame, State } from "./state.ts";

const ASSIGNMENT = /^[A-Za-z_]\w*(\[[^\]]*\])?\+?=/;

/** Closes the word under construction and gives it its place: keyword, redirection target, assignment or word. */
export function endWord(state: State, frame: Frame): void {
  if (!frame.hasWord) return;
  const word: Word = { text: shown(frame.word), quoted: frame.quoted, dynamic: frame.dynamic };
  frame.word = "";
  frame.hasWord = false;
  frame.quoted = false;
  frame.dynamic = false;
  frame.pending = false;
  if (frame.awaiting !== "") return redirectTo(state, frame, word);
  if (frame.naming) {
    frame.naming = false;
    return;
  }
  placeWord(state, frame, word);
}

function redirectTo(state: State, frame: Frame, target: Word): void {
  const redirect: { op: string; target: Word; body?: string } = { op: frame.awaiting.replace("-", ""), target };
  frame.draft.redirects.push(redirect);
  if (redirect.op === "<<")
    state.heres.push({
      redirect,
      delimiter: target.text,
      strip: frame.awaiting === "<<-",
      line: lineAt(state, state.at),
    });
  frame.awaiting = "";
}

function placeWord(state: State, frame: Frame, word: Word): void {
  const compound = frame.compounds.at(-1);
  if (compound?.header) {
    if (compound.end === "esac" && word.text === "in" && !word.quoted) {
      compound.header = false;
      compound.pattern = true;
    }
    return;
  }
  if (compound?.pattern) {
    if (word.text === "esac") closeKeyword(state, frame, "esac");
    return;
  }
  const { draft } = frame;
  const first = draft.words.length === 0 && draft.assignments.length === 0;
  if (first && !word.quoted && !word.dynamic && !draft.tail && openKeyword(state, frame, word.text)) return;
  if (draft.words.length === 0) draft.line = lineAt(state, state.at - 1);
  if (draft.words.length === 0 && ASSIGNMENT.test(word.text)) draft.assignments.push(word);
  else {
    if (draft.words.length === 0 && word.text === "[[") frame.test = true;
    if (word.text === "]]") frame.test = false;
    draft.words.push(word);
  }
}

/** Closes the simple command under construction. */
export function endSimple(state: State, frame: Frame): void {
  endWord(state, frame);
  if (frame.awaiting !== "") return fail(state, "redirect");
  const { draft } = frame;
  const compound = frame.compounds.at(-1);
  if (compound?.header) compound.header = false;
  frame.test = false;
  if (draft.words.length + draft.assignments.length + draft.redirects.length > 0) {
    draft.piped ||= frame.piped || frame.compounds.some((open) => open.piped);
    draft.nested = state.frames.some((open) => open.kind === "$(");
    noteLoop(state, frame);
    state.simples.push(draft);
    if (state.simples.length > 1_000) fail(state, "size");
  }
  frame.draft = newDraft(lineAt(state, state.at));
}

const BREAKS = new Set(["break", "exit", "return"]);

function noteLoop(state: State, frame: Frame): void {
  const compound = frame.compounds.at(-1);
  const [first] = frame.draft.words;
  if (first && BREAKS.has(first.text)) state.breaks = true;
  if (!compound || compound.loop === "" || !first) return;
  const always = compound.loop === "while" ? ["true", ":", "1"] : ["false"];
  if (frame.draft.words.length === 1 && always.includes(first.text)) state.endless = true;
  compound.loop = "";
}
