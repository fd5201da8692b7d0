import type { DutyRecord } from "../model/duty.ts";
import { nextDuty } from "../desk/duty/index.ts";
import type { DutyEvent } from "../desk/duty/index.ts";
import type { Change, Store } from "../store/store.ts";
import { Conflict } from "../store/store.ts";

/** Two operators, a daemon and a verb are few; more conflicts than this are a bug that must be seen. */
const ATTEMPTS = 50;

/** The store's changes for a step of the duty machine: its record, if it changed, and an event per effect. */
export function dutyChanges(
  before: DutyRecord | undefined,
  event: DutyEvent,
  now: number,
): { readonly record: DutyRecord | undefined; readonly changes: readonly Change[] } {
  const { record, effects } = nextDuty(before, event, now);
  const changes: Change[] = [];
  if (record && record !== before) changes.push({ kind: before ? "duty.update" : "duty.insert", record });
  if (record)
    for (const effect of effects)
      changes.push({
        kind: "event.add",
        event: {
          at: now,
          kind: effect.kind,
          subject: record.duty,
          data: { period: record.period, ...effect.data },
        },
      });
  return { record, changes };
}

/**
 * Lets `event` happen to one record and commits it together with `also`, which sees the record as it will be. When
 * somebody else changed the record in between, it is read again and decided again. Nothing to change: no commit.
 */
export async function commitDuty(
  store: Store,
  where: { readonly duty: string; readonly period: string },
  event: DutyEvent | ((before: DutyRecord | undefined) => DutyEvent | Promise<DutyEvent>),
  now: number,
  also: readonly Change[] = [],
): Promise<DutyRecord | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await store.duty(where.duty, where.period);
    const { record, changes } = dutyChanges(before, typeof event === "function" ? await event(before) : event, now);
    if (changes.length + also.length === 0) return record;
    try {
      await store.commit([...changes, ...also]);
      return record;
    } catch (error) {
      if (!(error instanceof Conflict) || attempt >= ATTEMPTS) throw error;
    }
  }
}
