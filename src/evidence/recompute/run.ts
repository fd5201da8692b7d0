import { FAULT_STEP } from "../limits/steps.ts";
import { reason } from "../refusal.ts";
import { attachmentsOf } from "../run/attachments.ts";
import { checkRunFacts, itemsOf } from "../run/facts.ts";
import { judgeRun, type RunJudged } from "../run/judge.ts";
import { ledgersDoubts, ledgersOf, type LedgerClaims } from "../run/ledger.ts";
import { outcomeOf } from "../run/tasks.ts";
import type { EvidenceKind, FaultFound } from "./recomputed.ts";

/** Where a fault is asked for, one must be there under its own name, must have bitten, and must be gone. */
function faultFound({ fault }: RunJudged): readonly FaultFound[] {
  if (!fault) return [{ verdict: "inconclusive", reason: reason("no-fault-step", { step: FAULT_STEP }) }];
  return [
    ...(fault.bit ? [] : [{ verdict: "inconclusive", reason: reason("fault-not-bit") } as const]),
    ...(fault.removed ? [] : [{ verdict: "fail", reason: reason("fault-left") } as const]),
  ];
}

const claimsOf = ({ outputs, tasks }: RunJudged): LedgerClaims => ({
  outputs,
  done: tasks.filter((task) => outcomeOf(task) === "pass").map(({ step }) => step.kind),
});

/** Runs and drills: a drill is a run with objectives. */
export const run: EvidenceKind = {
  boots: ["run.taken"],
  recompute: (events, mode) => {
    const judged = judgeRun(events, mode);
    return {
      verdict: judged.verdict,
      items: itemsOf(judged),
      measured: { steps: judged.steps.length, approvals: judged.approvals.length, seconds: judged.seconds },
      check: (env, result) => checkRunFacts(judged, env, result),
      fault: ({ requireFaultStep }) => (requireFaultStep ? faultFound(judged) : []),
      attachments: [...attachmentsOf(judged.journal), ...ledgersOf(judged.journal)],
      counts: (bytesOf) => ledgersDoubts(claimsOf(judged), bytesOf),
      approvals: { given: judged.approvals, people: judged.people },
    };
  },
};
