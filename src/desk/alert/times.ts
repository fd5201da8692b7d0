import { Temporal } from "temporal-polyfill";
import type { AlertPolicy, MaintenanceSpec } from "../../model/alert-policy.ts";
import type { Hold } from "../../model/alert.ts";
import { DAYS } from "../../model/session.ts";
import { matchesAll, type Labels } from "../../model/silence.ts";
import { windowAt } from "../../model/window.ts";

/** Windows of the book that are open now, and severities that keep quiet now. */
export interface Times {
  readonly windows: readonly MaintenanceSpec[];
  readonly quiet: ReadonlySet<string>;
}

const MINUTE_MS = 60_000;

/** Name of the weekday of a moment. */
const dayAt = (at: number, zone: string): (typeof DAYS)[number] =>
  DAYS[Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).dayOfWeek - 1]!;

/** A window belongs to the day on which it opens, also after midnight: it opened no longer ago than it is long. */
function isOpen({ window, days }: MaintenanceSpec, now: number, zone: string): boolean {
  if (!windowAt(window, now, zone).open) return false;
  if (!days) return true;
  const [hours = 0, minutes = 0] = window.from.split(":").map(Number);
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(now)).toZonedDateTimeISO(zone);
  const began =
    local.hour * 60 + local.minute >= hours * 60 + minutes
      ? now
      : now - (local.hour * 60 + local.minute + 1) * MINUTE_MS;
  return days.includes(dayAt(began, zone));
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
