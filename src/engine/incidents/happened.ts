import type { IncidentEvent } from "../../desk/incident/index.ts";
import type { Alert } from "../../model/alert.ts";
import type { Book } from "../../model/book.ts";
import type { Incident } from "../../model/incident.ts";
import type { RunRecord } from "../../model/run.ts";
import type { Store, StoredEvent } from "../../store/store.ts";
import { isAbout, linkedOf } from "./linked.ts";

const ALERT: Readonly<Record<string, "fired" | "cleared" | "ended" | "acknowledged">> = {
  "alert.fired": "fired",
  "alert.resolved": "cleared",
  "alert.lapsed": "ended",
  "alert.closed": "ended",
  "alert.withdrawn": "ended",
  "alert.acknowledged": "acknowledged",
};
const OTHERS = new Set(["check.changed", "run.begun", "run.ended", "alert.flood"]);

/** Kinds of events that a timeline may tell. */
export const isTold = (kind: string): boolean => kind in ALERT || OTHERS.has(kind);

const alertBelongs = (incident: Incident, alert: Alert): boolean =>
  incident.alerts.some(({ id }) => id === alert.id) || isAbout(incident, alert);

/** A run belongs to it unless it is known to be about something else, or its reason names another. */
function runBelongs(incident: Incident, run: RunRecord, { runbooks, config }: Book): boolean {
  if (incident.runs.includes(run.id) || run.reason.includes(incident.id)) return true;
  if (/\binc-(?:sim-)?\d{8}-\d+/.test(run.reason) || run.rehearsal) return false;
  const service = config.runbooks.find(({ id }) => id === run.runbook)?.service;
  const known = runbooks.some(({ id }) => id === run.runbook);
  return known && (service === undefined || incident.service === undefined || service === incident.service);
}

const textIn = (data: StoredEvent["data"], key: string): string => (typeof data[key] === "string" ? data[key] : "");

/** What one stored event means to each incident. */
export async function meaningOf(
  event: StoredEvent,
  store: Pick<Store, "deskOne" | "run">,
  book: Book,
): Promise<(incident: Incident) => IncidentEvent | undefined> {
  const { kind, subject, at, data } = event;
  const did = ALERT[kind];
  if (did) {
    const alert = await store.deskOne("alert", subject);
    if (!alert) return () => undefined;
    // An alert that began and ended since is told in order: it was open when it fired.
    const { ended: _, ...open } = linkedOf(alert);
    const linked = did === "cleared" || did === "ended" ? { ...open, ended: at } : open;
    const by = textIn(data, "by");
    return (incident) =>
      alertBelongs(incident, alert) ? { kind: "alert", did, alert: linked, at, ...(by !== "" && { by }) } : undefined;
  }
  if (kind === "check.changed") {
    const args = {
      check: subject,
      ...Object.fromEntries(["target", "from", "to", "reason"].map((key) => [key, textIn(data, key)])),
    };
    return ({ path }) => (path.includes(subject) ? { kind: "happened", entry: "check-changed", at, args } : undefined);
  }
  if (kind === "alert.flood") {
    const args = { count: Number(data["count"] ?? 0) };
    return () => ({ kind: "happened", entry: "alert-flood", at, args });
  }
  const found = await store.run(subject);
  if (!found) return () => undefined;
  const { record } = found;
  const begun = kind === "run.begun";
  const args = { title: record.title, environment: record.environment, state: begun ? "running" : record.state };
  return (incident) =>
    runBelongs(incident, record, book)
      ? { kind: "run", run: subject, did: begun ? "begun" : "ended", at, by: record.by, args }
      : undefined;
}
