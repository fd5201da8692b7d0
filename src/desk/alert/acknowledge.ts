import type { AlertGroup, Told } from "../../model/alert.ts";
import { noted, putAlert, putGroup, severityOf, type Desk, type Work } from "./desk.ts";
import { tell, waitingFor } from "./tell.ts";

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

const flies = (work: Work, group: AlertGroup, to: Told): boolean =>
  waitingFor(work, group, to).some(({ id }) => work.flying.has(id));

function answered(work: Work, group: AlertGroup, ours: readonly { readonly id: string }[], answer: Answer): AlertGroup {
  const { by, note, forMs, link } = answer;
  const { chain: _, ...resting } = group;
  const ids = [...new Set([...(group.ack?.alerts ?? []), ...ours.map(({ id }) => id)])];
  const acked: AlertGroup = {
    ...resting,
    ack: { by, at: work.now, until: work.now + forMs, alerts: ids, ...(note !== undefined && { note }) },
    used: link === undefined ? group.used : [...group.used, link],
  };
  const because = { chain: severityOf(work.policy, group.severity).chain.id, step: 0, round: 0 };
  // Whoever has not heard yet hears of the beginning first; that somebody has it is said there.
  const hears = group.told.filter((to) => to.heard || flies(work, group, to));
  return hears.reduce((before, to) => {
    const alerts = [...work.open.values()].filter(({ id }) => to.alerts.includes(id));
    return tell(work, before, to, { event: "acknowledge", alerts, because, by });
  }, acked);
}
