import type { Plan } from "../../model/plan.ts";

const written = new WeakMap<Plan, string>();

/** A plan as the store keeps it: written once, however many runs it has. */
export function planJson(plan: Plan): string {
  let json = written.get(plan);
  if (json === undefined) written.set(plan, (json = JSON.stringify(plan)));
  return json;
}
