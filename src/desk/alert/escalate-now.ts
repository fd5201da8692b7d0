import type { AlertGroup } from "../../model/alert.ts";
import { noted, putAlert, putGroup, type Work } from "./desk.ts";

/** Whoever looks at these alerts cannot wait, or cannot do it alone. */
export interface EscalateNow {
  /** Ids of open alerts; what is not open any more is passed over. */
  readonly alerts: readonly string[];
  readonly by: string;
  readonly reason: string;
}

/** The next step of the chain is told now; that somebody has these alerts does not hold it up any more. */
export function escalateNow(work: Work, { alerts, by, reason }: EscalateNow): void {
  const wanted = new Set(alerts);
  const found = [...work.open.values()].filter(({ id }) => wanted.has(id));
  for (const alert of found) putAlert(work, noted(alert, "escalated", work.now, { by, reason }));
  for (const group of [...work.groups.values()])
    if (found.some(({ id }) => group.members.includes(id))) putGroup(work, toldNow(work, group, wanted));
}

function toldNow(work: Work, { ack, ...group }: AlertGroup, wanted: ReadonlySet<string>): AlertGroup {
  const from = group.chain ?? ack?.rested ?? { step: 0, round: 0 };
  const left = ack?.alerts.filter((id) => !wanted.has(id)) ?? [];
  return {
    ...group,
    ...(ack && left.length > 0 && { ack: { ...ack, alerts: left } }),
    chain: { step: from.step, round: from.round, due: work.now },
  };
}
