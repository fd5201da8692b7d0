import { fail, lineAt, newDraft } from "./state.ts";
import type { Compound, Frame, State } from "./state.ts";

const OPENS: Readonly<Record<string, Pick<Compound, "end" | "header" | "loop">>> = {
  if: { end: "fi", header: false, loop: "" },
  while: { end: "done", header: false, loop: "while" },
  until: { end: "done", header: false, loop: "until" },
  for: { end: "done", header: true, loop: "" },
  select: { end: "done", header: true, loop: "" },
  case: { end: "esac", header: true, loop: "" },
  "{": { end: "}", header: false, loop: "" },
};
/** Words that stand inside a compound, and the end of the compound they need; "" needs none. */
const INSIDE: ReadonlyMap<string, string> = new Map([
  ["then", "fi"],
  ["else", "fi"],
  ["elif", "fi"],
  ["do", "done"],
  ["!", ""],
  ["time", ""],
]);
const ENDS = new Set(["fi", "done", "esac", "}"]);

/** Takes a word at command position as a keyword; false when it is none. */
export function openKeyword(state: State, frame: Frame, text: string): boolean {
  const opens = Object.hasOwn(OPENS, text) ? OPENS[text] : undefined;
  if (opens) {
    frame.compounds.push({
      ...opens,
      line: lineAt(state, state.at - 1),
      from: state.simples.length,
      pattern: false,
      piped: frame.draft.piped,
    });
    if (frame.compounds.length > 200) fail(state, "depth");
    frame.draft = newDraft(lineAt(state, state.at));
    return true;
  }
  const inside = INSIDE.get(text);
  if (inside !== undefined) {
    if (inside !== "" && frame.compounds.at(-1)?.end !== inside) fail(state, "keyword");
    return true;
  }
  if (text === "function") {
    frame.naming = true;
    return true;
  }
  if (ENDS.has(text)) {
    closeKeyword(state, frame, text);
    return true;
  }
  return false;
}

/** `fi`, `done`, `esac`, `}`: what follows on the line are redirections of the compound. */
export function closeKeyword(state: State, frame: Frame, text: string): void {
  const compound = frame.compounds.pop();
  if (compound?.end !== text) return fail(state, "keyword");
  frame.draft = newDraft(lineAt(state, state.at), false, true);
  tailOf.set(frame.draft, compound.from);
}

/** Where the simples of a closed compound began: its input redirection feeds them all. */
export const tailOf = new WeakMap<object, number>();
