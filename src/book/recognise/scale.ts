import type { Finding } from "../../model/finding.ts";
import type { Severity } from "../../model/tables.ts";
import { ALERT_CONTEXT, INCIDENT_CONTEXT } from "../words/contexts.ts";
import type { Place } from "./place.ts";
import { annotated, context, finding, sourceAt } from "./place.ts";

/**
 * Whether levels grade alerts or incidents. The nearest words decide: label, items and headings around, header, title.
 * Words of both scales in one place decide nothing. Without any words a time to resolve makes it incidents: an alert
 * fires and ends, only a disturbance is resolved.
 */
export function scaleOf(place: Place, header: readonly string[], resolves: boolean): Severity["scale"] | undefined {
  const declared = annotated(place, "scale");
  if (declared === "alert" || declared === "incident") return declared;
  const [near = "", ...far] = context(place);
  for (const text of [near, header.join(" "), ...far]) {
    const [alert, incident] = [ALERT_CONTEXT.in(text), INCIDENT_CONTEXT.in(text)];
    if (alert && incident) return undefined;
    if (alert) return "alert";
    if (incident) return "incident";
  }
  return resolves ? "incident" : undefined;
}

/** The finding for levels whose scale nothing tells. */
export const undecided = (place: Place): Finding =>
  finding("WB226", "warn", sourceAt(place.page, place.node.line), {
    shape: place.node.kind === "table" ? "table=severities" : "list=severities",
  });
