import type { RunRecord } from "../../../src/api/contract.ts";

const OVER: ReadonlySet<RunRecord["state"]> = new Set([
  "done",
  "failed",
  "undone",
  "failed-undo",
  "cancelled",
  "refused",
]);

/** Nothing of it happens any more. */
export const isOver = (state: RunRecord["state"]): boolean => OVER.has(state);
