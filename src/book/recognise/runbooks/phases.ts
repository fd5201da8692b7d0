import { LONGEST_CELL, fold, unnumbered } from "../../words/matcher.ts";
import { PHASE_LINK, PHASES, RUNBOOK_WORDS, TWO_IN_ONE } from "../../words/procedures.ts";
import { subjectOf } from "../../words/subject.ts";
import { kindOf } from "./build.ts";

/** What a subsection is in the procedure above it: one of its phases, the way back, or neither. */
export interface Phase {
  readonly name: string;
  /** Its title says the phase and nothing else: no procedure of its own. */
  readonly bare: boolean;
}

export const ROLLBACK = "rollback";

const named = (title: string): string | undefined => PHASES.find(([, words]) => words.is(title))?.[0];

/**
 * The phase that a subsection's title names: `Steps`, `Verification`, or with the words of the procedure above before it
 * (`升级步骤` below `版本升级`). A rollback with a subject of its own is another procedure.
 */
export function phaseOf(title: string, above: string): Phase | undefined {
  const folded = fold(unnumbered(title));
  const name = named(folded);
  if (name !== undefined) return { name, bare: true };
  if (kindOf(title) === ROLLBACK) {
    if (subjectOf(title) !== "") return undefined;
    // Below a rollback it is what is to be done.
    return { name: kindOf(above) === ROLLBACK && !isPair(above) ? "execute" : ROLLBACK, bare: true };
  }
  if (folded.length > LONGEST_CELL) return undefined;
  const rest = named(withoutAbove(folded, fold(unnumbered(above))));
  return rest === undefined ? undefined : { name: rest, bare: false };
}

/** A title without the words of the procedure above it, `前检查` excepted: what is looked at before it prepares it. */
function withoutAbove(title: string, above: string): string {
  const kind = RUNBOOK_WORDS.find(([each]) => each === kindOf(above))?.[1];
  const rest = (above === "" ? title : title.replaceAll(above, " ")).trim();
  const plain = (kind ? rest.split(kind.pattern).join(" ") : rest).trim();
  return named(plain) === undefined ? plain.replace(PHASE_LINK, "").trim() : plain;
}

/** A heading of two procedures, the way there and the way back: `Upgrade and rollback`. */
const isPair = (title: string): boolean => {
  const folded = fold(title);
  return TWO_IN_ONE.test(folded) && RUNBOOK_WORDS.some(([kind, words]) => UNDONE.has(kind) && words.in(folded));
};
const UNDONE: ReadonlySet<string> = new Set(["upgrade", "deploy"]);

/**
 * Whether the subsections are the phases of one procedure: two of them at least, and the way back only beside a phase that is
 * nothing but one, or a proof. `升级流程` and `回滚流程` below one heading are two procedures that belong together.
 */
export function arePhases(phases: readonly (Phase | undefined)[], above: string): boolean {
  const found = phases.filter((phase) => phase !== undefined);
  const back = found.some(({ name }) => name === ROLLBACK);
  if (back && isPair(above)) return false;
  const forward = found.filter(({ name }) => name !== ROLLBACK);
  const beside = forward.some(({ name, bare }) => name === "verify" || (bare && name === "execute"));
  return back ? beside : forward.length > 1;
}
