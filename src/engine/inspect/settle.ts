import { everyOf, periodBounds } from "../../desk/duty/index.ts";
import type { DutyEvent } from "../../desk/duty/index.ts";
import type { Sample } from "../../model/check.ts";
import type { DutyRecord } from "../../model/duty.ts";
import type { EvidenceEvent } from "../../model/evidence.ts";
import type { Inspection } from "../../model/inspection.ts";
import type { Change } from "../../store/store.ts";
import { commitDuty } from "../duty-commit.ts";
import type { House } from "../house.ts";
import { begunKey, owedKey } from "./keys.ts";
import type { Owed } from "./keys.ts";

/**
 * Earlier values for the next run: every value that was seen, each once, also those without a judgement. Answers
 * restate what is kept already.
 */
const samplesOf = (inspection: Inspection): readonly Sample[] => {
  if (inspection.answers !== undefined) return [];
  const seen = new Map<string, Sample>();
  for (const { check, target, at, value, facts } of inspection.items.flatMap((item) => item.readings))
    if (value !== undefined) seen.set(`${check}@${target}`, { check, target, at, value, facts });
  return [...seen.values()];
};

const tally = (inspection: Inspection): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = { pass: 0, warn: 0, fail: 0, unknown: 0, open: 0 };
  for (const item of inspection.items) counts[item.outcome] = (counts[item.outcome] ?? 0) + 1;
  return counts;
};

/** Whether a calendar period has ended; the period of an event never does. */
const isOver = (period: string, zone: string, now: number): boolean =>
  everyOf(period) !== undefined && periodBounds(period, zone).end <= now;

/** How the run changes its record: it did the duty, answered what was left open, or broke off and gives it back. */
async function eventOf(house: House, inspection: Inspection, before: DutyRecord | undefined): Promise<DutyEvent> {
  const { id: run, verdict, by } = inspection;
  if (!inspection.interrupted) {
    const open = inspection.items.some((item) => item.outcome === "open");
    return { kind: inspection.answers === undefined ? "finish" : "close", run, verdict, open, by };
  }
  const others = (before?.runs ?? []).filter((id) => id !== run);
  const ended = await Promise.all(others.map((id) => house.store.inspection(id)));
  const over = isOver(inspection.period, inspection.zone, house.clock.wall());
  return { kind: "abandon", run, live: ended.includes(undefined), over };
}

/** Commits everything a run found in one piece: its result, its record, samples, events, and what it still owes. */
export async function settle(
  house: House,
  inspection: Inspection,
  events: readonly EvidenceEvent[],
): Promise<DutyRecord> {
  const now = house.clock.wall();
  const { id, duty, period, verdict } = inspection;
  const debt: Owed = { events };
  const samples = samplesOf(inspection);
  const changes: readonly Change[] = [
    { kind: "inspection.put", inspection },
    ...(samples.length > 0 ? [{ kind: "sample.add", samples } as const] : []),
    { kind: "value.set", key: begunKey(id), value: null },
    { kind: "value.set", key: owedKey(id), value: JSON.stringify(debt) },
    {
      kind: "event.add",
      event: {
        at: now,
        kind: inspection.answers === undefined ? "inspection.done" : "inspection.answered",
        subject: id,
        data: { duty, period, verdict, interrupted: inspection.interrupted === true, ...tally(inspection) },
      },
    },
  ];
  const record = await commitDuty(
    house.store,
    inspection,
    (before) => eventOf(house, inspection, before),
    now,
    changes,
  );
  return record!;
}
