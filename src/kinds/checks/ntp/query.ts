import { createSocket } from "node:dgram";
import { Failing } from "../answer/failing.ts";
import { Unjudged } from "../answer/unjudged.ts";
import { addressText, type Address } from "../params/address.ts";
import { connectionError, noAnswer } from "../net/failure.ts";
import { deadline } from "../net/deadline.ts";
import { secondsBetween, type Clock } from "../../../model/time.ts";

/** Seconds from 1900 to 1970 (RFC 5905, 6). */
const ERA = 2_208_988_800;
const timestamp = (bytes: Buffer, at: number): number =>
  (bytes.readUInt32BE(at) - ERA + bytes.readUInt32BE(at + 4) / 2 ** 32) * 1_000;

export interface TimeAnswer {
  /** Our clock minus the server's, milliseconds. */
  readonly offset: number;
  /** Milliseconds by which `offset` may be wrong: half of the way there and back, and the server's own dispersion. */
  readonly doubt: number;
  readonly stratum: number;
}

/** One question and the answer to it. */
function exchange(address: Address, within: number, signal: AbortSignal): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const limit = deadline(within * 1_000, signal);
  const socket = createSocket(address.host.includes(":") ? "udp6" : "udp4");
  const stop = () => reject(limit.late ? noAnswer(addressText(address), within) : signal.reason);
  limit.signal.addEventListener("abort", stop, { once: true });
  socket.once("error", (error) => reject(connectionError(error, addressText(address))));
  socket.once("message", resolve);
  // Version 4, client (RFC 5905, 7.3); connected, so that nobody else's packet counts and a closed port is told.
  socket.connect(address.port, address.host, () => socket.send(Buffer.concat([Buffer.from([0x23]), Buffer.alloc(47)])));
  return promise.finally(() => {
    limit[Symbol.dispose]();
    socket.close();
  });
}

/** Asks a time server by SNTP (RFC 5905, 14). Throws Failing when it does not answer, or is not itself synchronised. */
export async function askTime(
  address: Address,
  within: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<TimeAnswer> {
  const [sent, begun] = [clock.wall(), clock.monotonic()];
  const answer = await exchange(address, within, signal);
  const trip = secondsBetween(begun, clock.monotonic()) * 1_000;
  if (answer.length < 48 || (answer[0]! & 7) !== 4) throw new Unjudged("unparsable", addressText(address));
  const stratum = answer[1]!;
  if (stratum === 0 || stratum > 15 || answer[0]! >> 6 === 3)
    throw new Failing("clock-server-unset", { address: addressText(address) });
  const [received, replied] = [timestamp(answer, 32), timestamp(answer, 40)];
  const inside = replied - received;
  const dispersion = (answer.readUInt32BE(8) / 65_536) * 1_000;
  return {
    offset: sent + trip / 2 - (received + inside / 2),
    doubt: Math.max(0, trip - inside) / 2 + dispersion,
    stratum,
  };
}
