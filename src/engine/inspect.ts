import type { DutyRecord } from "../model/duty.ts";
import type { EvidencePlace } from "../model/evidence.ts";
import type { Inspection } from "../model/inspection.ts";
import { WatchbookError } from "../model/error.ts";
import { isUnwritten } from "../store/refusal.ts";
import type { House, OpenBook } from "./house.ts";
import { claim } from "./inspect/claim.ts";
import { findDuty } from "./inspect/find.ts";
import { look } from "./inspect/look.ts";
import type { InspectOptions } from "./inspect/look.ts";
import { closeRun } from "./inspect/recover.ts";
import { publish } from "./inspect/publish.ts";
import { settle } from "./inspect/settle.ts";
import { Trace } from "./inspect/trace.ts";
import { notKept, unkept } from "./inspect/unkept.ts";

export { answer, openRun } from "./inspect/answer.ts";
export type { AnswerRequest, GivenAnswer } from "./inspect/answer.ts";
export { findDuty } from "./inspect/find.ts";
export type { InspectOptions, Progress } from "./inspect/look.ts";
export { needsPerson } from "./inspect/items.ts";
export type { Answer } from "./inspect/items.ts";
export { published } from "./inspect/keys.ts";
export { recover } from "./inspect/recover.ts";

/** What an inspection gives. */
export interface Seen {
  readonly inspection: Inspection;
  /** Absolute path of the report's Markdown; absent when it could not be written. */
  readonly report: string | undefined;
  readonly evidence: EvidencePlace | undefined;
  /** Why the evidence or the report could not be written: the result is in the store, the next start tries again. */
  readonly problems: readonly WatchbookError[];
}

/** What an inspection gives that has its record. */
export interface InspectionResult extends Seen {
  readonly record: DutyRecord;
}

/**
 * Does one duty now: claims its period, runs its checks (bounded in time and number), asks the person what no machine
 * can judge, commits the result in one piece, then writes evidence and report. One record exists per duty and period,
 * whatever restarts or two operators do; a second run becomes a second section of the same report.
 *
 * Throws WatchbookError for what stops it before anything is measured (DUTY-UNKNOWN, CLOCK-BEHIND, PERIOD-NOT-NOW, a
 * store that refuses). Evidence or a report that cannot be written is told in `problems`.
 */
export async function inspect(
  house: House,
  open: OpenBook,
  dutyName: string | undefined,
  options: InspectOptions,
): Promise<InspectionResult> {
  const duty = findDuty(open.book, dutyName);
  if (duty.run) throw new WatchbookError("DUTY-IS-BACKUP", { duty: duty.id, name: duty.id.replace(/^backup-/, "") });
  const claimed = await claim(house, open, duty, { by: options.by, period: options.period });
  const trace = new Trace(house.clock);
  let inspection: Inspection;
  try {
    inspection = await look(house, open, duty, claimed, options, trace);
  } catch (error) {
    // A bug, or a store that refuses: the duty is given back at once rather than at the next start, which does it
    // where the store refuses that too. What happened first is what is told, unless the second is a bug.
    await closeRun(house, open, claimed.record, claimed.run).catch((second: unknown) => {
      if (!(second instanceof WatchbookError)) throw second;
    });
    throw error;
  }
  let record: DutyRecord;
  try {
    record = await settle(house, inspection, trace.events());
  } catch (error) {
    if (!(error instanceof WatchbookError)) throw error;
    // The disk that was inspected may be the one that is full: what was seen is told although nothing can be kept.
    return { ...nowhere(inspection, notKept(house, error)), record: claimed.record };
  }
  try {
    const { report, evidence, problems } = await publish(house, open, inspection);
    return { inspection, record, report, evidence, problems };
  } catch (error) {
    if (!(error instanceof WatchbookError)) throw error;
    return { ...nowhere(inspection, error), record };
  }
}

const nowhere = (inspection: Inspection, problem: WatchbookError): Seen => ({
  inspection,
  report: undefined,
  evidence: undefined,
  problems: [problem],
});

/**
 * As `inspect`; where the disk takes nothing (`refused` when that is known already) it measures nevertheless, changes no
 * state, and gives what was seen with the problem INSPECTION-NOT-KEPT.
 */
export async function inspectAnyway(
  house: House,
  open: OpenBook,
  dutyName: string | undefined,
  options: InspectOptions,
  refused?: WatchbookError,
): Promise<Seen> {
  let why = refused;
  try {
    if (why === undefined) return await inspect(house, open, dutyName, options);
  } catch (error) {
    if (!isUnwritten(error) || options.signal.aborted) throw error;
    why = error;
  }
  return nowhere(await unkept(house, open, findDuty(open.book, dutyName), options), notKept(house, why));
}
