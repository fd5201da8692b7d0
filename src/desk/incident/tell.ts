import { createHash } from "node:crypto";
import type { AlertPolicy, OnCall } from "../../model/alert-policy.ts";
import type { NoticeRecord, Receiver } from "../../model/alert.ts";
import type { Incident } from "../../model/incident.ts";
import type { IncidentPolicy } from "../../model/incident-policy.ts";
import type { NoticeEvent } from "../../model/notice.ts";
import type { Args } from "../../model/finding.ts";
import { calledBy, receiverKey, stepOf, type Called } from "../alert/receivers.ts";

/** What people are told of an incident. */
export const TOLD = [
  "declared",
  "acknowledged",
  "assigned",
  "priority",
  "paused",
  "resumed",
  "warned",
  "broken",
  "resolved",
  "reopened",
  "announced",
] as const;
export type ToldKind = (typeof TOLD)[number];

/** How receivers that keep a state of their own take it. */
const EVENTS: Readonly<Record<ToldKind, NoticeEvent>> = {
  declared: "fire",
  acknowledged: "acknowledge",
  assigned: "again",
  priority: "again",
  paused: "again",
  resumed: "again",
  warned: "again",
  broken: "escalate",
  resolved: "resolve",
  reopened: "fire",
  announced: "again",
};

export interface Given {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly policy: IncidentPolicy;
  readonly alerts: AlertPolicy;
  readonly onCall: OnCall;
}

/** The chain of its priority; one that the book has no more is its worst. */
const chainOf = ({ scale }: IncidentPolicy, priority: string) =>
  (scale.find(({ id }) => id === priority) ?? scale[0])?.chain;

const ofPerson = ({ alerts }: Given, person: string): readonly Called[] =>
  (alerts.reach.get(person) ?? []).map((channel) => ({ channel, person }));

/** Who hears: the room always, the first step at the beginning and when time runs out, the next step when a limit is broken. */
function receivers(incident: Incident, what: ToldKind, given: Given, person: string | undefined): readonly Called[] {
  const { policy, alerts, onCall, now } = given;
  const room = policy.channels.map((channel): Called => ({ channel }));
  const chain = chainOf(policy, incident.priority);
  const steps = (numbers: readonly number[]): readonly Called[] =>
    chain === undefined
      ? []
      : numbers.flatMap((step) => calledBy({ policy: alerts, onCall, now }, stepOf(chain, step), incident.id).called);
  const own = policy.classes.find(({ id }) => id === incident.class);
  const contacts = [
    ...(own?.people.flatMap((id) => ofPerson(given, id)) ?? []),
    ...(own?.channels.map((channel): Called => ({ channel })) ?? []),
  ];
  const holders = Object.values(incident.roles).flatMap((id) => ofPerson(given, id));
  // An incident of a class with contacts of its own is theirs, not everybody's.
  const first = own ? contacts : steps([0]);
  switch (what) {
    case "declared":
    case "reopened":
    case "priority":
      return [...room, ...first];
    case "warned":
      return [...room, ...first, ...holders];
    case "broken":
      return [...room, ...first, ...holders, ...(own ? [] : steps([1]))];
    case "assigned":
      return [...room, ...(person === undefined ? [] : ofPerson(given, person))];
    case "resolved":
      return [...room, ...incident.told];
    default:
      return room;
  }
}

const idOf = (incident: string, to: Receiver, count: number): string =>
  createHash("sha256")
    .update(JSON.stringify([incident, receiverKey(to), count]))
    .digest("hex")
    .slice(0, 16);

/** Notices of one happening, each receiver once; the incident remembers whom it told. */
export function tell(
  incident: Incident,
  what: ToldKind,
  args: Args,
  given: Given,
  person?: string,
): { readonly incident: Incident; readonly notices: readonly NoticeRecord[] } {
  const all = new Map(receivers(incident, what, given, person).map((one) => [receiverKey(one), one]));
  const count = incident.count + 1;
  const chain = chainOf(given.policy, incident.priority)?.id ?? incident.priority;
  const beside = [...new Set([...all.values()].map(({ channel }) => channel))];
  const notices = [...all.values()].map((to): NoticeRecord => ({
    ...{ id: idOf(incident.id, to, count), group: incident.id, event: EVENTS[what], subject: incident.title },
    ...{ severity: incident.priority, rank: incident.rank, channel: to.channel },
    ...(to.person !== undefined && { person: to.person }),
    ...{ at: given.now, alerts: [], ids: [], state: "waiting", due: given.now, attempts: [], number: count },
    because: {
      chain,
      step: what === "broken" ? 1 : 0,
      round: 0,
      ...(to.rota !== undefined && { rota: to.rota }),
      beside,
    },
    incident: { id: incident.id, what, args, ...(incident.room !== undefined && { room: incident.room }) },
  }));
  const told = new Map(
    [...incident.told, ...all.values()].map(({ channel, person: whom }) => {
      const to: Receiver = { channel, ...(whom !== undefined && { person: whom }) };
      return [receiverKey(to), to] as const;
    }),
  );
  return { incident: { ...incident, count, told: [...told.values()] }, notices };
}
