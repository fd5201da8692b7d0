import type { Alert, Hold } from "../../model/alert.ts";
import { rankOf, type Work } from "./desk.ts";

/** Who mutes whom, looked up once per step. */
export interface Inhibitors {
  readonly worst: ReadonlyMap<string, Alert>;
  /** By service, the earliest first. */
  readonly down: ReadonlyMap<string, readonly Alert[]>;
}

const about = ({ metric, target }: Alert): string => JSON.stringify([metric, target]);
const earlier = (a: Alert, b: Alert): boolean => a.started < b.started || (a.started === b.started && a.id < b.id);

/**
 * Of several the worst, then the earliest: the order they came in does not matter. `silenced`: whether somebody wants to hear
 * nothing of one; it says nothing of the services that need its own.
 */
export function inhibitorsOf({ open, policy }: Work, silenced: (alert: Alert) => boolean): Inhibitors {
  const worst = new Map<string, Alert>();
  const down = new Map<string, Alert[]>();
  for (const alert of open.values()) {
    const best = worst.get(about(alert));
    const [rank, other] = [rankOf(policy, alert.severity), best && rankOf(policy, best.severity)];
    if (!best || rank < other! || (rank === other && earlier(alert, best))) worst.set(about(alert), alert);
    if (!alert.down || alert.service === undefined || silenced(alert)) continue;
    down.set(alert.service, [...(down.get(alert.service) ?? []), alert]);
  }
  for (const of of down.values()) of.sort((a, b) => (earlier(a, b) ? -1 : 1));
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
 * A worse alert on the same metric and target; or a service that is needed, one hop away, is down, which is told at least as
 * loudly. Services that need each other: only the earlier alert holds the later, so that one of them is always told.
 */
export function inhibited(work: Work, alert: Alert, { worst, down }: Inhibitors): Hold | undefined {
  const worse = worst.get(about(alert))!;
  const rank = rankOf(work.policy, alert.severity);
  if (rankOf(work.policy, worse.severity) < rank) return { by: "worse", alert: worse.id, title: worse.title };
  for (const parent of alert.service === undefined ? [] : (work.policy.needs.get(alert.service) ?? [])) {
    const causes = parent === alert.service ? undefined : down.get(parent);
    if (!causes) continue;
    const mutual = needs(work, parent, alert.service!);
    const cause = causes.find((one) => rankOf(work.policy, one.severity) <= rank && (!mutual || earlier(one, alert)));
    if (cause) return { by: "parent", alert: cause.id, title: cause.title };
  }
  return undefined;
}
