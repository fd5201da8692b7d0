import { reason, type Reason } from "../refusal.ts";
import type { Approved } from "../run/approvals.ts";
import { keyOf, type Approver } from "./judge.ts";

/** Whose key signed, and may that person? Undefined when all is well. */
function doubtOf({ by, gate, key, roles }: Approved, people: readonly Approver[]): Reason | undefined {
  const person = people.find(({ id }) => id === by);
  if (!person) return reason("approver-unknown", { by, gate });
  if (keyOf(person)?.toString("base64") !== key) return reason("approver-key", { by, gate });
  const fits = roles.length === 0 || roles.some((role) => person.roles.includes(role));
  return fits ? undefined : reason("approver-role", { by, gate, roles: roles.join(", ") });
}

/**
 * The approvals of a run against the people that the asker knows (`known`: those of the book that is asked with); without
 * any, against those the evidence itself names, which is said in `notes`. What is in `doubts` keeps a run from passing.
 */
export function checkApprovers(
  { given, people }: { readonly given: readonly Approved[]; readonly people: readonly Approver[] },
  known: readonly Approver[] | undefined,
): { readonly doubts: readonly Reason[]; readonly notes: readonly Reason[] } {
  return {
    doubts: given.flatMap((one) => doubtOf(one, known ?? people) ?? []),
    notes: given.length > 0 && !known ? [reason("approvers-own")] : [],
  };
}
