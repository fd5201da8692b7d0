import { createHash } from "node:crypto";
import { canonical } from "../../evidence/canonical.ts";
import type { Plan, PlanStep } from "../../model/plan.ts";

/** A step without where it stands in the manual. */
function bare(step: PlanStep): Omit<PlanStep, "source"> {
  const { source: _, ...rest } = step;
  return rest;
}

/**
 * `sha256:…` over the canonical JSON (RFC 8785) of everything that a run does: neither where it stands in the manual nor
 * what is missing, who asked for it how, and from which book it was made.
 */
export function digestOf(plan: Omit<Plan, "digest">): string {
  const { missing: _m, book: _b, request: _r, steps, others, ...rest } = plan;
  const bound = { ...rest, steps: steps.map(bare), others: others.map(bare) };
  return `sha256:${createHash("sha256").update(canonical(bound)).digest("hex")}`;
}
