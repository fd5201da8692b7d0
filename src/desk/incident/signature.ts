import { createHash } from "node:crypto";
import type { IncidentOrigin } from "../../model/incident.ts";
import type { Recurrence } from "../../model/problem.ts";

/** What comes back when it comes back: the service, and the rule or the row of the symptom table. Nothing that anybody wrote. */
export function recurrenceOf(origin: IncidentOrigin, service: string | undefined): Recurrence | undefined {
  const at = service === undefined ? {} : { service };
  if (origin.kind === "alert") return { ...at, rule: origin.rule };
  if (origin.kind === "symptom") return { ...at, symptom: origin.symptom };
  return undefined;
}

/** Twelve hexadecimal digits; absent for what was declared by hand. */
export function signatureOf(origin: IncidentOrigin, service: string | undefined): string | undefined {
  const found = recurrenceOf(origin, service);
  if (found === undefined) return undefined;
  const parts = [found.service ?? "", found.rule ?? "", found.symptom ?? ""];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}
