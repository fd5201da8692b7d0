import { judgeApproval, type Approver, type Question } from "../../../evidence/approval/judge.ts";
import { EXIT, WatchbookError } from "../../../model/error.ts";
import { approvalText, PLAN_GATE, type Approval } from "../../../model/gate.ts";
import type { Entry } from "../../../model/journal.ts";
import { utc } from "../../../model/time.ts";
import type { RunNow } from "../runner.ts";

/** The approvals that a run waits for now, each with all that a yes is judged by; empty when it waits for none. */
export function questionsOf({ record, plan, view }: RunNow): readonly Question[] {
  return view.gates
    .filter(({ state }) => state === "asked")
    .flatMap(({ gate, expires, given }) => {
      const of = gate === PLAN_GATE ? plan.gate : plan.steps.find(({ id }) => id === gate)?.gate;
      if (!of) throw new TypeError(`plan ${plan.digest} has no gate ${gate}`);
      const agreed = given.map(({ by }) => by);
      const asked = { requester: record.by, ...(view.requesters && { requesters: view.requesters }) };
      return [{ run: record.id, gate, digest: plan.digest, of, ...asked, expires, agreed }];
    });
}

/** The bytes that `person` signs to agree. */
export const textFor = ({ run, gate, digest }: Question, person: string): string =>
  approvalText({ run, gate, digest, person });

/**
 * The journal's entry for a yes that counts at `now` (milliseconds since the epoch). Rejects any other with WatchbookError
 * APPROVAL-…: strangers, the requester, wrong roles, one person or one key twice, too late, another run, gate, plan or
 * person in the text, a signature that does not hold.
 */
export function approvalEntry(
  question: Question,
  people: readonly Approver[],
  given: Approval,
  now: number,
): Extract<Entry, { type: "approval.given" }> {
  const judged = judgeApproval(question, people, given, now);
  if (!judged.ok) {
    const args = judged.code === "expired" ? { ...judged.args, until: utc(question.expires) } : judged.args;
    throw new WatchbookError(`APPROVAL-${judged.code.toUpperCase()}`, args, { exit: EXIT.input });
  }
  const { by, signature, text, via } = given;
  return { type: "approval.given", gate: question.gate, by, signature, text, ...(via && { via }) };
}
