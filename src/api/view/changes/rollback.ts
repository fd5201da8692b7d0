import type { RunShown } from "../../../engine/run/control/shown.ts";
import { runEvents } from "../../../engine/run/evidence/events.ts";
import { Refusal } from "../../../evidence/refusal.ts";
import { measureRun } from "../../../evidence/run/judge.ts";
import type { Journalled } from "../../../model/journal.ts";
import { isEnded } from "../../../model/run.ts";
import type { RunChange } from "../../contract.ts";

/** Something of it was undone; the removal of an injected fault is no rollback. */
export function wasUndone({ attempts, plan }: RunShown): boolean {
  const lasting = new Set(plan.steps.filter(({ until }) => until !== undefined).map(({ id }) => id));
  return attempts.some(({ purpose, step }) => purpose === "undo" && !lasting.has(step));
}

/** How long the undo of an ended run took, measured from its journal as its evidence is; null where nothing was undone. */
export function rollbackSaid({ record, plan }: RunShown, journal: readonly Journalled[]): RunChange["rollback"] {
  if (!isEnded(record.state)) return null;
  try {
    const { rollback } = measureRun(runEvents({ record, plan, journal, kind: "other", people: [], version: "" }));
    if (!rollback) return null;
    const { complete, ms, within, met } = rollback;
    return { complete, seconds: ms === undefined ? null : ms / 1_000, within: within ?? null, met: met ?? null };
  } catch (error) {
    // A journal that contradicts itself proves no time; `evidence verify` says why.
    if (error instanceof Refusal) return { complete: false, seconds: null, within: null, met: "unknown" };
    throw error;
  }
}
