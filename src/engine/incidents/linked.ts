import type { AlertsNow } from "../../desk/incident/index.ts";
import { endOf } from "../../model/alert-end.ts";
import type { Alert } from "../../model/alert.ts";
import { tells } from "../../model/incident-path.ts";
import type { Incident, LinkedAlert } from "../../model/incident.ts";
import type { Store } from "../../store/store.ts";

/** An incident keeps no more alerts that say nothing about its path, when they come by floods. */
const MOST = 1_000;

export const linkedOf = ({ id, title, check, target, started, ended, seen }: Alert): LinkedAlert => ({
  ...{ id, title, check, target, started },
  ...(seen && { seen }),
  ...(ended !== undefined && { ended }),
});

/** Whether an alert that it does not have yet belongs to it. */
export const isAbout = ({ path, service }: Incident, alert: Alert): boolean =>
  path.includes(alert.check) || (service !== undefined && alert.service === service);

type Over = AlertsNow["over"][number];

/** How a linked alert ended. One that the store has no more is not open: from now on nothing speaks against it. */
async function overNow(alert: LinkedAlert, store: Pick<Store, "deskOne">, now: number): Promise<Over | undefined> {
  const kept = await store.deskOne("alert", alert.id);
  if (!kept) return { alert: { ...alert, ended: now }, did: "ended" };
  // Its end is not kept yet: it is told when it is.
  if (kept.ended === undefined) return undefined;
  // The clock may have been set back since: no end lies ahead.
  const ended = Math.min(kept.ended, now);
  return { alert: { ...alert, ended }, did: Object.keys(endOf(kept)).length === 0 ? "cleared" : "ended" };
}

/**
 * What alerts have become of which no event told an incident: many that change in one step are one event, and what happened
 * while it was resolved was told to nobody. `open`: by id. Undefined: it knows all.
 */
export async function untoldAlerts(
  incident: Incident,
  open: ReadonlyMap<string, Alert>,
  store: Pick<Store, "deskOne">,
  now: number,
): Promise<AlertsNow | undefined> {
  const known = new Set(incident.alerts.map(({ id }) => id));
  const fresh = [...open.values()].filter((one) => !known.has(one.id) && isAbout(incident, one)).map(linkedOf);
  const room = Math.max(0, MOST - incident.alerts.length);
  const telling = fresh.filter((one) => tells(incident, one));
  const others = fresh.filter((one) => !tells(incident, one)).slice(0, room);
  const gone = incident.alerts.filter(({ id, ended }) => ended === undefined && !open.has(id));
  const over = await Promise.all(gone.map((one) => overNow(one, store, now)));
  const found = {
    fired: [...telling, ...others].toSorted((a, b) => a.started - b.started),
    over: over.filter((one) => one !== undefined),
  };
  return found.fired.length + found.over.length === 0 ? undefined : { kind: "alerts", ...found };
}
