import { EXIT, WatchbookError } from "../../../model/error.ts";
import type { Entry } from "../../../model/journal.ts";
import type { Registry } from "../../../model/registry.ts";
import type { Action } from "../act.ts";
import type { OpenBook } from "../../house.ts";
import { differences } from "../../plan/differences.ts";
import { plan } from "../../plan/plan.ts";
import type { RunNow } from "../runner.ts";

/** Most differences that a sentence names. */
const MOST = 6;

/** Whether more of the plan may be done because of this entry. */
export function letsGoOn(entry: Entry): boolean {
  switch (entry.type) {
    case "approval.given":
    case "decided":
    case "resume":
    case "key":
      return true;
    case "tick":
      return entry.done;
    case "answer":
      return entry.choice === "retry" || entry.choice === "skip";
    default:
      return false;
  }
}

/** The same of what a person wants to do, before it is an entry. */
export function mayGoOn(action: Action): boolean {
  if (action.do === "tick") return action.done;
  if (action.do === "answer") return action.choice === "retry" || action.choice === "skip";
  return ["approve", "decide", "resume", "key"].includes(action.do);
}

/**
 * A run goes on only while the manual gives the plan that it was begun with: rejects with PLAN-CHANGED, naming what is
 * another now. To end it, or to undo, is always possible: the plan has all that is needed.
 */
export async function checkSame(
  registry: Registry,
  open: OpenBook,
  { record, plan: was }: Pick<RunNow, "record" | "plan">,
): Promise<void> {
  const now = await plan(open, registry, was.request);
  if (now.digest === was.digest) return;
  const found = differences(was, now);
  const what = [...found.slice(0, MOST), ...(found.length > MOST ? ["…"] : [])];
  const args = { runbook: was.runbook, run: record.id, was: was.digest, now: now.digest, what };
  throw new WatchbookError("PLAN-CHANGED", args, { exit: EXIT.input });
}
