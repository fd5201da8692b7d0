import { makeAlerts } from "../../engine/alerts/alerts.ts";
import { makeIncidents, type Incidents } from "../../engine/incidents.ts";
import type { House } from "../../engine/house.ts";
import { daemonAt, type Client } from "../client.ts";
import { aboutOf, hold } from "../hold.ts";
import { openHere } from "../inspect/alone.ts";
import type { Call } from "../verb.ts";

/** Through the daemon when one owns the data, else here: then nobody is told before a daemon runs. */
export async function through<T>(
  call: Call,
  there: (client: Client) => Promise<T>,
  here: (incidents: Incidents, house: House) => Promise<T>,
): Promise<T> {
  const { world, data } = call;
  const client = await daemonAt(data, world.clock);
  if (client) return there(client);
  const open = await openHere(call);
  await using held = await hold(world, data, aboutOf(call));
  const onBug = (error: unknown): never => {
    throw error;
  };
  const parts = { house: held.house, open: () => open };
  const alerts = await makeAlerts({ ...parts, interval: () => 0, onBug, quiet: true });
  return await here(await makeIncidents({ ...parts, alerts }), held.house);
}
