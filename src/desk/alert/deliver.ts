import type { AlertGroup, Attempt, NoticeRecord, Watch } from "../../model/alert.ts";
import type { Delivery } from "../../model/notice.ts";
import { putGroup, putNotice, putWatch, type Desk, type Work } from "./desk.ts";
import { passOn } from "./pass.ts";
import { receive } from "./receive.ts";
import { CHANNEL, sameReceiver } from "./receivers.ts";
import { waitingFor } from "./tell.ts";

/** A notice that is a day old helps nobody. */
const GIVE_UP_MS = 86_400_000;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;
/** Attempts, and time, after which a channel counts as failing, and the next one is told too: of the worst at once. */
const PATIENT_ATTEMPTS = 2;
const PATIENT_MS = 30_000;

export interface Delivered {
  readonly notice: string;
  readonly delivery: Delivery;
}

const attemptOf = (now: number, delivery: Delivery): Attempt =>
  delivery.kind === "delivered"
    ? { at: now, outcome: "delivered", ...(delivery.receipt !== undefined && { receipt: delivery.receipt }) }
    : { at: now, outcome: delivery.kind, reason: delivery.reason, args: delivery.args };

function after(notice: NoticeRecord, delivery: Delivery, now: number): NoticeRecord {
  const attempts = [...notice.attempts, attemptOf(now, delivery)].slice(-20);
  const tried = { ...notice, attempts };
  if (delivery.kind !== "later") return { ...tried, state: delivery.kind };
  if (now - notice.at >= GIVE_UP_MS) return { ...tried, state: "given-up" };
  const backOff = Math.min(FIRST_RETRY_MS * 2 ** notice.attempts.length, LONGEST_RETRY_MS);
  return { ...tried, due: now + Math.min(Math.max(delivery.afterMs, backOff), GIVE_UP_MS) };
}

const groupOf = (work: Work, notice: NoticeRecord): AlertGroup | undefined =>
  [...work.groups.values()].find(({ id }) => id === notice.group);

/** Another notice that tells the receiver of something is still to come. */
const isCalled = (work: Work, group: AlertGroup, to: NoticeRecord): boolean =>
  waitingFor(work, group, to).some(({ event }) => event !== "resolve" && event !== "acknowledge");

/** What the group knows of the receiver: that it heard, or that it will not. An end says nothing of what began after it. */
function heard(work: Work, notice: NoticeRecord): void {
  if (notice.event === "resolve") return;
  const group = groupOf(work, notice);
  const told = group?.told.find((one) => sameReceiver(one, notice));
  if (!group || !told || told.heard) return;
  const rest = group.told.filter((one) => one !== told);
  if (notice.state === "delivered") putGroup(work, { ...group, told: [...rest, { ...told, heard: true }] });
  else if (notice.state !== "waiting" && !isCalled(work, group, notice)) putGroup(work, { ...group, told: rest });
}

/** A channel that fails is an alert of its own, of the worst severity, told through the others. */
export function health(work: Work, channel: string, failed: boolean): void {
  const key = `${CHANNEL}${channel}`;
  // One that left the book takes nothing any more, and nobody is to mend it.
  if (failed && !work.policy.channels.includes(channel)) return;
  const before = work.watches.get(key);
  const phase = failed ? "firing" : "ok";
  if ((before?.phase ?? "ok") === phase) return;
  putWatch(work, { key, phase, since: work.now, flips: [] } satisfies Watch);
  const severity = work.policy.severities[0]!.id;
  const what = { key, rule: "channel", title: channel, metric: "channel", check: "", target: channel, severity };
  receive(work, [{ ...what, form: "channel", down: false, firing: failed, flapping: false, blind: false }]);
}

/** What became of an attempt. An answer to a notice that waits no more is passed over. */
export function deliver(work: Work, { notice: id, delivery }: Delivered): void {
  const notice = work.outbox.get(id);
  if (!notice) return;
  const next = after(notice, delivery, work.now);
  const lost = next.state === "refused" || next.state === "given-up";
  const waits = next.state === "waiting";
  const failed = lost || (waits && (next.attempts.length >= PATIENT_ATTEMPTS || work.now - next.at >= PATIENT_MS));
  const passes = failed || (waits && next.rank === 0);
  putNotice(work, passes && waits ? { ...next, passed: true } : next);
  heard(work, next);
  if (passes) passOn(work, notice, groupOf(work, notice));
  if (failed || next.state === "delivered") health(work, notice.channel, failed);
}

/** Those to be sent now: due, and the oldest of their group for their receiver. The worst first. */
export function ready(desk: Pick<Desk, "outbox">, flying: ReadonlySet<string>, now: number): readonly NoticeRecord[] {
  const heads = new Map<string, NoticeRecord>();
  for (const notice of desk.outbox.values()) {
    const key = JSON.stringify([notice.group, notice.channel, notice.person]);
    const first = heads.get(key);
    if (!first || notice.number < first.number) heads.set(key, notice);
  }
  return [...heads.values()]
    .filter(({ id, due }) => due <= now && !flying.has(id))
    .toSorted((a, b) => a.rank - b.rank || a.at - b.at || (a.id < b.id ? -1 : 1));
}
