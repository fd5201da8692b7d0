import type { Env } from "../env.ts";
import { Refusal } from "../refusal.ts";
import type { Findings } from "./measure.ts";
import { int, strip } from "./python.ts";

const OK = "ok";
const SIMULATED = "simulated_ok";

/** Name of the step that injects the fault. */
export const FAULT_STEP = "fault_injection";

/** Whether a step injects the fault, in a runbook that stands in the place of another one's step too. */
export const injectsFault = (id: string): boolean => id === FAULT_STEP || id.endsWith(`/${FAULT_STEP}`);

/** Steps are few; more is an attack on our time. */
const MAX_STEPS = 10_000;

/** As the published verifiers walk the steps; undefined where they refuse. */
export function compatSteps(values: Env, total: bigint, strictly: boolean): readonly string[] | undefined {
  const names: string[] = [];
  for (let step = 1n; step <= total; step += 1n) {
    const name = values.get(`STEP_${step}_NAME`);
    const status = values.get(`STEP_${step}_STATUS`);
    const duration = int(values.get(`STEP_${step}_DURATION_MS`) ?? "");
    if (name === undefined || (strictly && strip(name) === "")) return undefined;
    if ((status !== OK && status !== SIMULATED) || duration === undefined) return undefined;
    if (strictly && duration < 0n) return undefined;
    names.push(name);
  }
  return names;
}

/**
 * Steps 1 to n of a file, without holes and without more than n. A simulated step makes the run a rehearsal; any other
 * status but ok fails it. Gives the names and the sum of the durations in seconds.
 */
export function strictSteps(
  found: Findings,
  values: Env,
  totalKey: string,
): { readonly names: readonly string[]; readonly seconds: number } {
  const total = found.number(totalKey, true) ?? 0;
  if (total > MAX_STEPS) throw new Refusal("not-a-number", { key: totalKey, value: String(total) });
  if (total === 0) found.find("inconclusive", "no-steps");
  const said = [...values.keys()].filter((key) => /^STEP_\d+_/.test(key) && Number(key.split("_")[1]) > total);
  if (said.length > 0) throw new Refusal("steps-disagree", { key: said[0]!, total });
  const names: string[] = [];
  let seconds = 0;
  for (let step = 1; step <= total; step += 1) {
    names.push(found.text(`STEP_${step}_NAME`) ?? "");
    const status = found.text(`STEP_${step}_STATUS`);
    if (status === SIMULATED) found.find("rehearsal", "simulated", { step });
    else if (status !== undefined && status !== OK) found.find("fail", "step-failed", { step, status });
    seconds += (found.number(`STEP_${step}_DURATION_MS`, true) ?? 0) / 1000;
  }
  return { names, seconds };
}

/**
 * What the file says of the whole: a dry run is a rehearsal, no success is a fail, and success beside a failed step is
 * a contradiction that is refused.
 */
export function strictOutcome(found: Findings, prefix: "FAILOVER" | "ROLLOUT"): void {
  if (found.flag(`${prefix}_DRY_RUN`) === true) found.find("rehearsal", "dry-run");
  const success = found.flag(`${prefix}_SUCCESS`);
  const failed = found.get(`${prefix}_FAILED_STEP`) ?? "";
  const none = failed === "" || failed.toLowerCase() === "none";
  if (success === true && !none)
    throw new Refusal("success-disagrees", { key: `${prefix}_FAILED_STEP`, value: failed });
  if (success === false) found.find("fail", "no-success", { key: `${prefix}_SUCCESS`, step: none ? "?" : failed });
}
