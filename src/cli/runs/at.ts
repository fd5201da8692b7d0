import { reached } from "../client.ts";
import type { Call } from "../verb.ts";
import type { RunsDesk } from "./desk.ts";
import { localDesk } from "./local.ts";
import { PassingDesk } from "./passing.ts";
import { remoteDesk } from "./remote.ts";

/** Where runs are looked after now. Rejects with DATA-OWNED while a verb that drives no runs holds the data directory. */
export async function deskOf(call: Call): Promise<RunsDesk> {
  const client = await reached(call.data, call.world.clock);
  if (client?.owner.daemon === true) return remoteDesk(call, client);
  return new PassingDesk(call, client ? await remoteDesk(call, client) : await localDesk(call));
}
