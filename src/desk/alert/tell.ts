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

function made(work: Work, group: AlertGroup, to: Receiver, { event, alerts, because, by }: Telling): NoticeRecord {
  const sorted = inOrder(alerts);
  return {
    id: idOf(group.id, receiverKey(to), group.count),
    ...{ group: group.id, subject: group.subject, severity: group.severity, rank: rankOf(work.policy, group.severity) },
    channel: to.channel,
    ...(to.person !== undefined && { person: to.person }),
    ...(by !== undefined && { by }),
    ...{ event, at: work.now, because, number: group.count, state: "waiting", due: work.now, attempts: [] },
    alerts: sorted.slice(0, SHOWN).map(toldOf),
    ids: sorted.map(({ id }) => id),
  };
}

/**
 * Puts a notice into the outbox and into what the receiver was told. What still waits for the same receiver and is surely
 * not on its way is overtaken by it: a receiver that was away hears the present state, once. The end of something else stays.
 */
export function tell(work: Work, group: AlertGroup, to: Receiver, telling: Telling): AlertGroup {
  const before = group.told.find((one) => sameReceiver(one, to));
  const stale = waitingFor(work, group, to).filter(({ id, event }) => !work.flying.has(id) && event !== "resolve");
  // Whoever has heard nothing yet hears of the beginning, and why they are told of that.
  const begun = before?.heard ? undefined : stale.find(({ event }) => event !== "acknowledge");
  drop(work, stale);
  putNotice(work, made(work, group, to, begun ? { ...telling, event: begun.event, because: begun.because } : telling));
  const told: Told = {
    channel: to.channel,
    ...(to.person !== undefined && { person: to.person }),
    alerts: telling.alerts.filter(({ ended }) => ended === undefined).map(({ id }) => id),
    at: work.now,
    ...(before?.heard && { heard: true }),
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
  if (telling.alerts.some(({ id }) => !taken.has(id))) return group;
  const tried = waiting.find(({ attempts }) => attempts.length > 0);
  drop(
    work,
    waiting.filter((notice) => notice !== tried && notice.event !== "resolve"),
  );
  if (!tried) return { ...group, told: group.told.filter((one) => one !== to) };
  putNotice(work, made(work, group, to, telling));
  return { ...group, count: group.count + 1, spoke: work.now };
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
  drop(
    work,
    waiting.filter((notice) => !kept.includes(notice) && !work.flying.has(notice.id)),
  );
  const rest = { ...group, told: group.told.filter((one) => one !== to) };
  if (!to.heard && tried.length === 0) return rest;
  putNotice(work, made(work, group, to, { event: "resolve", alerts, because }));
  return { ...rest, count: group.count + 1, spoke: work.now };
}
