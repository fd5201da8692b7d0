import { join } from "node:path";
import type { EvidenceEvent, Verification } from "../model/evidence.ts";
import { checkApprovers } from "./approval/approvers.ts";
import { checkAttachments, checkPlace, checkSubjects, openStatement, readFiles, type Files } from "./directory.ts";
import { readCanonical } from "./canonical.ts";
import { countersigned } from "./countersign.ts";
import { open } from "./dsse.ts";
import { readEnv, type Env } from "./env.ts";
import { checkInclusion } from "./inclusion.ts";
import { judgeLimits } from "./limits/index.ts";
import { worstVerdict } from "./limits/kind.ts";
import { checkPins } from "./pins.ts";
import { readPlain, textOf } from "./disk.ts";
import { FILES } from "./record.ts";
import { recompute } from "./recompute.ts";
import type { Recomputed } from "./recompute/recomputed.ts";
import { reason, Refusal, type Reason } from "./refusal.ts";
import { canonical } from "./canonical.ts";
import { objectOf } from "./shape.ts";
import { testResultOf, type Predicate, type Statement } from "./statement.ts";
import type { Signer } from "./signers.ts";
import type { Demands } from "./demands.ts";

export const refused = (error: unknown): Verification => {
  if (!(error instanceof Refusal)) throw error;
  return { verdict: "refused", reasons: [error.reason], measured: {}, signedBy: null, logged: false };
};

/**
 * Verifies one evidence directory, believing nothing in it but what a trusted key signed: digests of every file, the
 * verdict recomputed from the events, agreement of the files with each other, the log, then the demands. Never throws
 * for what the directory contains.
 */
export function verifyDirectory(directory: string, demands: Demands): Verification {
  try {
    return verified(directory, demands);
  } catch (error) {
    return refused(error);
  }
}

function verified(directory: string, demands: Demands): Verification {
  const { trust, limits, pins } = demands;
  const files = readFiles(directory);
  const { statement, signer } = openStatement(files, directory, trust.signers);
  checkPlace(directory, statement.predicate.path, demands.roots);
  checkSubjects(files, statement);
  const { predicate } = statement;
  const events = eventsOf(files);
  const judged = recompute(predicate.kind, events, predicate.mode);
  checkAttachments(directory, statement, judged.attachments);
  const uncounted = judged.counts?.((file) => readPlain(join(directory, file), file)) ?? [];
  const env = readEnv(textOf(files.get(FILES.env)!, FILES.env), FILES.env);
  checkAgreement(statement, events, judged, env, files);
  checkTestResult(files, statement, judged, trust.signers);
  const inclusion = checkInclusion(directory, files, predicate, demands);
  // The events of a run tell more of its fault than a key can.
  const measures = judgeLimits(env, judged.fault ? { ...limits, requireFaultStep: false } : limits);
  const faults = judged.fault?.(limits) ?? [];
  const approvers = checkApprovers(judged.approvals ?? { given: [], people: [] }, demands.people, {
    signers: trust.signers,
    keysOnly: demands.keysOnly,
  });
  const others = countersigned(directory, files.get(FILES.statement)!, demands.people);
  const restated = restatedOf(events);
  const pinned = checkPins(predicate, pins, restated?.measured);
  const doubts = [...pinned, ...uncounted, ...approvers.doubts, ...tooFew(1 + others.by.length, demands.signatures)];
  const verdict = worstVerdict([
    judged.verdict,
    measures.verdict,
    ...faults.map((found) => found.verdict),
    ...doubts.map(() => "inconclusive" as const),
  ]);
  return {
    verdict,
    reasons: [
      ...(judged.verdict === "pass" ? [] : [reason(`verdict-${judged.verdict}`)]),
      ...measures.reasons,
      ...faults.map((found) => found.reason),
      ...doubts,
      ...(trust.note ? [trust.note] : []),
      ...inclusion.notes,
      ...approvers.notes,
      ...others.notes,
      ...(restated ? [reason("restated", { run: restated.run })] : []),
      ...(predicate.book.dirty ? [reason("dirty-book")] : []),
    ],
    measured: {
      ...counts(judged),
      ...measures.measured,
      run: predicate.run,
      host: predicate.host,
      ended: predicate.ended,
    },
    signedBy: `${signer.name} ${signer.key.id.slice(0, 16)}`,
    logged: true,
    ...(others.by.length > 0 && {
      countersignedBy: others.by.map(({ person, fingerprint }) => `${person} ${fingerprint}`),
    }),
  };
}

