import { FAULT_EXPIRED, type Entry, type Journalled } from "../../model/journal.ts";
import type { Plan, PlanStep } from "../../model/plan.ts";
import type { LastDone, RecordDemand, Records } from "../../model/records.ts";
import { isEnded } from "../../model/run.ts";
import type { House } from "../house.ts";
import { published } from "../inspect/keys.ts";

/** Doings of one runbook or duty that are looked through for the last that counts. */
const MOST = 1_000;

/** Evidence that is not written yet, or was never to be: a code of i18n `evidence.reasons`. */
const NO_EVIDENCE = "file-missing";

export interface RecordsParts {
  readonly house: Pick<House, "store" | "verify">;
  /** Absolute path of the book's root. */
  readonly root: string;
  readonly plan: Plan;
  readonly run: string;
}

type Outcome = Extract<Entry, { type: "outcome" }>;

/** What is known of a doing before its evidence is opened. */
interface Ended extends Pick<LastDone, "id" | "ended"> {
  readonly directory?: string;
}

async function lastRun({ house, plan }: RecordsParts, runbook: string, given?: string): Promise<Ended | undefined> {
  const environment = given ?? plan.environment;
  const runs = (await house.store.runs({ runbook, limit: MOST })).filter(
    (run) => isEnded(run.state) && !run.rehearsal && run.environment === environment,
  );
  const last = runs.reduce((one, other) => ((other.ended ?? 0) > (one?.ended ?? 0) ? other : one), runs[0]);
  if (!last) return undefined;
  const { id, ended = last.updated, evidence } = last;
  return { id, ended, ...(evidence !== undefined && { directory: evidence }) };
}

async function lastInspection({ house }: RecordsParts, duty: string): Promise<Ended | undefined> {
  const [last] = await house.store.inspections({ duty, limit: 1 });
  if (!last) return undefined;
  const { evidence } = await published(house.store, last.id);
  return { id: last.id, ended: last.ended, ...(evidence && { directory: evidence.directory }) };
}

/** What its signed evidence says of it now. */
async function proven({ house, root }: RecordsParts, done: Ended, fault: boolean): Promise<LastDone> {
  const { id, ended, directory } = done;
  if (directory === undefined || !house.verify) return { id, ended, verdict: "refused", why: NO_EVIDENCE };
  const { verdict, reasons } = await house.verify(root, directory, { requireFaultStep: fault });
  return { id, ended, verdict, why: verdict === "pass" ? "" : (reasons[0]?.code ?? "") };
}

const isWithin = (step: string, places: readonly string[]): boolean =>
  places.some((at) => step === at || step.startsWith(`${at}/`));

/** Steps of the run that are meant: one by its id, or those in whose place the runbook stands. */
const placesOf = ({ steps, parts = [] }: Plan, of: string): readonly string[] =>
  steps.some(({ id }) => isWithin(id, [of])) ? [of] : parts.filter(({ runbook }) => runbook === of).map(({ at }) => at);

/** The last outcome of each of a step's tasks. */
const endsOf = (journal: readonly Journalled[], step: PlanStep, purpose: Outcome["purpose"]): readonly Outcome[] => [
  ...new Map(
    journal
      .map(({ entry }) => entry)
      .filter((entry) => entry.type === "outcome" && entry.step === step.id && entry.purpose === purpose)
      .map((entry) => [(entry as Outcome).target, entry as Outcome]),
  ).values(),
];

const areWell = (ends: readonly Outcome[]): boolean => ends.length > 0 && ends.every(({ ending }) => ending === "ok");

/** The fault bit (its injection proves that) and was removed, not only over by itself. */
function bit(journal: readonly Journalled[], step: PlanStep): boolean {
  const removed = endsOf(journal, step, "undo");
  return (
    areWell(endsOf(journal, step, "do")) && areWell(removed) && removed.every(({ reason }) => reason !== FAULT_EXPIRED)
  );
}

/** What this run has done of some of its steps: nothing signs it yet, its own evidence will. Not begun: nothing. */
async function ownPart(parts: RecordsParts, of: string, fault: boolean): Promise<LastDone | undefined> {
  const { house, plan, run } = parts;
  const places = placesOf(plan, of);
  const steps = plan.steps.filter(({ id, until }) => until === undefined && isWithin(id, places));
  if (steps.length === 0) return undefined;
  const journal = await house.store.journal({ run });
  const ended = journal.findLast(({ entry }) => entry.type === "outcome" && isWithin(entry.step, places))?.at;
  if (ended === undefined) return undefined;
  const ends = steps.map((step) => endsOf(journal, step, step.verify === undefined ? "do" : "verify"));
  const result = (verdict: LastDone["verdict"], why = ""): LastDone => ({ id: run, ended, verdict, why });
  if (!ends.every(areWell)) return result(ends.flat().some(({ ending }) => ending !== "ok") ? "fail" : "inconclusive");
  // Some of its steps are not all of it.
  if (plan.request.only) return result("inconclusive");
  const faults = plan.steps.filter(({ until }) => until !== undefined && isWithin(until, places));
  const held = faults.length > 0 && faults.every((step) => bit(journal, step));
  return fault && !held ? result("inconclusive", faults.length === 0 ? "no-fault" : "fault-not-bit") : result("pass");
}

/** What was done before, for the steps of one run. */
export const recordsOf = (parts: RecordsParts): Records => ({
  last: async (of: string, { environment, fault }: RecordDemand) => {
    const own = await ownPart(parts, of, fault);
    if (own) return own;
    const found = await Promise.all([lastRun(parts, of, environment), lastInspection(parts, of)]);
    const [last] = found.filter((one) => one !== undefined).toSorted((one, other) => other.ended - one.ended);
    return last && proven(parts, last, fault);
  },
});
