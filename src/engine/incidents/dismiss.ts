import { WatchbookError } from "../../model/error.ts";
import type { Alert } from "../../model/alert.ts";
import type { Store } from "../../store/store.ts";
import { alertNamed } from "../alerts/ask.ts";
import { eventsOf } from "../events-of.ts";
import type { House } from "../house.ts";

const DISMISSED = "alert.dismissed";

/** Somebody says that an alert was no incident, and why. Rejects with ALERT-UNKNOWN or INCIDENT-TEXT. */
export async function dismissAlert(
  { store, clock }: Pick<House, "store" | "clock">,
  name: string,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<Alert> {
  if (reason.trim() === "") throw new WatchbookError("INCIDENT-TEXT");
  const alert = await alertNamed(store, name);
  const data = { title: alert.title, target: alert.target, by, reason: reason.trim() };
  await store.commit([{ kind: "event.add", event: { at: clock.wall(), kind: DISMISSED, subject: alert.id, data } }]);
  return alert;
}

/** Ids of alerts of which somebody said so. */
export const dismissed = async (store: Pick<Store, "events">): Promise<ReadonlySet<string>> =>
  new Set((await eventsOf(store, DISMISSED)).map(({ subject }) => subject));
