// Plans by chance: every scope, on-fail, retry, verify, undo, gate, fault and engine's own kind there is.
import * as fc from "fast-check";
import type { Gate } from "../../src/model/gate.ts";
import type { Plan } from "../../src/model/plan.ts";
import { gateOf, planOf, stepOf, type StepOf } from "./plan.ts";

/** Step and what belongs to it. `verify` and `undo` become steps of their own. */
const anyStep = fc.record({
  scope: fc.constantFrom("target", "target", "target", "batch", "run"),
  risk: fc.constantFrom("read", "write", "destructive", "unknown"),
  kind: fc.constantFrom(...Array.from({ length: 12 }, () => "shell"), "wait", "manual", "approve"),
  idempotent: fc.boolean(),
  retry: fc.boolean(),
  verify: fc.boolean(),
  declares: fc.boolean(),
  undo: fc.constantFrom("none", "plain", "plain", "verified", "declared", "repeatable", "manual"),
  onFail: fc.constantFrom("stop", "undo", "ask", "continue"),
  gate: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 2),
  banner: fc.boolean(),
  /** The only targets of some steps; not all of them need be there. */
  targets: fc.oneof(
    { weight: 6, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.subarray(["b", "c", "d"]).map((more) => ["a", ...more]) },
  ),
  until: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(7) }),
});
type AnyStep = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

const gate = (quorum: number): Gate => gateOf({ quorum, expiresMs: 600_000, requesterMay: quorum === 2 });

function undoOf(of: AnyStep, id: string): StepOf[] {
  const undo = of.until !== null && of.undo === "none" ? "plain" : of.undo;
  if (undo === "none") return [];
  const proven = undo === "verified" || undo === "declared";
  const step: StepOf = {
    id: `un-${id}`,
    kind: undo === "manual" ? "manual" : "shell",
    idempotent: undo === "repeatable",
    declares: undo === "declared",
    ...(proven && { verify: `un-${id}-v` }),
  };
  return proven ? [step, { id: `un-${id}-v`, risk: "read" }] : [step];
}

function stepsOf(of: AnyStep, index: number, count: number): { step: StepOf; others: StepOf[] } {
  const id = `s${index}`;
  const undo = undoOf(of, id);
  const verify: StepOf[] = of.verify ? [{ id: `${id}-v`, risk: index % 3 === 2 ? "unknown" : "read" }] : [];
  const step: StepOf = {
    id,
    kind: of.kind,
    scope: of.scope,
    risk: of.risk,
    idempotent: of.idempotent,
    declares: of.declares,
    onFail: of.onFail,
    params: of.kind === "wait" ? { ms: 5_000 } : {},
    ...(of.targets && { targets: of.targets }),
    ...(of.retry && { retry: { times: 2, delayMs: 1_000, maxMs: 1_500 } }),
    ...(of.verify && { verify: `${id}-v` }),
    ...(undo.length > 0 && { undo: `un-${id}` }),
    ...((of.gate > 0 || of.kind === "approve") && { gate: gate(Math.max(1, of.gate)) }),
    ...(of.banner && { banner: "mind" }),
    ...(of.until !== null && { until: `s${of.until % count}` }),
  };
  return { step, others: [...verify, ...undo] };
}

function batchesOf(names: readonly string[], size: number): string[][] {
  const batches: string[][] = [];
  for (let at = 0; at < names.length; at += size) batches.push(names.slice(at, at + size));
  return batches;
}

/** 1–4 targets, 1–8 steps. */
export const anyPlan: fc.Arbitrary<Plan> = fc
  .record({
    steps: fc.array(anyStep, { minLength: 1, maxLength: 8 }),
    targets: fc.integer({ min: 1, max: 4 }),
    batch: fc.integer({ min: 1, max: 4 }),
    parallel: fc.integer({ min: 1, max: 3 }),
    maxFailures: fc.integer({ min: 0, max: 2 }),
    automation: fc.constantFrom("assist", "guarded", "auto"),
    gate: fc.constantFrom(0, 0, 0, 1, 2),
    rehearsal: fc.constantFrom(false, false, false, true),
  })
  .map((of) => {
    const made = of.steps.map((step, index) => stepsOf(step, index, of.steps.length));
    const targets = ["a", "b", "c", "d"].slice(0, of.targets);
    return planOf({
      steps: made.map(({ step }) => stepOf(step)),
      others: made.flatMap(({ others }) => others),
      targets,
      batches: batchesOf(targets, of.batch),
      parallel: of.parallel,
      maxFailures: of.maxFailures,
      automation: of.automation,
      rehearsal: of.rehearsal,
      ...(of.gate > 0 && { gate: gate(of.gate) }),
    });
  });
