import type { EntryKind, Incident } from "../../model/incident.ts";
import type { Problem } from "../../model/problem.ts";
import type { Change } from "../../store/store.ts";

/** Lines of a timeline that are events for everybody; the rest is its own. */
const EVENTS: ReadonlySet<EntryKind> = new Set([
  ...(["declared", "acknowledged", "priority", "paused", "resumed", "warned", "broken"] as const),
  ...(["resolved", "reopened", "closed", "published", "retracted"] as const),
]);

/** An incident as changes of the store, with the events that its new lines are. */
export function incidentChanges(before: Incident | undefined, after: Incident, now: number): readonly Change[] {
  const { id, title, priority, service = "" } = after;
  const fresh = after.timeline.slice(before?.timeline.length ?? 0).filter(({ kind }) => EVENTS.has(kind));
  return [
    { kind: "desk.put", of: "incident", record: after },
    ...fresh.map(({ kind, by = "", args }): Change => {
      const data = { title, priority, service, by, ...args };
      return { kind: "event.add", event: { at: now, kind: `incident.${kind}`, subject: id, data } };
    }),
  ];
}

export function problemChanges(
  before: Problem | undefined,
  after: Problem,
  by: string,
  now: number,
): readonly Change[] {
  const put: Change = { kind: "desk.put", of: "problem", record: after };
  if (before?.state === after.state) return [put];
  const data = { title: after.title, state: after.state, by };
  return [put, { kind: "event.add", event: { at: now, kind: `problem.${after.state}`, subject: after.id, data } }];
}
