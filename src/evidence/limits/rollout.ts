import type { EnvKind } from "./kind.ts";
import { Findings } from "./measure.ts";
import { int } from "./python.ts";
import { compatSteps, FAULT_STEP, strictOutcome, strictSteps } from "./steps.ts";

const REQUIRED = ["ROLLOUT_ENV", "ROLLOUT_DRY_RUN", "ROLLOUT_SUCCESS", "ROLLOUT_TOTAL_STEPS", "ROLLOUT_FAILED_STEP"];

/** A rollout by steps, with a fault step where that is asked for. */
export const rollout: EnvKind = {
  kind: "rollout",
  marks: ["ROLLOUT_ENV", "ROLLOUT_TOTAL_STEPS", "ROLLOUT_SUCCESS"],
  options: ["requireFaultStep"],
  compat: (values, { requireFaultStep = false }) => {
    if (REQUIRED.some((key) => !values.has(key))) return false;
    const total = int(values.get("ROLLOUT_TOTAL_STEPS")!);
    if (total === undefined || total <= 0n) return false;
    const names = compatSteps(values, total, false);
    return names !== undefined && (!requireFaultStep || names.includes(FAULT_STEP));
  },
  strict: (values, { requireFaultStep = false }) => {
    const found = new Findings(values);
    found.text("ROLLOUT_ENV");
    strictOutcome(found, "ROLLOUT");
    const { names } = strictSteps(found, values, "ROLLOUT_TOTAL_STEPS");
    if (requireFaultStep && !names.includes(FAULT_STEP))
      found.find("inconclusive", "no-fault-step", { step: FAULT_STEP });
    found.monotonic();
    return found.judged();
  },
};
