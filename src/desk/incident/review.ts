import { WatchbookError } from "../../model/error.ts";
import type { Incident } from "../../model/incident.ts";
import type { IncidentEvent } from "./advance.ts";
import { entered } from "./timeline.ts";

type Of<K extends IncidentEvent["kind"]> = Extract<IncidentEvent, { readonly kind: K }>;

export interface ActionAsk {
  readonly by: string;
  readonly text: string;
  readonly owner: string;
  /** `2026-12-01` */
  readonly due: string;
}

/** One more piece of work that keeps it from coming back. */
export function act(incident: Incident, { by, text, owner, due }: ActionAsk, now: number): Incident {
  const id = `a${incident.actions.length + 1}`;
  const next = { ...incident, actions: [...incident.actions, { id, text, owner, due, by, at: now }] };
  return entered(next, { kind: "action", by, text, args: { action: id, owner, due } }, now);
}

/** Throws INCIDENT-ACTION. */
export function done(incident: Incident, { by, action, text }: Of<"done">, now: number): Incident {
  const open = incident.actions.filter((one) => one.done === undefined);
  if (!open.some(({ id }) => id === action))
    throw new WatchbookError("INCIDENT-ACTION", { id: incident.id, action, known: open.map(({ id }) => id) });
  const actions = incident.actions.map((one) => (one.id === action ? { ...one, done: { at: now, by, text } } : one));
  return entered({ ...incident, actions }, { kind: "action-done", by, text, args: { action } }, now);
}

/** The review was held: its actions go on without it. Throws INCIDENT-NOT-OVER or INCIDENT-REVIEWED. */
export function held(incident: Incident, { by, text }: Of<"review-held">, now: number): Incident {
  if (incident.state === "closed") throw new WatchbookError("INCIDENT-REVIEWED", { id: incident.id });
  if (incident.state !== "resolved" || !incident.review)
    throw new WatchbookError("INCIDENT-NOT-OVER", { id: incident.id });
  const review = { ...incident.review, held: now, by };
  return entered({ ...incident, state: "closed", review }, { kind: "closed", by, text }, now);
}

/** Whether a date (`2026-12-01`) is past on a day. */
export const isOverdue = (due: string, today: string): boolean => due < today;
