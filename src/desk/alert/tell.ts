import { endOf } from "../../model/alert-end.ts";
import type { Alert, AlertGroup, AlertTold, Because, NoticeRecord, Receiver, Told } from "../../model/alert.ts";
import type { Outside } from "../../model/outside.ts";
import type { NoticeEvent } from "../../model/notice.ts";
import { idOf, putNotice, rankOf, waitingOf, type Work } from "./desk.ts";
import { receiverKey, sameReceiver } from "./receivers.ts";

/** Alerts that a notice shows; the rest is counted. */
const SHOWN = 30;
/** Characters of what another system says of one. */
const NOTE = 600;

/** The annotations that people write for whoever is called, and the page of its source. */
function saidOutside({ outside }: Alert): Pick<AlertTold, "note" | "page"> {
  const { annotations = {}, page }: Partial<Outside> = outside ?? {};
  const note = (annotations["description"] ?? annotations["message"] ?? "").slice(0, NOTE);
  return { ...(note !== "" && { note }), ...(page !== undefined && { page }) };
}

const toldOf = (alert: Alert): AlertTold => {
  const { id, title, target, check, form, started, ended, value, unit, flapping, runbook, source } = alert;
  return {
    ...{ id, title, target, check, form, started },
    ...(unit !== undefined && { unit }),
    ...(ended !== undefined && { ended }),
    ...(value !== undefined && { value }),
    ...(alert.seen && ended === undefined && { seen: alert.seen }),
    ...(flapping && { flapping }),
    ...(runbook !== undefined && { runbook }),
    ...(source !== undefined && { source }),
    ...endOf(alert),
    ...saidOutside(alert),
  };
};

/** Firing before ended, then by age: the same whatever order they came in. */
const inOrder = (alerts: readonly Alert[]): readonly Alert[] =>
  alerts.toSorted(
    (a, b) =>
      Number(a.ended !== undefined) - Number(b.ended !== undefined) || a.started - b.started || (a.id < b.id ? -1 : 1),
  );

export interface Telling {
  readonly event: NoticeEvent;
  readonly alerts: readonly Alert[];
  readonly because: Because;
  readonly by?: string;
}

/** Waiting notices of one receiver in one group, oldest first. */
export const waitingFor = (work: Work, group: AlertGroup, to: Receiver): readonly NoticeRecord[] =>
  waitingOf(work, group.id).filter((notice) => sameReceiver(notice, to));

const drop = (work: Work, notices: readonly NoticeRecord[]): void => {
  for (const notice of notices) putNotice(work, { ...notice, state: "dropped" });
};

/** Ends that notices were to tell which are overtaken now: the one that overtakes them tells them. */
type Carried = Pick<NoticeRecord, "alerts" | "ids">;

/** What was to be told to somebody who may have heard of the beginning, but for what is told anyway, or will be. */
function carriedBy(overtaken: readonly NoticeRecord[], heard: boolean, otherwise: Iterable<string>): Carried {
  const [told, list] = [new Set(otherwise), overtaken.filter(({ attempts }) => heard || attempts.length > 0)];
  const ids = new Set(list.flatMap((notice) => notice.ids.filter((id) => !told.has(id))));
  const alerts = new Map(list.flatMap((notice) => notice.alerts.map((alert) => [alert.id, alert] as const)));
  return { ids: [...ids], alerts: [...ids].flatMap((id) => alerts.get(id) ?? []) };
}

function made(
  work: Work,
  group: AlertGroup,
  to: Receiver,
  { event, alerts, because, by }: Telling,
  carried: Carried = { alerts: [], ids: [] },
): NoticeRecord {
  const sorted = inOrder(alerts);
  return {
    id: idOf(group.id, receiverKey(to), group.count),
    ...{ group: group.id, subject: group.subject, severity: group.severity, rank: rankOf(work.policy, group.severity) },
    channel: to.channel,
    ...(to.person !== undefined && { person: to.person }),
    ...(by !== undefined && { by }),
    ...{ event, at: work.now, because, number: group.count, state: "waiting", due: work.now, attempts: [] },
    alerts: [...sorted.slice(0, SHOWN).map(toldOf), ...carried.alerts].slice(0, SHOWN),
    ids: [...sorted.map(({ id }) => id), ...carried.ids],
  };
}

