// Small plans for tests: only what a test is about has to be said.
import type { Gate } from "../../src/model/gate.ts";
import type { Plan, PlanStep, PlanTarget } from "../../src/model/plan.ts";

export type StepOf = Partial<PlanStep> & { readonly id: string };

/** A step of kind `shell` that writes, on each target, and stops when it fails; what is given counts. */
export const stepOf = (given: StepOf): PlanStep => ({
  title: given.id,
  kind: "shell",
  params: { script: `: ${given.id}` },
  command: `: ${given.id}`,
  scope: "target",
  risk: "write",
  sudo: false,
  idempotent: false,
  timeoutMs: 60_000,
  declares: false,
  within: 0,
  onFail: "stop",
  outputs: [],
  ...given,
});

export const targetOf = (name: string): PlanTarget => ({
  name,
  kind: "local",
  params: {},
  lock: `${name}/service`,
  env: {},
});

/** One person of any role within an hour, not the requester. */
export const gateOf = (given: Partial<Gate> = {}): Gate => ({
  roles: [],
  quorum: 1,
  expiresMs: 3_600_000,
  requesterMay: false,
  ...given,
});

export type PlanOf = Partial<Omit<Plan, "steps" | "others" | "targets">> & {
  /** Ids alone are steps that read. */
  readonly steps: readonly (StepOf | string)[];
  readonly others?: readonly StepOf[];
  /** Names; default one target `a`. */
  readonly targets?: readonly (string | PlanTarget)[];
};

/** Digest of every plan that does not give one: no test of the engine looks into it. */
export const PLAN_DIGEST = `sha256:${"0".repeat(64)}`;

/** A plan on one target, all in one batch, posture auto; what is given counts. */
export function planOf({ steps, others = [], targets = ["a"], ...given }: PlanOf): Plan {
  const places = targets.map((one) => (typeof one === "string" ? targetOf(one) : one));
  return {
    format: 1,
    runbook: "rb",
    title: "A runbook",
    environment: "test",
    automation: "auto",
    rehearsal: false,
    steps: steps.map((one) => stepOf(typeof one === "string" ? { id: one, risk: "read" } : one)),
    others: others.map(stepOf),
    targets: places,
    batches: [places.map((one) => one.name)],
    parallel: Math.max(1, places.length),
    maxFailures: 0,
    parameters: [],
    files: [],
    missing: [],
    request: { runbook: "rb", environment: "test", params: {} },
    book: { digest: PLAN_DIGEST, dirty: false },
    digest: PLAN_DIGEST,
    ...given,
  };
}
