import type { Escalation } from "./alert-policy.ts";
import type { ClockName } from "./incident.ts";
import type { Day } from "./session.ts";
import type { Source } from "./source.ts";
import type { Schedule } from "./schedule.ts";
import type { Window } from "./window.ts";

/** When the clocks of some priorities run, as watchbook.yaml declares it. */
export interface HoursSpec {
  /** Absent: all that no other entry names. */
  readonly priorities?: readonly string[];
  readonly zone?: string;
  readonly days?: readonly Day[] | "workdays";
  readonly hours?: Window;
  /** Id of a calendar. */
  readonly calendar?: string;
  /** Working time that a day, a week of a limit stands for, milliseconds; absent: as it is written. */
  readonly dayMs?: number;
  readonly weekMs?: number;
}

/** A reason for which clocks may stand still. */
export interface PauseSpec {
  readonly id: string;
  readonly title: string;
  readonly clocks: readonly ClockName[];
}

/** People and channels that hear of incidents of one class. */
export interface ClassSpec {
  readonly id: string;
  readonly people: readonly string[];
  readonly channels: readonly string[];
}

/** Settings of watchbook.yaml `incidents:`. */
export interface IncidentSettings {
  /** Severity of an alert → priority of the incident declared from it. */
  readonly priorities: Readonly<Record<string, string>>;
  /** Impact → urgency → priority. */
  readonly matrix: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Where the war room is, and its address with `{incident}` in it. */
  readonly channels: readonly string[];
  readonly room?: string;
  readonly escalation?: string;
  readonly roles: readonly string[];
  /** Checks that measure the user's path, by service. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly hours: readonly HoursSpec[];
  readonly pauses: readonly PauseSpec[];
  readonly classes: readonly ClassSpec[];
  /** Share of a limit, 0 to 1, after which it is told. */
  readonly warn: number;
  /** Days from the end to the review. */
  readonly reviewDays: number;
  /** File of the procedure for incidents, relative to the root. */
  readonly sop?: string;
  /** So many of one signature in so many days are a problem. */
  readonly recurring: { readonly count: number; readonly days: number };
  /** Whether `/status` is served, and its title. */
  readonly page?: { readonly title?: string };
  readonly source: Source;
}

export const INCIDENT_DEFAULTS: Omit<IncidentSettings, "source"> = {
  priorities: {},
  matrix: {},
  channels: [],
  roles: ["commander", "communications", "scribe"],
  paths: {},
  hours: [],
  pauses: [],
  classes: [],
  warn: 0.75,
  reviewDays: 7,
  recurring: { count: 3, days: 30 },
};

/** The only priority of a book that states none: a disturbance can be declared all the same, without limits. */
export const UNRANKED = "unranked";

/** A priority of incidents as the desk uses it; the first of a scale is the worst. */
export interface Priority {
  readonly id: string;
  /** Working time, milliseconds. */
  readonly respondMs?: number;
  readonly resolveMs?: number;
  readonly schedule: Schedule;
  readonly chain: Escalation;
}

/** Everything that decides about incidents, made from a book. */
export interface IncidentPolicy extends Omit<IncidentSettings, "source" | "priorities" | "hours"> {
  readonly severities: Readonly<Record<string, string>>;
  /** Worst first. */
  readonly scale: readonly Priority[];
  readonly zone: string;
}
