import type { PlanStep } from "../../model/plan.ts";
import type { Registry } from "../../model/registry.ts";
import type { FaultSpec } from "../../model/runbook-spec.ts";
import { issueText } from "../reaches.ts";
import { stepNamed } from "./drafts.ts";
import { idInside, type Expanded, type Part } from "./expand.ts";
import type { MissingList } from "./missing.ts";
import { nearestOf, unknownName } from "./named.ts";

/** Id that the C- manual's evidence wants, literally. */
export const FAULT_STEP = "fault_injection";
const UNDO = `${FAULT_STEP}/remove`;
/** How long a fault lasts when nobody removes it, milliseconds. */
const LIMIT_MS = 600_000;
/** What injecting and proving that it bit, or removing, may take, milliseconds. */
const TIMEOUT_MS = 120_000;

export interface FaultParts {
  readonly steps: readonly PlanStep[];
  readonly others: readonly PlanStep[];
  readonly parts: Expanded["parts"];
  /** Step before which it is injected. */
  readonly before: string;
  readonly registry: Registry;
  readonly missing: MissingList;
}

/**
 * The steps with the declared fault before one of them; it is removed as soon as that step has ended. Rejects with
 * STEP-UNKNOWN; a fault that is not declared is missing.
 */
export function withFault(given: FaultParts): Pick<FaultParts, "steps" | "others"> {
  const { steps, others, parts, before, registry, missing } = given;
  const runbook = parts[0]!.runbook.id;
  const id = stepNamed(steps, runbook, before);
  if (id === undefined)
    throw unknownName(
      "STEP-UNKNOWN",
      before,
      steps.map((step) => step.id),
      { runbook },
    );
  const faults = parts.flatMap(({ spec }) => spec?.faults ?? []);
  const fault = faultFor(parts, id);
  if (!fault) {
    missing.add("fault", { step: id, faults: faults.map(({ name }) => name).join(", ") || "–" }, { step: id });
    return { steps, others };
  }
  const known = registry.faults.get(fault.kind);
  const params = known?.params.safeParse(fault.with);
  const where = { step: FAULT_STEP, source: fault.source };
  if (!known)
    missing.add("fault-kind", { kind: fault.kind, nearest: nearestOf(fault.kind, [...registry.faults.keys()]) }, where);
  else if (params?.success === false)
    missing.add("params", { kind: fault.kind, problem: params.error.issues.map(issueText).join("; ") }, where);
  const text = known && params?.success === true ? known.view(params.data) : fault.kind;
  const { targets } = steps.find((one) => one.id === id)!;
  const step = { ...stepOf(fault, id, `fault ${fault.kind}: ${text}`), ...(targets && { targets }) };
  const undo = undoOf(step, `remove fault ${fault.kind}: ${text}`);
  return {
    steps: steps.toSpliced(
      steps.findIndex((one) => one.id === id),
      0,
      step,
    ),
    others: [...others, undo],
  };
}

function undoOf(step: PlanStep, command: string): PlanStep {
  const { undo: _u, until: _t, ...rest } = step;
  const params = { ...(step.params as object), remove: true };
  return { ...rest, id: UNDO, command, params, risk: "write", idempotent: true };
}

/** Whether a runbook's name of one of its steps, with or without its own id, means this step of the whole. */
const means = ({ runbook, at }: Part, name: string, step: string): boolean =>
  at === undefined ? name === step || `${runbook.id}/${name}` === step : idInside(name, at, runbook.id) === step;

/** The one declared for the step, else the only one declared for no step. */
function faultFor(parts: readonly Part[], step: string): FaultSpec | undefined {
  const of = (fits: (part: Part, fault: FaultSpec) => boolean): readonly FaultSpec[] =>
    parts.flatMap((part) => part.spec?.faults.filter((fault) => fits(part, fault)) ?? []);
  const own = of((part, fault) => fault.step !== undefined && means(part, fault.step, step));
  const free = of((_, fault) => fault.step === undefined);
  const fitting = own.length > 0 ? own : free;
  return fitting.length === 1 ? fitting[0] : undefined;
}

const stepOf = (fault: FaultSpec, until: string, command: string): PlanStep => ({
  id: FAULT_STEP,
  title: fault.name,
  kind: "fault",
  params: { fault: fault.kind, with: fault.with, limit: (fault.limitMs ?? LIMIT_MS) / 1000 },
  command,
  scope: "target",
  risk: "destructive",
  sudo: false,
  idempotent: false,
  timeoutMs: TIMEOUT_MS,
  declares: false,
  within: 0,
  onFail: "undo",
  undo: UNDO,
  until,
  outputs: [],
  source: fault.source,
});
