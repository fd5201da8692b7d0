import { ROLES_OF } from "../../model/access.ts";
import type { Book } from "../../model/book.ts";
import type { Person } from "../../model/config.ts";
import type { DrillSpec } from "../../model/drill.ts";
import type { Gate } from "../../model/gate.ts";
import type { Automation, PlanStep } from "../../model/plan.ts";
import type { Environment } from "../../model/policy.ts";
import type { GateSpec, Rollout } from "../../model/runbook-spec.ts";
import type { MissingList } from "./missing.ts";

/** How long an unanswered question stands by default. */
const DAY_MS = 86_400_000;

/** A gate with its defaults: any person with a key, one of them, a day, not the requester. */
export const gateOf = (spec: GateSpec = {}): Gate => ({
  roles: spec.roles ?? [],
  quorum: spec.quorum ?? 1,
  expiresMs: spec.expiresMs ?? DAY_MS,
  requesterMay: spec.requesterMay ?? false,
});

export interface GateParts {
  readonly book: Book;
  readonly automation: Automation;
  readonly environment: Environment | undefined;
  readonly rollout: Rollout;
  readonly steps: readonly PlanStep[];
  /** It is a drill that can be felt. */
  readonly drills: boolean;
  readonly drill: DrillSpec | undefined;
}

/**
 * Approval before the first change: the one that is declared; else one by anybody with a key where the environment is
 * protected, something is changed, and the posture is guarded or the manual's gate for changes is enforced. A drill there always
 * needs one: nobody breaks something in production alone.
 */
export function planGate({
  book,
  automation,
  environment,
  rollout,
  steps,
  drills,
  drill,
}: GateParts): Gate | undefined {
  const { approval } = rollout;
  if (drills && environment?.protected === true) return gateOf(drill?.approval ?? (approval === false ? {} : approval));
  if (approval !== undefined) return approval === false ? undefined : gateOf(approval);
  if (environment?.protected !== true || steps.every(({ risk }) => risk === "read")) return undefined;
  const enforced = book.gates.some(({ kind, state }) => kind === "manual-approval" && state === "declared");
  return automation === "guarded" || enforced ? gateOf() : undefined;
}

/**
 * A destructive step in a protected environment has an approval of its own in posture guarded, unless two people agree to
 * the whole plan or the book says that the run needs no approval.
 */
export function stepGate(
  step: PlanStep,
  plan: Gate | undefined,
  { automation, environment, rollout }: GateParts,
): PlanStep {
  const wanted =
    step.gate === undefined &&
    step.risk === "destructive" &&
    (step.kind !== "manual" || step.byHand !== undefined) &&
    environment?.protected === true &&
    automation === "guarded" &&
    rollout.approval !== false &&
    (plan?.quorum ?? 0) < 2;
  return wanted ? { ...step, gate: gateOf() } : step;
}

/** Whether a person can say yes at all: with a key of their own, or signed in at the console where that counts. */
const canApprove = ({ key, access = [] }: Person, { approvals }: Book["config"]): boolean =>
  key !== undefined || (approvals !== "keys-only" && access.some(({ role }) => ROLES_OF["run.approve"].includes(role)));

/** A gate that nobody of the book could open is missing something: people of those roles who can approve. */
export function judgeGate(gate: Gate, book: Book, missing: MissingList, step?: string): void {
  const able = book.config.people.filter(
    (person) =>
      canApprove(person, book.config) &&
      (gate.roles.length === 0 || person.roles.some((role) => gate.roles.includes(role))),
  );
  if (able.length >= gate.quorum) return;
  const args = { roles: gate.roles.join(", ") || "–", quorum: gate.quorum, able: able.length };
  missing.add("nobody-approves", args, step === undefined ? {} : { step });
}
