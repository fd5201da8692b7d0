import type { AlertGroup } from "../../model/alert.ts";
import { noted, overOf, putAlert, putGroup, toldBefore, type Desk, type Work } from "./desk.ts";
import { tellTaken } from "./tell.ts";

export interface Acknowledgement {
  /** Ids of open alerts; what is not open any more is passed over. */
  readonly alerts: readonly string[];
  readonly by: string;
  readonly note?: string;
  /** How long, milliseconds; default: the settings'. */
  readonly forMs?: number;
  /** The notice whose link was used. */
  readonly link?: string;
}

/** What a link may do now: each does its work once, and only while its group goes on. */
export function linkState(desk: Pick<Desk, "groups">, group: string, notice: string): "good" | "used" | "over" {
  const found = [...desk.groups.values()].find(({ id }) => id === group);
  if (!found) return "over";
  return found.used.includes(notice) ? "used" : "good";
}

/** Somebody has it: the chain rests for these alerts, and whoever was told hears of it. */
export function acknowledge(work: Work, { alerts, by, note, forMs = work.policy.ackMs, link }: Acknowledgement): void {
  const wanted = new Set(alerts);
  const found = [...work.open.values()].filter(({ id }) => wanted.has(id));
  for (const alert of found)
    putAlert(work, noted(alert, "acknowledged", work.now, { by, ...(note !== undefined && { note }) }));
  for (const group of [...work.groups.values()]) {
    const ours = found.filter(({ id }) => group.members.includes(id));
    if (ours.length > 0) putGroup(work, answered(work, group, ours, { by, note, forMs, link }));
  }
}

interface Answer {
  readonly by: string;
  readonly note: string | undefined;
  readonly forMs: number;
  readonly link: string | undefined;
}

/** Until when: what was taken before, and is not taken anew, for no longer than it was taken for. */
function untilOf(work: Work, { ack }: AlertGroup, ours: readonly { readonly id: string }[], forMs: number): number {
  const open = new Set([...work.open.values()].map(({ id }) => id));
  const others = ack?.alerts.some((id) => open.has(id) && !ours.some((one) => one.id === id));
  return others ? Math.min(ack!.until, work.now + forMs) : work.now + forMs;
}

function answered(work: Work, group: AlertGroup, ours: readonly { readonly id: string }[], answer: Answer): AlertGroup {
  const { by, note, forMs, link } = answer;
  const { chain, ...resting } = group;
  const ids = [...new Set([...(group.ack?.alerts ?? []), ...ours.map(({ id }) => id)])];
  const until = untilOf(work, group, ours, forMs);
  const [members, taken] = [new Set(group.members), new Set(ids)];
  const left = [...work.open.values()].some(({ id, hold }) => hold === undefined && members.has(id) && !taken.has(id));
  const rested = chain ? { step: chain.step, round: chain.round } : group.ack?.rested;
  const acked: AlertGroup = {
    ...resting,
    // What nobody has yet is waited for as before: it neither calls at once, nor begins anew.
    ...(left && chain && { chain }),
    ack: { by, at: work.now, until, alerts: ids, ...(note !== undefined && { note }), ...(rested && { rested }) },
    used: link === undefined ? group.used : [...group.used, link],
  };
  const because = toldBefore(work.policy, group.severity);
  return group.told.reduce((before, to) => {
    const told = new Set(to.alerts);
    const alerts = [...[...work.open.values()].filter(({ id }) => told.has(id)), ...overOf(work, to.alerts)];
    return tellTaken(work, before, to, { event: "acknowledge", alerts, because, by });
  }, acked);
}
