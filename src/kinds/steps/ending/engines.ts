import type { StepKind } from "../../../model/step.ts";

/** What the engine does itself, or the planner takes apart, never reaches a kind: if it does, that is our bug. */
export const byEngine =
  (kind: string): StepKind["perform"] =>
  (_, { attempt }) =>
    Promise.reject(new TypeError(`step ${attempt.step}: ${kind} is not performed by its kind`));