/** What of a group is told as firing, and what was told before and is not told of now: its end is still to be told. */
function openFor({ alerts }: Telling, before: readonly string[]): readonly string[] {
  const telling = new Set(alerts.map(({ id }) => id));
  const firing = alerts.filter(({ ended }) => ended === undefined).map(({ id }) => id);
  return [...firing, ...before.filter((id) => !telling.has(id))];
}

/** Whoever has heard nothing yet hears of the beginning, and why; what was news in a notice that is overtaken is news still. */
function newest(telling: Telling, overtaken: readonly NoticeRecord[], heard: boolean): Telling {
  const begun = heard ? undefined : overtaken.find(({ event }) => event !== "acknowledge");
  if (begun) return { ...telling, event: begun.event, because: begun.because };
  return telling.event === "again" && overtaken.some(({ event }) => event === "fire")
    ? { ...telling, event: "fire" }
    : telling;
}

/**
 * Puts a notice into the outbox and into what the receiver was told. What still waits for the same receiver and is surely
 * not on its way is overtaken by it: a receiver that was away hears the present state, once. The end of something else stays.
 */
export function tell(work: Work, group: AlertGroup, to: Receiver, telling: Telling): AlertGroup {
  const before = group.told.find((one) => sameReceiver(one, to));
  const heard = before?.heard === true;
  const waiting = waitingFor(work, group, to);
  const stale = waiting.filter(({ id, event }) => !work.flying.has(id) && event !== "resolve");
  // What nobody can have heard of needs no end.
  const tried = heard || waiting.some(({ id, attempts }) => work.flying.has(id) || attempts.length > 0);
  const alerts = openFor(telling, tried ? (before?.alerts ?? []) : []);
  drop(work, stale);
  const carried = carriedBy(stale, heard, [...alerts, ...telling.alerts.map(({ id }) => id)]);
  putNotice(work, made(work, group, to, newest(telling, stale, heard), carried));
  const told: Told = {
    channel: to.channel,
    ...(to.person !== undefined && { person: to.person }),
    ...{ alerts, at: work.now },
    ...(heard && { heard }),
  };
  return {
    ...group,
    count: group.count + 1,
    spoke: work.now,
    told: [...group.told.filter((one) => one !== before), told],
  };
}

/**
 * That somebody has it goes to whoever heard, or may have heard, of the beginning. Who was not told yet need not be: nobody is
 * woken for what somebody has.
 */
export function tellTaken(work: Work, group: AlertGroup, to: Told, telling: Telling): AlertGroup {
  const waiting = waitingFor(work, group, to);
  if (to.heard || waiting.some(({ id }) => work.flying.has(id))) return tell(work, group, to, telling);
  const taken = new Set(group.ack?.alerts);
  if (telling.alerts.some(({ id, ended }) => ended === undefined && !taken.has(id))) return group;
  const tried = waiting.find(({ attempts }) => attempts.length > 0);
  drop(
    work,
    waiting.filter((notice) => notice !== tried && notice.event !== "resolve"),
  );
  if (!tried) return { ...group, told: group.told.filter((one) => one !== to) };
  putNotice(work, made(work, group, to, telling));
  const told = group.told.map((one) => (one === to ? { ...to, alerts: openFor(telling, to.alerts) } : one));
  return { ...group, count: group.count + 1, spoke: work.now, told };
}

/**
 * The end goes to whoever heard, or may have heard, of the beginning: the rest is dropped. It comes after what is still on
 * its way to the same receiver.
 */
export function tellEnd(
  work: Work,
  group: AlertGroup,
  to: Told,
  alerts: readonly Alert[],
  because: Because,
): AlertGroup {
  const waiting = waitingFor(work, group, to);
  const tried = waiting.filter(({ id, attempts }) => work.flying.has(id) || attempts.length > 0);
  // Of those that may have come and may not, one is enough to make sure; of what was never sent nothing is needed.
  const kept = to.heard ? tried.filter(({ id }) => work.flying.has(id)) : tried.slice(0, 1);
  const stale = waiting.filter((notice) => !kept.includes(notice) && !work.flying.has(notice.id));
  drop(work, stale);
  const rest = { ...group, told: group.told.filter((one) => one !== to) };
  if (!to.heard && tried.length === 0) return rest;
  const ends = alerts.map(({ id }) => id);
  const carried = carriedBy(stale, to.heard === true, ends);
  putNotice(work, made(work, group, to, { event: "resolve", alerts, because }, carried));
  return { ...rest, count: group.count + 1, spoke: work.now };
}
