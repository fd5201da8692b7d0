import { reason, type Reason } from "../refusal.ts";
import type { Approved } from "../run/approvals.ts";
import type { Signer } from "../signers.ts";
import { sshLineOf } from "../key.ts";
import { keyOf, type Approver } from "./judge.ts";

/** Whoever asks: persons and keys that are believed. */
interface Asker {
  readonly people: readonly Approver[];
  readonly signers: readonly Signer[];
  /** What a server signed for somebody does not count. */
  readonly keysOnly: boolean;
}

const isOf = ({ key, after = 0, before = Infinity }: Signer, blob: string, at: number): boolean =>
  sshLineOf(key).endsWith(` ${blob}`) && at >= after && at <= before;

/** Whose key signed, and may that person? Undefined when all is well. */
function doubtOf({ by, gate, key, roles, at, console }: Approved, asker: Asker): Reason | undefined {
  const person = asker.people.find(({ id }) => id === by);
  if (!person) return reason("approver-unknown", { by, gate });
  if (console !== undefined) {
    if (asker.keysOnly) return reason("approver-console", { by, gate });
    if (!asker.signers.some((one) => isOf(one, key, at))) return reason("approver-server", { by, gate });
  } else if (keyOf(person)?.toString("base64") !== key) return reason("approver-key", { by, gate });
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
  { signers, keysOnly = false }: { readonly signers: readonly Signer[]; readonly keysOnly?: boolean | undefined },
): { readonly doubts: readonly Reason[]; readonly notes: readonly Reason[] } {
  return {
    doubts: given.flatMap((one) => doubtOf(one, { people: known ?? people, signers, keysOnly }) ?? []),
    notes: [
      ...(given.length > 0 && !known ? [reason("approvers-own")] : []),
      ...given.flatMap(({ by, gate, anonymous }) =>
        anonymous === undefined ? [] : [reason("requester-unknown", { by, gate, name: anonymous })],
      ),
      ...given.flatMap(({ by, gate, console: methods }) =>
        methods === undefined ? [] : [reason("approval-console", { by, gate, methods })],
      ),
    ],
  };
}
