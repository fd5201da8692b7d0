import type { Reach } from "../../../model/target.ts";
import { Unjudged } from "../answer/unjudged.ts";
import { text, textIfThere } from "./text.ts";

/** TCP sockets that concern one port. */
export interface Sockets {
  readonly listeners: number;
  /** Established, with the port at our end. */
  readonly incoming: number;
  /** Established, with the port at the other end. */
  readonly outgoing: number;
  /** In any other state (opening, closing, TIME_WAIT). */
  readonly passing: number;
}

/** Enough for 400,000 sockets. */
const MOST_BYTES = 67_108_864;
/** State column of /proc/net/tcp (net/tcp_states.h). */
const ESTABLISHED = "01";
const LISTEN = "0A";

/** One line: `sl local_address rem_address st …`, addresses as hexadecimal `IP:PORT`. */
const LINE = /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]{2}) /gm;

/** Counts the sockets of a port, IPv4 and IPv6, in the network namespace of `pid` (default: the target's own). */
export async function sockets(reach: Reach, port: number, pid?: number): Promise<Sockets> {
  const folder = pid === undefined ? "/proc/net" : `/proc/${pid}/net`;
  const v4 = await text(reach, `${folder}/tcp`, MOST_BYTES);
  // Absent where IPv6 is switched off.
  const v6 = (await textIfThere(reach, `${folder}/tcp6`, MOST_BYTES)) ?? "";
  if (!v4.includes("local_address")) throw new Unjudged("unparsable", `${folder}/tcp`);
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  const count = { listeners: 0, incoming: 0, outgoing: 0, passing: 0 };
  for (const [, local, remote, state] of `${v4}\n${v6}`.matchAll(LINE)) {
    if (local !== wanted && remote !== wanted) continue;
    if (state === LISTEN) count.listeners += 1;
    else if (state !== ESTABLISHED) count.passing += 1;
    else if (local === wanted) count.incoming += 1;
    else count.outgoing += 1;
  }
  return count;
}
