import type { Incident, LinkedAlert } from "../../model/incident.ts";
import { tells } from "../../model/incident-path.ts";
import { entered } from "./timeline.ts";

/** One alert of which an event told. */
export interface AlertNews {
  readonly kind: "alert";
  readonly did: "fired" | "cleared" | "ended" | "acknowledged";
  readonly alert: LinkedAlert;
  readonly at: number;
  readonly by?: string;
}

/** What became of alerts without an event of their own: those that it did not have yet, and those that are over. */
export interface AlertsNow {
  readonly kind: "alerts";
  readonly fired: readonly LinkedAlert[];
  readonly over: readonly { readonly alert: LinkedAlert; readonly did: "cleared" | "ended" }[];
}

/** Of more at once only those have a line that say whether users are hit. */
const LINES = 50;

const argsOf = ({ id, title, target }: LinkedAlert) => ({ alert: id, title, target });

/** Alerts that belong to it, with this one as it stands now. What is over stays over, in whatever order it is told. */
export function withAlert(incident: Incident, { alert, did, at, by }: AlertNews, now: number): Incident {
  const before = incident.alerts.find(({ id }) => id === alert.id);
  const ended = before?.ended;
  // What it was declared with is in its timeline already, and so is an end.
  if (before && (did === "fired" || (did !== "acknowledged" && ended !== undefined))) return incident;
  const here = ended === undefined ? alert : { ...alert, ended };
  const alerts = [...incident.alerts.filter(({ id }) => id !== alert.id), here];
  return entered({ ...incident, alerts }, { kind: `alert-${did}`, at, by, args: argsOf(alert) }, now);
}

/** The same of many, in one go. */
export function withAlerts(incident: Incident, { fired, over }: AlertsNow, now: number): Incident {
  const ended = new Map(over.map(({ alert }) => [alert.id, alert]));
  const alerts = [...incident.alerts.map((one) => ended.get(one.id) ?? one), ...fired];
  const lines = [
    ...fired.map((alert) => ({ alert, did: "fired" as const, at: alert.started })),
    ...over.map(({ alert, did }) => ({ alert, did, at: alert.ended ?? now })),
  ];
  const shown = lines.length > LINES ? lines.filter(({ alert }) => tells(incident, alert)) : lines;
  return shown.reduce<Incident>(
    (sum, { alert, did, at }) => entered(sum, { kind: `alert-${did}`, at, args: argsOf(alert) }, now),
    { ...incident, alerts },
  );
}
