import { WatchbookError } from "../../model/error.ts";
import type { Incident } from "../../model/incident.ts";
import type { IncidentEvent } from "./advance.ts";
import { entered } from "./timeline.ts";

type Of<K extends IncidentEvent["kind"]> = Extract<IncidentEvent, { readonly kind: K }>;

/** One more word for everybody. */
export function publish(incident: Incident, { update }: Of<"publish">, now: number): Incident {
  const { by, state, text } = update;
  const published = [...incident.published, { ...update, at: now }];
  return entered({ ...incident, published }, { kind: "published", by, text, args: { state } }, now);
}

/** Nobody outside reads that word any more; here it stays, with who took it back and why. Throws INCIDENT-UPDATE. */
export function retract(incident: Incident, { by, update, reason }: Of<"retract">, now: number): Incident {
  const { id, published } = incident;
  const one = published[update - 1];
  if (!one || one.retracted) throw new WatchbookError("INCIDENT-UPDATE", { id, update });
  const left = published.map((each) => (each === one ? { ...one, retracted: { at: now, by, reason } } : each));
  const args = { state: one.state, update };
  return entered({ ...incident, published: left }, { kind: "retracted", by, text: reason, args }, now);
}
