import type { Receiver } from "../../model/alert.ts";
import type { Incident } from "../../model/incident.ts";
import type { Store } from "../../store/store.ts";

const NEWEST = 1_000;

/** The incident with everybody who was told in the place of a channel that failed: the end is for them too. */
export async function withInstead(store: Pick<Store, "desk">, incident: Incident): Promise<Incident> {
  const notices = await store.desk("notice", { under: incident.id, limit: NEWEST });
  const more = notices
    .filter(({ because, state }) => because.instead !== undefined && state === "delivered")
    .map(({ channel, person }): Receiver => ({ channel, ...(person !== undefined && { person }) }));
  return more.length === 0 ? incident : { ...incident, told: [...incident.told, ...more] };
}
