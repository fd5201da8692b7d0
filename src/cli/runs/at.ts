import { connect } from "../client.ts";
import type { Call } from "../verb.ts";
import type { RunsDesk } from "./desk.ts";
import { localDesk } from "./local.ts";
import { remoteDesk } from "./remote.ts";

/** Where runs are looked after now. Rejects with DATA-OWNED while another verb holds the data directory. */
export async function deskOf(call: Call): Promise<RunsDesk> {
  const client = connect(call.data);
  return client ? remoteDesk(call, client) : localDesk(call);
}
