import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import type { PlanStep } from "../../model/plan.ts";
import type { Draft } from "./draft.ts";
import type { MissingList } from "./missing.ts";
import { unknownName } from "./named.ts";

/**
 * What the book could say and no run could do: rejects with STEP-TWICE, STEP-UNKNOWN (`until`) and TARGET-UNKNOWN (the
 * targets of a step); a step that lasts until another one ends and cannot be undone is missing its undo.
 */
export function judgeNames(steps: readonly Draft[], others: readonly Draft[], book: Book, missing: MissingList): void {
  const ids = [...steps, ...others].map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new WatchbookError("STEP-TWICE", { name: twice });
  const targets = ["local", ...book.config.targets.map(({ name }) => name)];
  for (const draft of steps) {
    const { id, until, undo, runbook, source } = draft;
    for (const name of draft.targets ?? [])
      if (!targets.includes(name)) throw unknownName("TARGET-UNKNOWN", name, targets, {}, source);
    if (until === undefined) continue;
    const known = steps.map((step) => step.id);
    if (!known.includes(until)) throw unknownName("STEP-UNKNOWN", until, known, { runbook }, source);
    if (undo === undefined) missing.add("until-without-undo", { until }, { step: id, source });
  }
}

/** Only what is done can be approved: what verifies or undoes a step is agreed to with the step. */
export function gatesMoved(
  steps: readonly PlanStep[],
  others: readonly PlanStep[],
): { readonly steps: readonly PlanStep[]; readonly others: readonly PlanStep[] } {
  const gated = new Map(others.flatMap(({ id, gate }) => (gate ? [[id, gate] as const] : [])));
  return {
    steps: steps.map((step) => {
      const gate = step.gate ?? gated.get(step.undo ?? "") ?? gated.get(step.verify ?? "");
      return gate ? { ...step, gate } : step;
    }),
    others: others.map((step) => {
      const { gate: _, ...rest } = step;
      return rest;
    }),
  };
}
