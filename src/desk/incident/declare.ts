import { WatchbookError } from "../../model/error.ts";
import type { Incident, IncidentClocks, IncidentOrigin, LinkedAlert } from "../../model/incident.ts";
import type { IncidentPolicy, Priority } from "../../model/incident-policy.ts";
import { entered } from "./timeline.ts";
import { signatureOf } from "./signature.ts";
import { tell, type Given } from "./tell.ts";

/** What an incident begins with; the engine has looked up what its words mean. */
export interface Declaration {
  readonly id: string;
  readonly title: string;
  readonly by: string;
  readonly priority: string;
  readonly origin: IncidentOrigin;
  readonly service?: string;
  readonly class?: string;
  /** When it was noticed, milliseconds since the epoch. */
  readonly since: number;
  readonly path: readonly string[];
  readonly alerts: readonly LinkedAlert[];
  readonly sop?: NonNullable<Incident["sop"]>;
  readonly simulated?: true;
}

export const priorityNamed = (
  { scale }: IncidentPolicy,
  name: string,
): { readonly priority: Priority; readonly rank: number } => {
  const rank = scale.findIndex(({ id }) => id === name);
  const priority = scale[rank];
  if (!priority) throw new WatchbookError("INCIDENT-PRIORITY", { priority: name, known: scale.map(({ id }) => id) });
  return { priority, rank };
};

/** Limits of a priority; one that was told already is told anew, for it is another. */
export const limitsOf = ({ respondMs, resolveMs }: Priority): IncidentClocks["limits"] => ({
  ...(respondMs !== undefined && { respond: { ms: respondMs } }),
  ...(resolveMs !== undefined && { resolve: { ms: resolveMs } }),
});

/** Priority of an alert's severity: by the book's own map, never guessed. Throws INCIDENT-UNMAPPED. */
export function priorityOf({ severities, scale }: IncidentPolicy, severity: string): string {
  const found = severities[severity];
  if (found === undefined)
    throw new WatchbookError("INCIDENT-UNMAPPED", { severity, known: scale.map(({ id }) => id) });
  return found;
}

/** Priority of an impact and an urgency, by the book's table. Throws INCIDENT-MATRIX. */
export function priorityBy({ matrix }: IncidentPolicy, impact: string, urgency: string): string {
  const found = matrix[impact]?.[urgency];
  if (found !== undefined) return found;
  const known = Object.entries(matrix).flatMap(([one, row]) => Object.keys(row).map((two) => `${one} × ${two}`));
  throw new WatchbookError("INCIDENT-MATRIX", { impact, urgency, known });
}

/** A new incident and whom it tells. Throws INCIDENT-PRIORITY. */
export function declare(declaration: Declaration, given: Given) {
  const { since, alerts, origin, id, ...rest } = declaration;
  const { now, policy } = given;
  const { priority, rank } = priorityNamed(policy, declaration.priority);
  const signature = signatureOf(origin, declaration.service);
  const fresh: Incident = {
    ...rest,
    ...{ id, origin, rank, state: "confirming", declared: now },
    ...(signature !== undefined && { signature }),
    ...(policy.room !== undefined && { room: policy.room.replaceAll("{incident}", id) }),
    clocks: { since: Math.min(since, now), schedule: priority.schedule, limits: limitsOf(priority), pauses: [] },
    ...{ roles: {}, readings: [], alerts, runs: [], timeline: [], actions: [], published: [], told: [] },
    ...{ count: 0, entries: 0 },
  };
  const fired = alerts.reduce(
    (incident, { id: alert, title, target, started }) =>
      entered(incident, { kind: "alert-fired", at: started, args: { alert, title, target } }, now),
    fresh,
  );
  const args = { title: declaration.title, priority: declaration.priority, from: origin.kind };
  const declared = entered(fired, { kind: "declared", by: declaration.by, args }, now);
  return tell(declared, "declared", { by: declaration.by }, given);
}
