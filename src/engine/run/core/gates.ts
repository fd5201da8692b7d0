import type { Entry } from "../../../model/journal.ts";
import { PLAN_GATE, type Gate } from "../../../model/gate.ts";
import { failByGate, pending } from "./failure.ts";
import { inner, type Mutable, type View } from "./inner.ts";
import type { GateView } from "./view.ts";

type Of<T extends Entry["type"]> = Extract<Entry, { type: T }>;

/** What stands before the current stage. */
export type Barrier =
  | { readonly kind: "gate"; readonly gate: string; readonly of: Gate }
  | { readonly kind: "key"; readonly step: string; readonly batch: number };

export const keyOf = (step: string, batch: number): string => `${step}\n${batch}`;

/** The gate of this name; undefined when the plan has none. */
export function gateOf(view: View, gate: string): Gate | undefined {
  const { shape } = inner(view);
  return gate === PLAN_GATE ? shape.plan.gate : shape.specs.get(gate)?.step.gate;
}

/** What must be had before the next task of the current stage begins: plan's gate, step's gate, key; in this order. */
export function barrier(view: View): Barrier | undefined {
  const run = inner(view);
  const stage = run.shape.stages[run.stage];
  if (!stage || run.halt || run.left === 0) return undefined;
  const { spec, batch } = stage;
  const { plan } = run.shape;
  if (!plan.gate && !spec.step.gate && !spec.keyed) return undefined;
  const has = (gate: string): boolean => run.gates.get(gate)?.state === "given";
  const missing: Barrier | undefined =
    spec.changes && plan.gate && !has(PLAN_GATE)
      ? { kind: "gate", gate: PLAN_GATE, of: plan.gate }
      : spec.step.gate && !has(spec.step.id)
        ? { kind: "gate", gate: spec.step.id, of: spec.step.gate }
        : spec.keyed && !run.keys.has(keyOf(spec.step.id, batch))
          ? { kind: "key", step: spec.step.id, batch }
          : undefined;
  return missing && !pending(view).next().done ? missing : undefined;
}

/** A question is put; one that stands or was answered with yes is not put again. */
export function onAsked(view: View, entry: Of<"approval.asked">, at: number): void {
  const run = inner(view);
  const { gate, expires } = entry;
  const state = run.gates.get(gate)?.state;
  if (state === "asked" || state === "given") return;
  const quorum = Math.max(1, gateOf(view, gate)!.quorum);
  const asked: Mutable<GateView> = { gate, state: "asked", asked: at, expires, quorum, given: [] };
  run.gates.set(gate, asked);
  view.gates = [...view.gates, asked];
}

const open = (view: View, gate: string): Mutable<GateView> | undefined => {
  const found = inner(view).gates.get(gate);
  return found?.state === "asked" ? found : undefined;
};

/** A yes counts once per person, in time, and not from the requester unless the gate lets them. */
export function onGiven(view: View, entry: Of<"approval.given">, at: number): void {
  const gate = open(view, entry.gate);
  if (!gate || at >= gate.expires) return;
  const asked = entry.by === view.by || view.requesters?.includes(entry.by) === true;
  if (asked && !gateOf(view, entry.gate)!.requesterMay) return;
  if (gate.given.some((one) => one.by === entry.by)) return;
  gate.given = [...gate.given, { by: entry.by, at }];
  if (gate.given.length < gate.quorum) return;
  gate.state = "given";
  inner(view).since = at;
}

/** One no is enough. */
export function onRejected(view: View, entry: Of<"approval.rejected">, at: number): void {
  const gate = open(view, entry.gate);
  if (!gate) return;
  gate.state = "rejected";
  gate.rejected = { by: entry.by, reason: entry.reason, at };
  if (!inner(view).halt) failByGate(view, gate.gate, "approval-rejected");
}

export function onExpired(view: View, entry: Of<"approval.expired">): void {
  const gate = open(view, entry.gate);
  if (!gate) return;
  gate.state = "expired";
  if (!inner(view).halt) failByGate(view, gate.gate, "approval-expired");
}
