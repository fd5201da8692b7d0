import type { BookState } from "../../engine/book-state.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Incident } from "../../model/incident.ts";
import type { Lang } from "../../model/lang.ts";
import type { Problem } from "../../model/problem.ts";
import { besideOf } from "../../report/problem/beside.ts";
import { rowProposal } from "../../report/problem/proposal.ts";
import type { ProblemPage } from "../contract/incident.ts";
import { errorSaid } from "./say.ts";

interface Given {
  /** Those that it names, as far as they are on record. */
  readonly incidents: readonly Incident[];
  readonly state: Pick<BookState, "open" | "texts">;
  readonly lang: Lang;
}

/** What the manual should say of it, beside the revision that is served; or why nothing is proposed. */
function proposalOf(problem: Problem, { state, lang }: Given): Pick<ProblemPage, "proposal" | "lacks"> {
  try {
    const { beside, row } = besideOf(problem, state.open.book.symptoms);
    const { file, line } = beside.source;
    const text = state.texts?.get(file);
    const patch = text === undefined ? undefined : rowProposal({ file, text }, beside, row);
    if (patch === undefined) throw new WatchbookError("PROBLEM-WHERE", { id: problem.id });
    return { proposal: { source: { file, line }, patch }, lacks: null };
  } catch (error) {
    if (!(error instanceof WatchbookError)) throw error;
    return { proposal: null, lacks: errorSaid(error, lang) };
  }
}

/** A problem as it is shown: with its incidents, what they ask to be done, what the manual should learn. Pure. */
export function problemView(problem: Problem, given: Given): ProblemPage {
  const { incidents } = given;
  const joined = incidents
    .toSorted((a, b) => b.declared - a.declared)
    .map(({ id, title, state, priority, declared, clocks: { resolved } }) => ({
      ...{ id, title, state, priority, declared },
      ...(resolved !== undefined && { resolved }),
    }));
  const actions = incidents
    .flatMap(({ id, actions: all }) => all.map((one) => ({ ...one, incident: id })))
    .toSorted((a, b) => Number(a.done !== undefined) - Number(b.done !== undefined) || a.due.localeCompare(b.due));
  // The contract's types are the model's without their readonly marks.
  return JSON.parse(JSON.stringify({ ...problem, joined, actions, ...proposalOf(problem, given) })) as ProblemPage;
}
