import { Temporal } from "temporal-polyfill";
import type { AlertPolicy, MaintenanceSpec } from "../../model/alert-policy.ts";
import type { Hold } from "../../model/alert.ts";
import { DAYS } from "../../model/session.ts";
import { matchesAll, type Labels } from "../../model/silence.ts";
import { onDay, windowAt } from "../../model/window.ts";

/** Windows of the book that are open now, and severities that keep quiet now. */
export interface Times {
  readonly windows: readonly MaintenanceSpec[];
  readonly quiet: ReadonlySet<string>;
}

/** A window belongs to the day on which it opens, also after midnight, and in nights in which clocks are set. */
function isOpen({ window, days }: MaintenanceSpec, now: number, zone: string): boolean {
  const today = Temporal.Instant.fromEpochMilliseconds(Math.floor(now)).toZonedDateTimeISO(zone).toPlainDate();
  return [-1, 0, 1].some((add) => {
    const date = today.add({ days: add });
    const { opens, closes } = onDay(window, date, zone);
    return opens <= now && now < closes && (days === undefined || days.includes(DAYS[date.dayOfWeek - 1]!));
  });
}

export const timesOf = ({ maintenance, severities, zone }: AlertPolicy, now: number): Times => ({
  windows: maintenance.filter((spec) => isOpen(spec, now, zone)),
  quiet: new Set(severities.flatMap(({ id, quiet }) => (quiet && windowAt(quiet, now, zone).open ? [id] : []))),
});

export function mutedBy({ windows, quiet }: Times, severity: string, labels: Labels): Hold | undefined {
  const window = windows.find(({ matchers }) => matchesAll(matchers, labels));
  if (window) return { by: "window", name: window.id };
  return quiet.has(severity) ? { by: "quiet", name: severity } : undefined;
}
