import { WatchbookError } from "../../model/error.ts";
import type { Problem } from "../../model/problem.ts";
import type { Symptom } from "../../model/tables.ts";

/** Throws PROBLEM-NOTHING while nothing is known that the manual could learn. */
export function expectKnown({ id, cause, workaround }: Problem): void {
  if (cause === undefined && workaround === undefined) throw new WatchbookError("PROBLEM-NOTHING", { id });
}

/**
 * The row of the symptom table below which a problem belongs, its own where it came from one, and the row that it becomes. Pure.
 * Throws PROBLEM-NOTHING, or PROBLEM-WHERE where the manual has no such table.
 */
export function besideOf(
  problem: Problem,
  symptoms: readonly Symptom[],
): { readonly beside: Symptom; readonly row: Omit<Symptom, "source"> } {
  expectKnown(problem);
  const { id, symptom, title, cause, workaround } = problem;
  const beside = symptoms.find((one) => one.symptom === symptom) ?? symptoms.at(-1);
  if (!beside) throw new WatchbookError("PROBLEM-WHERE", { id });
  const row = { symptom: symptom ?? title, look: workaround ?? "", ...(cause !== undefined && { cause }) };
  return { beside, row };
}
