import type { Alert, AlertGroup, Told } from "../../model/alert.ts";
import { escalate } from "./escalate.ts";
import { idOf, noted, overOf, putAlert, putGroup, rankOf, toldBefore, type Work } from "./desk.ts";
import { deaf } from "./receivers.ts";
import { relieve } from "./relieve.ts";
import { tell, tellEnd } from "./tell.ts";

/** Alerts of the worst severity are not gathered; what joins them later waits this long at most. */
const WORST_UPDATE_MS = 30_000;

const UNHEARD_MS = 300_000;
/** Ids of what is over that a group keeps. */
const MEMBERS = 1_000;

const subjectOf = ({ key, service, target }: Alert): string => (deaf(key) === undefined ? (service ?? target) : key);
/** What alerts are told together by: service, else target, and severity. */
export const groupKey = (alert: Alert): string => JSON.stringify([subjectOf(alert), alert.severity]);

/** A new group; its first step is due when it has gathered for a while, at once for the worst severity. */
function opened(work: Work, key: string, first: Alert): AlertGroup {
  const { now, policy } = work;
  const wait = rankOf(policy, first.severity) === 0 ? 0 : policy.waitMs;
  return {
    id: idOf("group", key, now),
    ...{ key, subject: subjectOf(first), severity: first.severity, opened: now },
    ...{ members: [], told: [], chain: { step: 0, round: 0, due: now + wait }, count: 0, used: [] },
  };
}

/** Nobody is waited for any more, or nobody is asked: the chain rests, and begins anew. */
function paused(group: AlertGroup, active: readonly Alert[], now: number): AlertGroup {
  if (active.length === 0) return group.paused ? group : { ...group, paused: true };
  if (!group.paused) return group;
  const { paused: _, ...going } = group;
  const due = Math.max(now, group.told.length === 0 ? (group.chain?.due ?? now) : now);
  return { ...going, chain: { step: 0, round: 0, due } };
}

/** What was acknowledged is over, or its time is: then all begins anew, and what lasts says why. */
function acknowledged(work: Work, group: AlertGroup, alerts: readonly Alert[]): AlertGroup {
  const { ack, ...free } = group;
  if (!ack) return group;
  const lasting = alerts.filter(({ id }) => ack.alerts.includes(id));
  if (lasting.length === 0) return free;
  if (work.now < ack.until) return group;
  for (const { key } of lasting) putAlert(work, noted(work.open.get(key)!, "expired", work.now, { by: ack.by }));
  return { ...free, chain: { step: 0, round: 0, due: work.now } };
}

/**
 * Whoever heard only of what is over hears that it is; while something else of the group fires that nobody has, of that as
 * well: an end alone would send them back to bed.
 */
function ended(work: Work, group: AlertGroup, active: readonly Alert[], open: ReadonlySet<string>): AlertGroup {
  const because = toldBefore(work.policy, group.severity);
  const gone = group.told.filter(({ alerts }) => !alerts.some((id) => open.has(id)));
  if (gone.length === 0) return group;
  const taken = new Set(group.ack?.alerts);
  const goesOn = active.some(({ id }) => !taken.has(id));
  return gone.reduce((before, to) => {
    const ends = overOf(work, to.alerts);
    if (!goesOn) return tellEnd(work, before, to, ends, because);
    return tell(work, before, to, { event: "fire", alerts: [...active, ...ends], because });
  }, group);
}

/** What joined or ended since somebody was told: one notice, not more often than the settings say. */
function updated(work: Work, group: AlertGroup, active: readonly Alert[], open: ReadonlySet<string>): AlertGroup {
  const { now, policy } = work;
  const every = rankOf(policy, group.severity) === 0 ? Math.min(WORST_UPDATE_MS, policy.updateMs) : policy.updateMs;
  if (group.spoke === undefined || now < group.spoke + every) return group;
  // Whoever has all of it is left in peace.
  const taken = new Set(group.ack?.alerts);
  if (active.every(({ id }) => taken.has(id))) return group;
  const because = toldBefore(policy, group.severity);
  const stale = (told: Told): boolean => {
    const known = new Set(told.alerts);
    return active.some(({ id }) => !known.has(id)) || told.alerts.some((id) => !open.has(id));
  };
  return group.told.filter(stale).reduce((before, to) => {
    const known = new Set(to.alerts);
    const event = active.every(({ id }) => known.has(id)) ? "again" : "fire";
    const gone = overOf(work, to.alerts);
    return tell(work, before, to, { event, alerts: [...active, ...gone], because });
  }, group);
}

/** Every channel refused: all of it is tried again before long, however rarely it would be repeated. */
function unheard(group: AlertGroup): AlertGroup {
  const { chain, spoke, told } = group;
  if (told.length > 0 || spoke === undefined || !chain || chain.due <= spoke + UNHEARD_MS) return group;
  return { ...group, chain: { ...chain, due: spoke + UNHEARD_MS } };
}

/** Members of a group that never ends: what is open, and the newest of what is over. */
const kept = (members: readonly string[], open: ReadonlySet<string>): readonly string[] =>
  members.length <= MEMBERS * 2 ? members : members.filter((id, at) => open.has(id) || at >= members.length - MEMBERS);

function stepped(work: Work, key: string, alerts: readonly Alert[]): void {
  const active = alerts.filter(({ hold }) => hold === undefined);
  const before = work.groups.get(key);
  if (!before && active.length === 0) return;
  const open = new Set(alerts.map(({ id }) => id));
  let group = before ?? opened(work, key, active[0]!);
  const members = new Set(group.members);
  const joined = active.filter(({ id }) => !members.has(id)).map(({ id }) => id);
  if (joined.length > 0) group = { ...group, members: kept([...group.members, ...joined], open) };
  group = ended(work, group, active, open);
  group = paused(acknowledged(work, group, alerts), active, work.now);
  group = relieve(work, escalate(work, unheard(group), active), active);
  group = updated(work, group, active, open);
  if (active.length === 0 && group.told.length === 0) group = { ...group, ended: work.now };
  if (group !== before) putGroup(work, group);
}

/** group → dedup against what was told → escalate → notices. Every group once. */
export function tellGroups(work: Work): void {
  const alerts = Map.groupBy(
    [...work.open.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    groupKey,
  );
  for (const key of [...new Set([...alerts.keys(), ...work.groups.keys()])].toSorted())
    stepped(work, key, alerts.get(key) ?? []);
  forget(work);
}

/** Ended alerts of which nobody waits for the end. */
function forget(work: Work): void {
  const wanted = new Set([...work.groups.values()].flatMap(({ told }) => told.flatMap(({ alerts }) => alerts)));
  for (const id of work.over.keys()) if (!wanted.has(id)) work.over.delete(id);
}
