import { EXIT, WatchbookError } from "../../model/error.ts";
import type { Journalled } from "../../model/journal.ts";
import type { Plan } from "../../model/plan.ts";
import { replay } from "./core/advance.ts";
import { JournalError } from "./core/journal-error.ts";
import type { RunView } from "./core/view.ts";

/** The run as its journal tells it. Throws RUN-JOURNAL for one that no worker can have written: it is never repaired. */
export function replayed(run: string, plan: Plan, journal: readonly Journalled[]): RunView {
  try {
    return replay(plan, journal);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    const { seq, flaw } = error;
    throw new WatchbookError("RUN-JOURNAL", { run, seq, flaw: `journal:${flaw}` }, { exit: EXIT.input, cause: error });
  }
}
