// Plans of fifty steps of every kind, whose effects are lines that can be counted on their targets.
import { planDigest } from "../../src/evidence/run/plan.ts";
import type { Plan, PlanTarget } from "../../src/model/plan.ts";
import { planOf, type StepOf } from "../kit/plan.ts";
import type { Chance } from "./chance.ts";

/** One write of one line to a file opened with O_APPEND: whole, wherever the writer is killed. */
const LINE = `line() { printf '%s %s %s\\n' "$1" "$WB_RUN" "\${WATCHBOOK_ATTEMPT##*/}" >>"$EFFECTS"; }`;

export const counted = (work: string): { readonly script: string } => ({
  script: `${LINE}\nline begin\n${work}\nline end`,
});

/** A verify that is green when the step's effect is there. */
const verifies = (id: string): StepOf => ({
  id: `${id}-v`,
  risk: "read",
  params: counted(`grep -q "^end $WB_RUN ${id}@$WB_TARGET\\.do\\." "$EFFECTS"`),
});

type Made = { readonly step: StepOf; readonly others?: readonly StepOf[] };
type Make = (id: string, work: string) => Made;

const shell =
  (more: Partial<StepOf>): Make =>
  (id, work) => ({ step: { id, params: counted(work), ...more } });
const bare = (more: Partial<StepOf>): Make => shell({ kind: "bare", ...more });
const verified =
  (more: Partial<StepOf>): Make =>
  (id, work) => ({
    step: { id, params: counted(work), verify: `${id}-v`, ...more },
    others: [verifies(id)],
  });

/** How often each stands in a plan is how often it stands here. */
const KINDS: readonly Make[] = [
  shell({ risk: "read" }),
  shell({ risk: "read" }),
  shell({ risk: "read", retry: { times: 2, delayMs: 20, maxMs: 50 } }),
  shell({}),
  shell({}),
  shell({ idempotent: true }),
  shell({ idempotent: true, retry: { times: 1, delayMs: 20, maxMs: 50 } }),
  shell({ risk: "destructive" }),
  shell({ risk: "destructive" }),
  shell({ risk: "unknown" }),
  shell({ scope: "run" }),
  shell({ scope: "batch", risk: "destructive" }),
  verified({ risk: "destructive" }),
  verified({ risk: "destructive", declares: true }),
  verified({ declares: true, within: 2 }),
  verified({ idempotent: true, declares: true }),
  () => ({ step: { id: "", kind: "wait", params: { ms: 30 } } }),
];

const BARE: readonly Make[] = [
  verified({ kind: "bare", declares: true }),
  bare({ risk: "destructive" }),
  bare({}),
  bare({ idempotent: true }),
];

export interface Wanted {
  readonly chance: Chance;
  readonly steps: number;
  readonly targets: readonly PlanTarget[];
  /** Longest work of a step, milliseconds. */
  readonly workMs: number;
  /** With steps of a kind that leaves no receipt. */
  readonly bare: boolean;
}

/** `local` must be among the targets: steps of scope run and batch are done there. */
export function chaosPlan({ chance, steps: count, targets, workMs, bare: withBare }: Wanted): Plan {
  const steps: StepOf[] = [];
  const others: StepOf[] = [];
  const kinds = withBare ? [...KINDS, ...BARE] : KINDS;
  for (let at = 0; at < count; at++) {
    const id = `s${at}`;
    const work = chance.below(3) === 0 ? ":" : `sleep ${(chance.next() * workMs) / 1000}`;
    const made = chance.pick(kinds)(id, work);
    steps.push({ ...made.step, id });
    others.push(...(made.others ?? []));
  }
  // A person, and a fault that must be taken away again.
  steps[Math.floor(count / 3)] = { id: `s${Math.floor(count / 3)}`, kind: "manual" };
  const fault = Math.floor(count / 2);
  steps[fault] = { id: `s${fault}`, params: counted(":"), undo: "away", until: `s${Math.min(count - 1, fault + 3)}` };
  others.push({ id: "away", params: counted(":") });
  const [first, ...rest] = targets;
  const plan = planOf({
    steps,
    others,
    targets,
    batches: rest.length === 0 ? [[first!.name]] : [[first!.name], rest.map(({ name }) => name)],
    parallel: 2,
  });
  return { ...plan, digest: planDigest(plan) };
}
