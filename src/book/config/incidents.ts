import type { BookConfig } from "../../model/config.ts";
import { given } from "../../model/given.ts";
import {
  INCIDENT_DEFAULTS,
  type HoursSpec,
  type IncidentSettings,
  type PauseSpec,
} from "../../model/incident-policy.ts";
import type { Source } from "../../model/source.ts";
import { windowOf } from "../../model/window.ts";
import { seconds } from "./duration.ts";
import type { RawIncidents } from "./incident-schema.ts";

type RawPause = NonNullable<RawIncidents["pauses"]>[string];

const ms = (text: string | undefined): number | undefined => (text === undefined ? undefined : seconds(text)! * 1000);
const days = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Math.max(1, Math.ceil(seconds(text)! / 86_400));

const hoursOf = ({ day, week, hours, ...raw }: NonNullable<RawIncidents["clocks"]>[number]): HoursSpec =>
  given({ ...raw, hours: hours === undefined ? undefined : windowOf(hours), dayMs: ms(day), weekMs: ms(week) });

const pauseOf = (id: string, { title = id, clocks = ["resolve"] }: RawPause): PauseSpec => ({ id, title, clocks });

/** The model's form of the section, with what holds where the book says nothing. */
export function incidentsOf(raw: RawIncidents, source: Source): IncidentSettings {
  const { priorities, matrix, channels, room, escalation, roles, paths, sop, recurring, warn } = raw;
  return {
    ...INCIDENT_DEFAULTS,
    ...given({ priorities, matrix, channels, room, escalation, roles, paths, sop, reviewDays: days(raw.review) }),
    ...(warn !== undefined && { warn: warn / 100 }),
    ...(raw.page && { page: given({ title: raw.page.title }) }),
    hours: (raw.clocks ?? []).map(hoursOf),
    pauses: Object.entries(raw.pauses ?? {}).map(([id, one]) => pauseOf(id, one)),
    classes: Object.entries(raw.classes ?? {}).map(([id, one]) => ({
      id,
      people: one.people ?? [],
      channels: one.channels ?? [],
    })),
    recurring: {
      count: recurring?.count ?? INCIDENT_DEFAULTS.recurring.count,
      days: days(recurring?.within) ?? INCIDENT_DEFAULTS.recurring.days,
    },
    source,
  };
}

type Refer = (path: readonly PropertyKey[], name: string | undefined, known: readonly string[]) => void;
const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);

/** Names that the section uses and the file must declare. Priorities and checks may stand in the manual. */
export function incidentReferences(config: BookConfig, refer: Refer): void {
  const { incidents } = config;
  if (!incidents) return;
  const [channels, people] = [ids(config.channels), ids(config.people)];
  const priorities = config.severities.filter(({ scale }) => scale === "incident").map(({ id }) => id);
  const priority = (path: readonly PropertyKey[], name: string): void => {
    if (priorities.length > 0) refer(path, name, priorities);
  };
  for (const name of incidents.channels) refer(["incidents", "channels"], name, channels);
  refer(["incidents", "escalation"], incidents.escalation, ids(config.escalations));
  for (const [severity, name] of Object.entries(incidents.priorities))
    priority(["incidents", "priorities", severity], name);
  for (const [impact, row] of Object.entries(incidents.matrix))
    for (const [urgency, name] of Object.entries(row)) priority(["incidents", "matrix", impact, urgency], name);
  for (const [service, checks] of Object.entries(incidents.paths)) {
    if (config.services.length > 0) refer(["incidents", "paths"], service, ids(config.services));
    for (const name of checks) refer(["incidents", "paths", service], name, ids(config.checks));
  }
  for (const [index, spec] of incidents.hours.entries()) {
    refer(["incidents", "clocks", index, "calendar"], spec.calendar, ids(config.calendars));
    for (const name of spec.priorities ?? []) priority(["incidents", "clocks", index, "priorities"], name);
  }
  for (const { id, people: own, channels: there } of incidents.classes) {
    for (const name of own) refer(["incidents", "classes", id, "people"], name, people);
    for (const name of there) refer(["incidents", "classes", id, "channels"], name, channels);
  }
}
