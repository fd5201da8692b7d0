import type { Plan } from "./plan.ts";
import { RISKS, type Risk } from "./states.ts";

/** How much a plan reads and changes: numbers of steps by risk class, and of targets. */
export type PlanSummary = Readonly<Record<Risk, number>> & { readonly targets: number };

/** Counts the steps that are done; what verifies or undoes them is not counted. */
export function summaryOf(plan: Pick<Plan, "steps" | "targets">): PlanSummary {
  const count = (risk: Risk): number => plan.steps.filter((step) => step.risk === risk).length;
  const counts = Object.fromEntries(RISKS.map((risk) => [risk, count(risk)])) as Record<Risk, number>;
  return { ...counts, targets: plan.targets.length };
}
