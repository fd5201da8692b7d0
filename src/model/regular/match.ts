import { isWord } from "./classes.ts";
import { readExpression } from "./read.ts";
import { BadExpression, type Has, type Place, type Tree } from "./tree.ts";

/** One step of the automaton: a character, a fork (the next step, and `to`), a place, or the end. */
type Step =
  | { readonly kind: "one"; readonly has: Has }
  | { readonly kind: "fork" | "jump"; to: number }
  | { readonly kind: "at"; readonly place: Place }
  | { readonly kind: "end" };

/** An expression of more steps than this is refused: a match costs as many steps as this for each character, and no more. */
const MOST_STEPS = 4_000;

/** A regular expression that is answered in time proportional to the text, whatever both are. */
export interface Expression {
  /** Whether the whole text is one that is meant. */
  matches(text: string): boolean;
}

/** Throws BadExpression for one that is broken, not regular (references back, looks around), or far too large. */
export function expressionOf(source: string): Expression {
  const steps: Step[] = [];
  const push = (step: Step): Step => {
    if (steps.length >= MOST_STEPS) throw new BadExpression(source, 0);
    steps.push(step);
    return step;
  };
  write(readExpression(source), push, () => steps.length);
  steps.push({ kind: "end" });
  return { matches: (text) => matches(steps, Array.from(text)) };
}

function write(tree: Tree, push: (step: Step) => Step, here: () => number): void {
  const fork = (kind: "fork" | "jump", to = 0) => push({ kind, to }) as Extract<Step, { readonly to: number }>;
  if (tree.kind === "one" || tree.kind === "at") push(tree);
  else if (tree.kind === "all") for (const one of tree.of) write(one, push, here);
  else if (tree.kind === "any") {
    const jumps = tree.of.slice(0, -1).map((one) => {
      const other = fork("fork");
      write(one, push, here);
      const jump = fork("jump");
      other.to = here();
      return jump;
    });
    write(tree.of.at(-1)!, push, here);
    for (const jump of jumps) jump.to = here();
  } else {
    for (let n = 0; n < tree.least; n++) write(tree.of, push, here);
    if (tree.most === Number.POSITIVE_INFINITY) {
      const from = here();
      const out = fork("fork");
      write(tree.of, push, here);
      fork("jump", from);
      out.to = here();
      return;
    }
    const outs = Array.from({ length: tree.most - tree.least }, () => {
      const out = fork("fork");
      write(tree.of, push, here);
      return out;
    });
    for (const out of outs) out.to = here();
  }
}

function stands(place: Place, points: readonly string[], at: number): boolean {
  if (place === "begin") return at === 0;
  if (place === "end") return at === points.length;
  const word = (index: number): boolean => points[index] !== undefined && isWord(points[index].codePointAt(0)!);
  return (word(at - 1) !== word(at)) === (place === "edge");
}

/** Every way at once, each step at most once for a character. */
function matches(steps: readonly Step[], points: readonly string[]): boolean {
  const seen = new Int32Array(steps.length).fill(-1);
  /** Goes on from the steps given without taking a character; gives those that wait for one, and whether the end is there. */
  const settle = (from: readonly number[], at: number): { readonly waiting: number[]; readonly ended: boolean } => {
    const open = [...from];
    const waiting: number[] = [];
    let ended = false;
    while (open.length > 0) {
      const index = open.pop()!;
      if (seen[index] === at) continue;
      seen[index] = at;
      const step = steps[index]!;
      if (step.kind === "one") waiting.push(index);
      else if (step.kind === "end") ended = true;
      else if (step.kind === "at") {
        if (stands(step.place, points, at)) open.push(index + 1);
      } else open.push(step.to, ...(step.kind === "fork" ? [index + 1] : []));
    }
    return { waiting, ended };
  };
  let now = settle([0], 0);
  for (const [at, sign] of points.entries()) {
    const point = sign.codePointAt(0)!;
    const further = now.waiting.filter((index) => (steps[index] as { readonly has: Has }).has(point));
    if (further.length === 0) return false;
    now = settle(
      further.map((index) => index + 1),
      at + 1,
    );
  }
  return now.ended;
}
