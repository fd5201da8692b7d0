import type { Escalation } from "../../model/alert-policy.ts";
import type { Book } from "../../model/book.ts";
import { given } from "../../model/given.ts";
import {
  INCIDENT_DEFAULTS,
  UNRANKED,
  type HoursSpec,
  type IncidentPolicy,
  type Priority,
} from "../../model/incident-policy.ts";
import type { Schedule } from "../../model/schedule.ts";

type Stated = Pick<Book, "config" | "severities" | "zone">;

const DAY_MS = 86_400_000;
const WEEK_MS = 604_800_000;
const WAIT_MS = 300_000;

/** Priorities of watchbook.yaml, then those that only the manual's tables have; worst first; without any one that is none. */
function namesOf({ config, severities }: Stated): readonly string[] {
  const declared = config.severities.filter(({ scale }) => scale === "incident").map(({ id }) => id);
  const written = severities.filter(({ scale }) => scale === "incident").map(({ id }) => id);
  const names = [...new Set([...declared, ...written])];
  return names.length === 0 ? [UNRANKED] : names;
}

function scheduleOf(spec: HoursSpec | undefined, { config, zone }: Stated): Schedule {
  const { days, hours, calendar } = spec ?? {};
  const found = config.calendars.find(({ id }) => id === calendar);
  return { zone: spec?.zone ?? zone, ...given({ days, hours, calendar: found }) };
}

/** A limit in working time: a day or a week of it is what the book says that it is. */
function limitOf(seconds: number | undefined, spec: HoursSpec | undefined): number | undefined {
  if (seconds === undefined) return undefined;
  const ms = seconds * 1000;
  if (spec?.weekMs !== undefined && ms % WEEK_MS === 0) return (ms / WEEK_MS) * spec.weekMs;
  if (spec?.dayMs !== undefined && ms % DAY_MS === 0) return (ms / DAY_MS) * spec.dayMs;
  return ms;
}

/** Channels that the manual means by its words: a channel's name, or its kind. */
const meant = ({ config }: Stated, words: readonly string[]): readonly string[] =>
  config.channels
    .filter(({ id, kind }) => words.some((word) => [id, kind].includes(word.toLowerCase()) || word === id))
    .map(({ id }) => id);

function chainOf(book: Stated, id: string): Escalation {
  const { config, severities } = book;
  const spec = config.severities.find((one) => one.id === id && one.scale === "incident");
  const named = spec?.escalation ?? config.incidents?.escalation;
  const chain = config.escalations.find((one) => one.id === named);
  if (chain) return chain;
  const written = severities.find((one) => one.id === id && one.scale === "incident")?.channels ?? [];
  const own = spec && spec.channels.length > 0 ? spec.channels : meant(book, written);
  const room = config.incidents?.channels ?? [];
  const all = own.length + room.length > 0 ? own : config.channels.map((channel) => channel.id);
  return { id, rounds: 1, steps: [{ channels: all, rotas: [], people: [], waitMs: WAIT_MS }] };
}

function priorityOf(book: Stated, id: string): Priority {
  const { config, severities } = book;
  const hours = config.incidents?.hours ?? [];
  const spec = hours.find(({ priorities }) => priorities?.includes(id)) ?? hours.find((one) => !one.priorities);
  const declared = config.severities.find((one) => one.id === id && one.scale === "incident");
  const written = severities.find((one) => one.id === id && one.scale === "incident");
  return {
    id,
    ...given({
      respondMs: limitOf(declared?.respond ?? written?.respond, spec),
      resolveMs: limitOf(declared?.resolve ?? written?.resolve, spec),
    }),
    schedule: scheduleOf(spec, book),
    chain: chainOf(book, id),
  };
}

/** Everything that decides about incidents. Pure. */
export function incidentPolicyOf(book: Stated): IncidentPolicy {
  const { priorities, hours: _, ...settings } = book.config.incidents ?? INCIDENT_DEFAULTS;
  return {
    ...settings,
    severities: priorities,
    scale: namesOf(book).map((id) => priorityOf(book, id)),
    zone: book.zone,
  };
}
