import type { AlertShown } from "../../../src/api/contract.ts";

/** Alerts of one rule and severity: the same thing on several targets. */
export interface AlertGroup {
  readonly key: string;
  readonly title: string;
  readonly severity: string;
  readonly alerts: readonly AlertShown[];
}

/** Who has it, if somebody said so since it began. */
export const ackedBy = ({ trail }: Pick<AlertShown, "trail">): string | undefined => {
  const last = trail.findLast(({ did }) => did === "acknowledged" || did === "escalated");
  const by = last?.did === "acknowledged" ? last.args["by"] : undefined;
  return by === undefined ? undefined : String(by);
};

/** Rank for the order: nobody has it, somebody has it, it is kept quiet. */
const rank = (alert: AlertShown): number => (alert.hold !== undefined ? 2 : ackedBy(alert) === undefined ? 0 : 1);

/** Same rules together; what nobody has first, then by severity, then the newest first. Pure. */
export function grouped(alerts: readonly AlertShown[]): readonly AlertGroup[] {
  const groups = Map.groupBy(alerts, ({ rule, severity }) => `${severity} ${rule}`);
  const rows = [...groups].map(([key, members]) => {
    const sorted = members.toSorted((a, b) => rank(a) - rank(b) || b.started - a.started);
    return { key, title: sorted[0]?.title ?? key, severity: sorted[0]?.severity ?? "", alerts: sorted };
  });
  const first = ({ alerts: [one] }: AlertGroup): AlertShown | undefined => one;
  return rows.toSorted((a, b) => {
    const [x, y] = [first(a), first(b)];
    if (x === undefined || y === undefined) return 0;
    return rank(x) - rank(y) || a.severity.localeCompare(b.severity) || y.started - x.started;
  });
}
