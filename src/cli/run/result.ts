import { reasonLines, remarkLines } from "../../api/view/run.ts";
import type { RunShown } from "../../engine/run/control/shown.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, type Exit } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import { isEnded } from "../../model/run.ts";
import { verifyLine } from "../../report/inspection/index.ts";
import type { Call } from "../verb.ts";
import { waitLines, waitsSaid } from "./waits.ts";

/** Whether it failed only because targets could not be reached. */
function isUnreachable({ view }: RunShown): boolean {
  const failed = view.tasks.filter(({ state }) => state === "failed" || state === "undo-failed");
  return failed.length > 0 && failed.every(({ end }) => end?.ending === "unreachable");
}

/** 0 done and seen to be · 2 the same, but the evidence could not be written · 3 anything else that ended · 4 for want of a target · 5 a person is waited for. */
export function exitOf(run: RunShown, interrupted: boolean): Exit {
  const { state } = run.record;
  const { verdict } = run.verdict;
  if (interrupted) return EXIT.interrupted;
  if (!isEnded(state)) return EXIT.waiting;
  const isGood = state === "done" && (verdict === "pass" || verdict === "rehearsal");
  if (!isGood) return isUnreachable(run) ? EXIT.unreachable : EXIT.failed;
  return run.record.evidence === undefined ? EXIT.input : EXIT.ok;
}

/** What `run --execute --json` ends with. */
export function resultJson(call: Call, run: RunShown, lang: Lang, zone: string): unknown {
  const { record, verdict, steps } = run;
  const waits = waitsSaid(call, run, lang, zone);
  return {
    run: record.id,
    runbook: record.runbook,
    env: record.environment,
    planDigest: record.digest,
    state: record.state,
    verdict: isEnded(record.state) ? verdict.verdict : null,
    reasons: reasonLines(run, lang),
    remarks: remarkLines(run, lang),
    steps,
    waits,
    evidence: record.evidence ?? null,
  };
}

/** How it ended, why, and where the proof lies; or what it waits for and how to answer that. */
export function resultLines(call: Call, run: RunShown, lang: Lang, zone: string): readonly string[] {
  const { said, verdicts } = texts(lang).run;
  const { record } = run;
  if (!isEnded(record.state)) return waitLines(waitsSaid(call, run, lang, zone), lang);
  const state = texts(lang).runs.states[record.state];
  const reasons = reasonLines(run, lang);
  const remarks = remarkLines(run, lang);
  const { evidence } = record;
  const where = { root: call.book, data: call.data };
  return [
    format(said.ended, { state, verdict: verdicts[run.verdict.verdict] }),
    ...(reasons.length === 0 ? [] : [said.reasons, ...reasons.map((line) => `  ${line}`)]),
    ...(remarks.length === 0 ? [] : [said.remarks, ...remarks.map((line) => `  ${line}`)]),
    ...(evidence === undefined
      ? [said.noEvidence]
      : [format(said.evidence, { path: evidence }), format(said.verify, { command: verifyLine(evidence, where) })]),
  ];
}
