import type { DutyRecord } from "../../model/duty.ts";
import type { Verdict } from "../../model/states.ts";

/** What can happen to one duty in one period. */
export type DutyEvent =
  /** The period began, or the schedule reached it. */
  | { readonly kind: "due"; readonly duty: string; readonly period: string }
  /** Somebody begins a run. */
  | {
      readonly kind: "start";
      readonly duty: string;
      readonly period: string;
      readonly run: string;
      readonly by: string;
    }
  /** A run came to its end; `open`: items are left that a person must tick. */
  | {
      readonly kind: "finish";
      readonly run: string;
      readonly verdict: Verdict;
      readonly open: boolean;
      readonly by: string;
    }
  /** A run broke off (crash, Ctrl-C). `live`: other runs of this period still go on; `over`: the period has ended. */
  | { readonly kind: "abandon"; readonly run: string; readonly live: boolean; readonly over: boolean }
  /** A person answered what an earlier run left open; `open`: items are left all the same. */
  | {
      readonly kind: "close";
      readonly run: string;
      readonly verdict: Verdict;
      readonly open: boolean;
      readonly by: string;
    }
  /** The period has ended. */
  | { readonly kind: "expire"; readonly duty: string; readonly period: string };

/** What the change means for others; becomes an event of the store in the same commit. */
export interface DutyEffect {
  readonly kind:
    | "duty.due"
    | "duty.started"
    | "duty.joined"
    | "duty.open"
    | "duty.done"
    | "duty.missed"
    | "duty.abandoned";
  readonly data: Readonly<Record<string, string>>;
}

export interface DutyStep {
  /** The same object as before when nothing changed. */
  readonly record: DutyRecord | undefined;
  readonly effects: readonly DutyEffect[];
}

const fresh = (duty: string, period: string, state: DutyRecord["state"], now: number): DutyRecord => ({
  duty,
  period,
  state,
  runs: [],
  revision: 1,
  updated: now,
});

/** The next revision. A clock set back never makes `updated` older. */
const change = (record: DutyRecord, now: number, fields: Partial<DutyRecord>): DutyRecord => ({
  ...record,
  ...fields,
  revision: record.revision + 1,
  updated: Math.max(now, record.updated),
});

/** A run begins: a done record stays done, an open one open; its run becomes one more section of the same record. */
function start(record: DutyRecord | undefined, event: Extract<DutyEvent, { kind: "start" }>, now: number): DutyStep {
  const { run, by } = event;
  if (!record) {
    const begun = { ...fresh(event.duty, event.period, "running", now), runs: [run], by };
    return { record: begun, effects: [{ kind: "duty.started", data: { run, by } }] };
  }
  if (record.runs.includes(run)) return { record, effects: [] };
  const stays = record.state === "done" || record.state === "open";
  const joined = record.runs.length > 0;
  return {
    record: change(record, now, { state: stays ? record.state : "running", runs: [...record.runs, run], by }),
    effects: [{ kind: joined ? "duty.joined" : "duty.started", data: { run, by } }],
  };
}

function finish(record: DutyRecord, event: Extract<DutyEvent, { kind: "finish" }>, now: number): DutyStep {
  const { run, verdict, by } = event;
  if (!record.runs.includes(run)) throw new Error(`run ${run} was never started in ${record.duty} ${record.period}`);
  const state = event.open && record.state !== "done" ? "open" : "done";
  return {
    record: change(record, now, { state, verdict, by }),
    effects: [{ kind: state === "open" ? "duty.open" : "duty.done", data: { run, verdict, by } }],
  };
}

function abandon(record: DutyRecord, event: Extract<DutyEvent, { kind: "abandon" }>, now: number): DutyStep {
  const broke: DutyEffect = { kind: "duty.abandoned", data: { run: event.run } };
  if (record.state !== "running" || event.live) return { record, effects: [broke] };
  if (!event.over) return { record: change(record, now, { state: "due" }), effects: [broke] };
  return { record: change(record, now, { state: "missed" }), effects: [broke, { kind: "duty.missed", data: {} }] };
}

/** Answers become one more run of a record that was worked on; they never take a done record back. */
function close(record: DutyRecord, event: Extract<DutyEvent, { kind: "close" }>, now: number): DutyStep {
  const { run, verdict, by } = event;
  const worked = record.state === "open" || record.state === "done";
  if (!worked || record.runs.includes(run)) return { record, effects: [] };
  const state = event.open ? record.state : "done";
  return {
    record: change(record, now, { state, verdict, by, runs: [...record.runs, run] }),
    effects: [{ kind: state === "open" ? "duty.open" : "duty.done", data: { run, verdict, by } }],
  };
}

/**
 * The next record of one duty in one period. Pure; `now` is milliseconds since the epoch. Without a record only `due`,
 * `start` and `expire` make one. Guarantees, whatever the order of events: a done record stays done; runs only grow;
 * revision grows by one exactly when the record changes; a record that somebody began is never missed while it runs.
 * A missed record may still be begun: its period can only be the present one when a clock ran ahead and was set right.
 */
export function nextDuty(record: DutyRecord | undefined, event: DutyEvent, now: number): DutyStep {
  if (event.kind === "start") return start(record, event, now);
  if (event.kind === "due") {
    if (record) return { record, effects: [] };
    return { record: fresh(event.duty, event.period, "due", now), effects: [{ kind: "duty.due", data: {} }] };
  }
  if (event.kind === "expire") {
    const missed: readonly DutyEffect[] = [{ kind: "duty.missed", data: {} }];
    if (!record) return { record: fresh(event.duty, event.period, "missed", now), effects: missed };
    if (record.state !== "due") return { record, effects: [] };
    return { record: change(record, now, { state: "missed" }), effects: missed };
  }
  if (!record) throw new Error(`${event.kind} without a record`);
  if (event.kind === "finish") return finish(record, event, now);
  return event.kind === "abandon" ? abandon(record, event, now) : close(record, event, now);
}
