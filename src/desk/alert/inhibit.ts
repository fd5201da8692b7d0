import type { Alert, Hold } from "../../model/alert.ts";
import { rankOf, type Work } from "./desk.ts";

/** Who mutes whom, looked up once per step. */
export interface Inhibitors {
  readonly worst: ReadonlyMap<string, Alert>;
  readonly down: ReadonlyMap<string, Alert>;
}

const about = ({ metric, target }: Alert): string => JSON.stringify([metric, target]);
const earlier = (a: Alert, b: Alert): boolean => a.started < b.started || (a.started === b.started && a.id < b.id);

/** Of several the worst, then the earliest: the order they came in does not matter. */
export function inhibitorsOf({ open, policy }: Work): Inhibitors {
  const worst = new Map<string, Alert>();
  const down = new Map<string, Alert>();
  for (const alert of open.values()) {
    const best = worst.get(about(alert));
    const [rank, other] = [rankOf(policy, alert.severity), best && rankOf(policy, best.severity)];
    if (!best || rank < other! || (rank === other && earlier(alert, best))) worst.set(about(alert), alert);
    if (!alert.down || alert.service === undefined) continue;
    const first = down.get(alert.service);
    if (!first || earlier(alert, first)) down.set(alert.service, alert);
  }
  return { worst, down };
}

/** Whether `from` cannot do without `to`, over any number of services. */
function needs(work: Work, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const service of seen)
    for (const next of work.policy.needs.get(service) ?? []) {
      if (next === to) return true;
      seen.add(next);
    }
  return false;
}

/**
 * A worse alert on the same metric and target; or a service that is needed, one hop away, is down. Services that need
 * each other: only the earlier alert holds the later, so that one of them is always told.
 */
export function inhibited(work: Work, alert: Alert, { worst, down }: Inhibitors): Hold | undefined {
  const worse = worst.get(about(alert))!;
  if (rankOf(work.policy, worse.severity) < rankOf(work.policy, alert.severity))
    return { by: "worse", alert: worse.id, title: worse.title };
  for (const parent of alert.service === undefined ? [] : (work.policy.needs.get(alert.service) ?? [])) {
    const cause = down.get(parent);
    if (!cause || parent === alert.service) continue;
    if (!needs(work, parent, alert.service!) || earlier(cause, alert))
      return { by: "parent", alert: cause.id, title: cause.title };
  }
  return undefined;
}
