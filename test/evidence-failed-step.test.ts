// Which step a run of several undone ones names as the one that failed: the cause, not what was taken back after it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlanStep } from "../src/model/plan.ts";
import { bound, inputOfRun } from "./kit/run-evidence.ts";
import { play, type Play } from "./kit/run-play.ts";

const undone = (id: string): Partial<PlanStep> & { readonly id: string } => ({ id, undo: `${id}-back` });
const plan = bound({
  steps: [undone("drain"), undone("restart"), { id: "health", risk: "read", onFail: "undo" }, "prove"],
  others: [{ id: "drain-back" }, { id: "restart-back" }],
});

/** A run whose third step fails; what was done is taken back as told, last first. */
function failed(...backs: readonly ("ok" | "failed")[]): Play {
  const run = play(plan);
  run.go();
  run.end("drain@a");
  run.end("restart@a");
  run.end("health@a", { ending: "failed" });
  for (const [index, ending] of backs.entries()) run.end(`${["restart", "drain"][index]}@a`, { ending });
  return run;
}

const said = (run: Play): readonly (string | undefined)[] => {
  const env = new Map(inputOfRun(run, { kind: "deploy" }).env);
  return ["STATE", "FAILED_STEP", "ROLLOUT_FAILED_STEP", "STEP_1_STATUS"].map((key) => env.get(key));
};

test("the step that failed is named, not the first that was undone because of it [C-034]", () => {
  assert.deepEqual(said(failed("ok", "ok")), ["undone", "health", "health", "undone"]);
  assert.deepEqual(said(failed("failed")).slice(0, 3), ["failed-undo", "health", "health"]);
});
