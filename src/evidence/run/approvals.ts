import { APPROVAL_NAMESPACE, CONSOLE_NAMESPACE, PLAN_GATE, type Gate } from "../../model/gate.ts";
import type { Entry } from "../../model/journal.ts";
import { readApproval, readConsoleApproval } from "../approval/text.ts";
import { verifySsh } from "../approval/verify.ts";
import { Flaw } from "../approval/wire.ts";
import { Refusal } from "../refusal.ts";
import { changes, type BoundPlan } from "./plan.ts";
import type { Timed } from "./shape.ts";

/** A yes that counted, its signature verified with the key inside it. Whose key that is must still be asked. */
export interface Approved {
  readonly gate: string;
  readonly by: string;
  /** Roles that the gate asks for; empty: any. */
  readonly roles: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `SHA256:…` */
  readonly fingerprint: string;
  /** The public key in SSH's own form, base64. */
  readonly key: string;
  /** Present: the server's key, on behalf of somebody who was signed in by these methods. */
  readonly console?: string;
  /** Name that was given by whoever asked for the run, when nobody knows who that was: it may be the same person. */
  readonly anonymous?: string;
}

/** What approvals are about. */
export interface Asked {
  readonly run: string;
  /** Digest of the plan. */
  readonly digest: string;
  readonly requester: string;
  /** Those who asked by their account or token; empty: nobody knows who asked. Absent: nobody looked. */
  readonly requesters?: readonly string[];
}

interface Open {
  readonly of: Gate;
  state: "asked" | "given" | "no";
  expires: number;
  given: Approved[];
}

const gateOf = (plan: BoundPlan, gate: string): Gate => {
  const found = gate === PLAN_GATE ? plan.gate : plan.steps.find(({ id }) => id === gate)?.gate;
  if (!found) throw new Refusal("events-missing", { what: "gate", key: gate });
  return found;
};

/** The signature of one yes, over exactly this question. */
function signed(
  asked: Asked,
  entry: Extract<Entry, { type: "approval.given" }>,
): Pick<Approved, "fingerprint" | "key" | "console"> {
  const { gate, by, text, signature, via } = entry;
  const vouched = via === "console" ? readConsoleApproval(text) : undefined;
  const said = via === "console" ? vouched : readApproval(text);
  const about = said?.run === asked.run && said.gate === gate && said.digest === asked.digest && said.person === by;
  if (!about) throw new Refusal("approval-other", { gate, by });
  try {
    const { key, fingerprint } = verifySsh(text, signature, vouched ? CONSOLE_NAMESPACE : APPROVAL_NAMESPACE);
    return { fingerprint, key: key.toString("base64"), ...(vouched && { console: vouched.methods }) };
  } catch (error) {
    if (!(error instanceof Flaw)) throw error;
    throw new Refusal("approval-forged", { gate, by, flaw: error.code });
  }
}

function onGiven(asked: Asked, open: Open, entry: Extract<Entry, { type: "approval.given" }>, at: number): void {
  const { gate, by } = entry;
  const { requester, requesters = [] } = asked;
  if (at >= open.expires || ([requester, ...requesters].includes(by) && !open.of.requesterMay)) return;
  if (open.given.some((one) => one.by === by)) return;
  const unknown = asked.requesters?.length === 0 && !open.of.requesterMay && { anonymous: requester };
  const one = { gate, by, roles: open.of.roles, at, ...signed(asked, entry), ...unknown };
  // The server signs for many; a key of one's own is one person's.
  if (open.given.some(({ key }) => key === one.key && !one.console))
    throw new Refusal("approval-same-key", { gate, by });
  open.given.push(one);
  if (open.given.length >= Math.max(1, open.of.quorum)) open.state = "given";
}

/** Nothing that needs an approval begins before it was given. */
function checkIntent(plan: BoundPlan, open: ReadonlyMap<string, Open>, id: string): void {
  const step = plan.steps.find((one) => one.id === id)!;
  const needed = [...(plan.gate && changes(plan, step) ? [PLAN_GATE] : []), ...(step.gate ? [id] : [])];
  for (const gate of needed)
    if (open.get(gate)?.state !== "given") throw new Refusal("approval-missing", { gate, step: id });
}

/**
 * The approvals that counted, each signed over this run, gate, plan and person. Refuses a signature that does not hold,
 * one key under two names, and a step that began without the approval it needs. Call it with steps the plan has.
 */
export function approvalsOf(plan: BoundPlan, asked: Asked, journal: readonly Timed[]): readonly Approved[] {
  const open = new Map<string, Open>();
  for (const { entry, wall } of journal) {
    if (entry.type === "intent" && entry.purpose === "do") checkIntent(plan, open, entry.step);
    if (!("gate" in entry)) continue;
    const { gate } = entry;
    const of = gateOf(plan, gate);
    const now = open.get(gate);
    if (entry.type === "approval.asked") {
      if (now?.state !== "asked" && now?.state !== "given")
        open.set(gate, { of, state: "asked", expires: entry.expires, given: [] });
    } else if (now?.state !== "asked") continue;
    else if (entry.type === "approval.given") onGiven(asked, now, entry, wall);
    else now.state = "no";
  }
  return [...open.values()].flatMap(({ given }) => given);
}
