import type { EvidenceEvent, EvidenceInput } from "../../model/evidence.ts";
import { readingKey, type InspectionEventData } from "../../model/inspection-event.ts";
import { itemOutcome, verdictOf } from "../../model/inspection.ts";
import { judge } from "../../model/judge.ts";
import type { Outcome, Verdict } from "../../model/states.ts";
import { Refusal } from "../refusal.ts";
import type { EvidenceKind, Recomputed } from "./recomputed.ts";
import { checkShape } from "./inspection-shape.ts";

type Data = InspectionEventData;

/** Data of the events of one type. */
const dataOf = <K extends keyof Data>(events: readonly EvidenceEvent[], type: K): readonly Data[K][] =>
  events.filter((event) => event.type === type).map((event) => event.data as unknown as Data[K]);

/**
 * Judges an inspection again from its events, trusting none of the outcomes they state: readings by their bands, items by their
 * readings and ticks, the run by its items; a dry run is a rehearsal whatever it says. Refuses events that are
 * not in order, have holes, or state another outcome than their own figures give.
 */
function judgeInspection(events: readonly EvidenceEvent[], mode: EvidenceInput["mode"]): Recomputed {
  for (const [index, event] of events.entries()) checkShape(event, index + 1);
  const readings = readingsOf(events);
  const ticks = new Map(dataOf(events, "tick").map((tick) => [tick.item, tick]));
  const items = dataOf(events, "item").map((item) => {
    const outcomes = item.readings.map((key) => readings.get(key) ?? missing("reading", key));
    const outcome = itemOutcome(outcomes, ticks.get(item.id)?.outcome, item.needs);
    if (outcome !== item.outcome)
      throw new Refusal("item-disagrees", { item: item.id, said: item.outcome, is: outcome });
    return { id: item.id, outcome };
  });
  if (new Set(items.map(({ id }) => id)).size !== items.length) throw new Refusal("events-shape", { what: "item" });
  const [ended] = dataOf(events, "run.ended");
  const judged = verdictOf(items);
  const interrupted = ended!.interrupted && judged === "pass" ? "inconclusive" : judged;
  const verdict: Verdict = mode === "dry-run" ? "rehearsal" : interrupted;
  return { verdict, items, measured: { readings: readings.size } };
}

const missing = (what: string, key: string): never => {
  throw new Refusal("events-missing", { what, key });
};

/** Outcome of each reading, judged again where bands judged it. */
function readingsOf(events: readonly EvidenceEvent[]): ReadonlyMap<string, Outcome> {
  const readings = new Map<string, Outcome>();
  for (const reading of dataOf(events, "reading")) {
    const key = readingKey(reading);
    if (readings.has(key)) throw new Refusal("events-shape", { what: `reading ${key}` });
    if (reading.bands !== undefined) {
      const { outcome } = judge(reading.value!, reading.bands);
      if (outcome !== reading.outcome)
        throw new Refusal("reading-disagrees", { reading: key, said: reading.outcome, is: outcome });
    }
    readings.set(key, reading.outcome);
  }
  return readings;
}

export const inspection: EvidenceKind = { boots: [], recompute: judgeInspection };
