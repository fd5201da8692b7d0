import type { Journalled } from "../../../model/journal.ts";
import type { Plan } from "../../../model/plan.ts";
import { begin } from "./begin.ts";
import type { Command } from "./command.ts";
import { fold } from "./fold.ts";
import { next } from "./next.ts";
import type { RunView } from "./view.ts";

/**
 * The run as its journal tells it.
 * @throws JournalError for a journal that cannot be; TypeError for a plan that no plan-maker may make.
 */
export const replay = (plan: Plan, journal: Iterable<Journalled>): RunView => {
  let view = begin(plan);
  for (const entry of journal) view = fold(view, entry);
  return view;
};

/** What is to be done now for a run of this plan with this journal; `now` in milliseconds since the epoch. Pure. */
export const advance = (plan: Plan, journal: Iterable<Journalled>, now: number): readonly Command[] =>
  next(replay(plan, journal), now);