/** A second pair of eyes that was asked for and is not there. */
const tooFew = (has: number, wanted = 1): readonly Reason[] =>
  has >= wanted ? [] : [reason("signatures-few", { has, wanted })];

function eventsOf(files: Files): readonly EvidenceEvent[] {
  const text = textOf(files.get(FILES.events)!, FILES.events);
  if (!text.endsWith("\n")) throw new Refusal("events-order", { line: text.split("\n").length });
  const lines = text.slice(0, -1).split("\n");
  return lines.map((line, index) => readCanonical(line, FILES.events, index + 1) as EvidenceEvent);
}

/** Of a run that answers an earlier one: that run, and when the oldest of its restated readings was measured. */
function restatedOf(
  events: readonly EvidenceEvent[],
): { readonly run: string; readonly measured?: number } | undefined {
  const run = events[0]!.data["answers"];
  if (typeof run !== "string") return undefined;
  const moments = events.flatMap(({ type, data }) => (type === "reading" ? [Number(data["at"])] : []));
  // A restated reading without its moment counts as never measured: unknown is not fresh.
  const known = moments.map((at) => (Number.isFinite(at) ? at : 0));
  return known.length === 0 ? { run } : { run, measured: Math.min(...known) };
}

const counts = ({ items, measured }: Recomputed): Record<string, number> => {
  const of = (outcome: string): number => items.filter((item) => item.outcome === outcome).length;
  const outcomes = ["pass", "warn", "fail", "unknown", "open"] as const;
  return { items: items.length, ...measured, ...Object.fromEntries(outcomes.map((outcome) => [outcome, of(outcome)])) };
};

/** The same fact in several files must be the same fact. Each pair: where it stands, what it says, what is so. */
function checkAgreement(
  { predicate }: Statement<Predicate>,
  events: readonly EvidenceEvent[],
  judged: Recomputed,
  env: Env,
  files: Files,
): void {
  const result = objectOf(readCanonical(textOf(files.get(FILES.json)!, FILES.json), FILES.json), FILES.json);
  const started = events[0]!.data;
  const same = (where: string, said: unknown, is: string | boolean | null): void => {
    if (said !== undefined && said !== is)
      throw new Refusal("verdict-disagrees", { where, said: canonical(said), is: canonical(is) });
  };
  same(FILES.statement, predicate.verdict, judged.verdict);
  same(FILES.env, env.get("VERDICT"), judged.verdict);
  same(FILES.json, result["verdict"], judged.verdict);
  same(`${FILES.env} RUN_ID`, env.get("RUN_ID"), predicate.run);
  same(`${FILES.json} id`, result["id"], predicate.run);
  same(`${FILES.events} run.started`, started["id"], predicate.run);
  same(`${FILES.events} host`, started["host"], predicate.host);
  same(`${FILES.events} book`, started["book"], predicate.book.digest);
  same(`${FILES.events} commit`, started["commit"], predicate.book.commit);
  same(`${FILES.env} HOST`, env.get("HOST"), predicate.host);
  same(`${FILES.env} MANUAL_DIGEST`, env.get("MANUAL_DIGEST"), predicate.book.digest);
  same(`${FILES.env} MANUAL_COMMIT`, env.get("MANUAL_COMMIT"), predicate.book.commit ?? "none");
  same(`${FILES.env} ENDED_UTC`, env.get("ENDED_UTC"), predicate.ended);
  same(`${FILES.env} DRY_RUN`, env.get("DRY_RUN"), String(predicate.mode === "dry-run"));
  judged.check?.(env, result);
  if (!env.has("RUN_ID")) throw new Refusal("key-missing", { key: "RUN_ID" });
  const items = result["items"];
  if (!Array.isArray(items)) return;
  const listed = items.map((item: { id?: unknown; outcome?: unknown } | null) => ({
    id: item?.id,
    outcome: item?.outcome,
  }));
  same(`${FILES.json} items`, canonical(listed), canonical(judged.items));
}

/** The second envelope says nothing that the first one and the events do not say. */
function checkTestResult(
  files: Files,
  statement: Statement<Predicate>,
  judged: Recomputed,
  trusted: readonly Signer[],
): void {
  const { payload } = open(textOf(files.get(FILES.testResult)!, FILES.testResult), FILES.testResult, trusted);
  if (canonical(payload) !== canonical(testResultOf(statement, judged.items)))
    throw new Refusal("verdict-disagrees", { where: FILES.testResult, said: "?", is: judged.verdict });
}
