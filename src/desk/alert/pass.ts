import type { AlertGroup, NoticeRecord } from "../../model/alert.ts";
import { idOf, putGroup, putNotice, waitingOf, type Work } from "./desk.ts";
import { deaf, failing, receiverKey, sameReceiver, type Called } from "./receivers.ts";

/** The next channel of the book's order that is not among `tried`: one that works before one that fails; at most one. */
export function anyOther(work: Work, tried: readonly string[], subject: string): readonly Called[] {
  const order = work.policy.fallback ?? work.policy.channels;
  const left = order.filter((channel) => !tried.includes(channel) && channel !== deaf(subject));
  const broken = failing(work);
  const channel = left.find((one) => !broken.has(one)) ?? left[0];
  return channel === undefined ? [] : [{ channel }];
}

/** The channels that a group was told through with this notice or after it, or that have not answered yet. */
const triedBy = (work: Work, group: AlertGroup, { at: since }: NoticeRecord): readonly string[] => [
  ...group.told.filter(({ at }) => at >= since).map(({ channel }) => channel),
  ...waitingOf(work, group.id).map(({ channel }) => channel),
];

/**
 * Tells the next channel in the place of one that fails. The end and an acknowledgement go to nobody new; nor does what is over,
 * or what somebody has.
 */
export function passOn(work: Work, notice: NoticeRecord, group: AlertGroup | undefined): void {
  if (notice.incident) return passIncident(work, notice);
  if (notice.passed || !group || notice.event === "resolve" || notice.event === "acknowledge") return;
  const [open, taken] = [new Set([...work.open.values()].map(({ id }) => id)), new Set(group.ack?.alerts)];
  // What ended since is told to nobody new.
  const ids = notice.ids.filter((id) => open.has(id));
  if (ids.every((id) => taken.has(id))) return;
  const failed = [...(notice.because.instead ?? []), notice.channel];
  const [next] = anyOther(work, [...triedBy(work, group, notice), ...failed], group.subject);
  if (!next) return;
  const to = { channel: next.channel, ...(notice.person !== undefined && { person: notice.person }) };
  const before = group.told.find((one) => sameReceiver(one, to));
  const known = new Set(before?.heard ? before.alerts : []);
  putNotice(work, {
    ...notice,
    ...to,
    ...{ ids, alerts: notice.alerts.filter(({ id }) => open.has(id)) },
    event: ids.every((id) => known.has(id)) ? "again" : notice.event,
    ...{ id: idOf(group.id, receiverKey(to), group.count), number: group.count },
    ...{ because: { ...notice.because, instead: failed } },
    ...{ at: work.now, due: work.now, state: "waiting", attempts: [] },
  });
  const alerts = [...new Set([...(before?.alerts ?? []), ...ids])];
  const told = [...group.told.filter((one) => one !== before), { ...before, ...to, alerts, at: work.now }];
  putGroup(work, { ...group, count: group.count + 1, told });
}

/** An incident has no group: the next channel that was not tried for this notice is told, of its end too. */
function passIncident(work: Work, notice: NoticeRecord): void {
  if (notice.passed) return;
  const failed = [...(notice.because.instead ?? []), notice.channel];
  const others = waitingOf(work, notice.group).filter(({ number }) => number === notice.number);
  // Whoever was told the same just now has it already, or will by itself.
  const tried = [...failed, ...(notice.because.beside ?? []), ...others.map(({ channel }) => channel)];
  const [next] = anyOther(work, tried, notice.subject);
  if (!next) return;
  const to = { channel: next.channel, ...(notice.person !== undefined && { person: notice.person }) };
  putNotice(work, {
    ...notice,
    ...to,
    ...{ id: idOf(notice.group, receiverKey(to), notice.number), because: { ...notice.because, instead: failed } },
    ...{ at: work.now, due: work.now, state: "waiting", attempts: [] },
  });
}
