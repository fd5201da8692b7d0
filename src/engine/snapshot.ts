import { isOn } from "../desk/access/times.ts";
import { periodBounds, periodOf } from "../desk/duty/index.ts";
import type { CheckSpec, Reading } from "../model/check.ts";
import { whoNow, type WhoNow } from "../desk/rota/index.ts";
import type { Book } from "../model/book.ts";
import type { Emergency } from "../model/account.ts";
import type { ChannelNow } from "../model/notifier.ts";
import type { Alert } from "../model/alert.ts";
import type { Duty, DutyRecord } from "../model/duty.ts";
import type { Incident } from "../model/incident.ts";
import type { Problem } from "../model/problem.ts";
import type { Inspection } from "../model/inspection.ts";
import type { RunRecord } from "../model/run.ts";
import type { DutyState } from "../model/states.ts";
import type { Store } from "../store/store.ts";
import type { BookState } from "./book-state.ts";
import { rulesNow } from "./alerts/rules-now.ts";
import { channelsNow } from "./alerts/channel-log.ts";
import { backupsNow, type BackupNow } from "./backups-now.ts";
import { rotasNow } from "./rota.ts";
import { dueIn, timetable } from "./schedule.ts";

/** A check as it stands now. */
export interface CheckNow {
  readonly spec: CheckSpec;
  /** Absent until it has been read for the first time. */
  readonly reading?: Reading;
  /** When its outcome became what it is, milliseconds since the epoch. */
  readonly since?: number;
}

/** A duty as it stands now. `waiting`: not due yet in this period; `on-demand`: no calendar. */
export interface DutyNow {
  readonly duty: Duty;
  readonly state: DutyState | "waiting" | "on-demand";
  /** Period that now lies in. */
  readonly period?: string;
  readonly record?: DutyRecord;
  /** When it falls due in this period. */
  readonly due?: number;
  /** The next three due times. */
  readonly next: readonly number[];
  readonly last?: Inspection;
  /** Duties done by a runbook: the newest run that ended, when it did not pass. */
  readonly failed?: { readonly run: string; readonly period: string };
  /** Periods missed since it was last done, newest first; at most ten. */
  readonly missed: readonly string[];
}

/** Everything that is shown of one moment: the Today page, `status`, metrics and the API read this. */
export interface Snapshot {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly book: BookState;
  readonly checks: readonly CheckNow[];
  readonly duties: readonly DutyNow[];
  /** Open alerts, newest first. */
  readonly alerts?: readonly Alert[];
  /** About which somebody still has to do something, newest first. */
  readonly incidents?: readonly Incident[];
  readonly problems?: readonly Problem[];
  /** Rights that somebody has taken for a while. */
  readonly emergencies?: readonly Emergency[];
  /** Who is on call by each rota of the book. */
  readonly onCall?: readonly WhoNow[];
  /** Channels: when each last took something, and when somebody last answered from it. */
  readonly channels?: readonly ChannelNow[];
  /** Backup sets as the runs on record have them. */
  readonly backups?: readonly BackupNow[];
  /** Runs that have not ended, and those of the last day that left something behind; newest first. */
  readonly runs: readonly RunRecord[];
  /** No process has the data directory: what goes on there, nobody drives. */
  readonly undriven?: boolean;
}

/** How long a run that left something behind is trouble, milliseconds. */
const LEFT_MS = 86_400_000;
/** Newest runs that are looked at. */
const NEWEST = 100;

/** Checks that judge items of calendar duties, and those that rules read, in the book's order: what is read between inspections. */
export function watchedChecks(book: BookState["open"]["book"]): readonly CheckSpec[] {
  const wanted = new Set(
    book.duties.flatMap((duty) => (timetable(duty, book.zone) ? duty.items.flatMap((item) => item.checks) : [])),
  );
  const { byCheck } = rulesNow(book);
  return book.checks.filter(({ id }) => wanted.has(id) || byCheck.has(id));
}

/** One moment, from the store and what the daemon knows. `checks` is empty when no daemon reads them. */
export async function snapshot(
  store: Pick<Store, "duties" | "inspections" | "runs" | "journal" | "desk" | "events" | "value">,
  book: BookState,
  checks: readonly CheckNow[],
  at: number,
): Promise<Snapshot> {
  const duties = await Promise.all(book.open.book.duties.map((duty) => dutyNow(store, duty, book.open.book.zone, at)));
  const channels = await channelsNow(store, book.open.book.config.channels);
  const backups = await backupsNow(store, book.open.book.config.backups);
  const alerts = await store.desk("alert", { open: true, limit: NEWEST });
  const incidents = await store.desk("incident", { open: true, limit: NEWEST });
  const problems = await store.desk("problem", { open: true, limit: NEWEST });
  const emergencies = (await store.desk("emergency", { open: true, limit: NEWEST })).filter((one) => isOn(one, at));
  const onCall = await onCallNow(store, book.open.book, at);
  const runs = await runsNow(store, at);
  return { at, book, checks, channels, emergencies, alerts, incidents, problems, duties, backups, onCall, runs };
}

/** Roles of a contact table are no shifts, unless there is only one to be meant. */
async function onCallNow(store: Pick<Store, "events">, book: Book, at: number): Promise<readonly WhoNow[]> {
  const rotas = await rotasNow(store, book);
  return book.config.rota.length > 0 || rotas.length === 1 ? rotas.map((rota) => whoNow(book, rota, at)) : [];
}

async function runsNow(store: Pick<Store, "runs">, at: number): Promise<readonly RunRecord[]> {
  const [open, newest] = await Promise.all([store.runs({ open: true, limit: NEWEST }), store.runs({ limit: NEWEST })]);
  const left = newest.filter(({ state, ended = 0 }) => state === "failed-undo" && at - ended < LEFT_MS);
  return [...open, ...left];
}

async function dutyNow(
  store: Pick<Store, "duties" | "inspections">,
  duty: Duty,
  zone: string,
  at: number,
): Promise<DutyNow> {
  const [records, [last]] = await Promise.all([
    store.duties({ duty: duty.id, limit: 11 }),
    store.inspections({ duty: duty.id, limit: 1 }),
  ]);
  const failed = failedOf(records);
  const shared = {
    ...{ duty, missed: missedOf(records) },
    ...(last === undefined ? {} : { last }),
    ...(duty.run && failed && { failed }),
  };
  const table = timetable(duty, zone);
  if (table === undefined) {
    const record = records[0];
    return { ...shared, state: record?.state ?? "on-demand", next: [], ...(record === undefined ? {} : { record }) };
  }
  const period = periodOf(table.duty.every, at, zone);
  const due = dueIn(table, periodBounds(period, zone).start);
  const record = records.find((one) => one.period === period);
  const state = record?.state ?? (at >= due ? "due" : "waiting");
  return { ...shared, state, period, due, next: table.next(at, 3), ...(record === undefined ? {} : { record }) };
}

/** The newest run that ended, unless it passed. */
function failedOf(records: readonly DutyRecord[]): DutyNow["failed"] {
  const done = records.find(({ state, runs }) => state === "done" && runs.length > 0);
  return done && done.verdict !== "pass" ? { run: done.runs.at(-1)!, period: done.period } : undefined;
}

/** Missed periods since the last one that was worked on. Records come newest first. */
function missedOf(records: readonly DutyRecord[]): readonly string[] {
  const settled = records.filter((record) => record.state !== "due" && record.state !== "running");
  const until = settled.findIndex((record) => record.state !== "missed");
  return settled.slice(0, until < 0 ? 10 : Math.min(until, 10)).map((record) => record.period);
}
