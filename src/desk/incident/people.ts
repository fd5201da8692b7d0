import { WatchbookError } from "../../model/error.ts";
import { isGoingOn, type Incident } from "../../model/incident.ts";
import { limitsOf, priorityNamed } from "./declare.ts";
import { tell, type Given } from "./tell.ts";
import { entered } from "./timeline.ts";
import type { IncidentEvent, Step } from "./advance.ts";

type Of<K extends IncidentEvent["kind"]> = Extract<IncidentEvent, { readonly kind: K }>;

/** Throws INCIDENT-OVER. */
export function mustGoOn(incident: Incident): void {
  if (!isGoingOn(incident)) throw new WatchbookError("INCIDENT-OVER", { id: incident.id });
}

/** Somebody has it: the clock of the response stops, once. Throws INCIDENT-OVER or INCIDENT-TAKEN. */
export function acknowledge(incident: Incident, { by, note }: Of<"acknowledge">, given: Given): Step {
  mustGoOn(incident);
  const { clocks } = incident;
  const first = incident.timeline.find(({ kind }) => kind === "acknowledged");
  if (clocks.acknowledged !== undefined)
    throw new WatchbookError("INCIDENT-TAKEN", { id: incident.id, by: first?.by ?? "" });
  const taken = { ...incident, clocks: { ...clocks, acknowledged: given.now } };
  const next = entered(taken, { kind: "acknowledged", by, text: note }, given.now);
  return tell(next, "acknowledged", { by }, given);
}

/** A role has somebody from now on. Throws INCIDENT-OVER, INCIDENT-ROLE or INCIDENT-PERSON. */
export function assign(incident: Incident, { by, role, person }: Of<"assign">, given: Given): Step {
  mustGoOn(incident);
  const { policy, alerts } = given;
  if (!policy.roles.includes(role)) throw new WatchbookError("INCIDENT-ROLE", { role, known: policy.roles });
  const people = [...alerts.reach.keys()];
  if (people.length > 0 && !people.includes(person))
    throw new WatchbookError("INCIDENT-PERSON", { person, known: people });
  const before = incident.roles[role];
  const args = { role, person, ...(before !== undefined && { before }) };
  const next = entered(
    { ...incident, roles: { ...incident.roles, [role]: person } },
    { kind: "assigned", by, args },
    given.now,
  );
  return tell(next, "assigned", { by, role, person }, given, person);
}

/** Another priority has limits of its own, from the same beginning. Throws INCIDENT-OVER or INCIDENT-PRIORITY. */
export function changePriority(incident: Incident, { by, priority: name, reason }: Of<"priority">, given: Given): Step {
  mustGoOn(incident);
  const { priority, rank } = priorityNamed(given.policy, name);
  const args = { before: incident.priority, after: name };
  const clocks = { ...incident.clocks, schedule: priority.schedule, limits: limitsOf(priority) };
  const next = entered(
    { ...incident, priority: name, rank, clocks },
    { kind: "priority", by, text: reason, args },
    given.now,
  );
  return tell(next, "priority", { by, ...args }, given);
}

/** Clocks stand still for a reason of the book. Throws INCIDENT-OVER, INCIDENT-PAUSE or INCIDENT-PAUSED. */
export function pause(incident: Incident, { by, pause: id, text }: Of<"pause">, given: Given): Step {
  mustGoOn(incident);
  const { pauses } = given.policy;
  const found = pauses.find((one) => one.id === id);
  if (!found) throw new WatchbookError("INCIDENT-PAUSE", { pause: id, known: pauses.map((one) => one.id) });
  const on = incident.clocks.pauses.find(({ to }) => to === undefined);
  if (on) throw new WatchbookError("INCIDENT-PAUSED", { id: incident.id, pause: on.id });
  const one = { id, clocks: found.clocks, from: given.now };
  const clocks = { ...incident.clocks, pauses: [...incident.clocks.pauses, one] };
  const args = { pause: id, title: found.title };
  const next = entered({ ...incident, clocks }, { kind: "paused", by, text, args }, given.now);
  return tell(next, "paused", { by, ...args }, given);
}

/** Ends the pause that lasts, if there is one. */
export const withoutPause = (incident: Incident, now: number): Incident => ({
  ...incident,
  clocks: {
    ...incident.clocks,
    pauses: incident.clocks.pauses.map((one) => (one.to === undefined ? { ...one, to: Math.max(now, one.from) } : one)),
  },
});

/** Throws INCIDENT-OVER or INCIDENT-RUNNING. */
export function resume(incident: Incident, { by }: Of<"resume">, given: Given): Step {
  mustGoOn(incident);
  const on = incident.clocks.pauses.find(({ to }) => to === undefined);
  if (!on) throw new WatchbookError("INCIDENT-RUNNING", { id: incident.id });
  const next = entered(withoutPause(incident, given.now), { kind: "resumed", by, args: { pause: on.id } }, given.now);
  return tell(next, "resumed", { by, pause: on.id }, given);
}
