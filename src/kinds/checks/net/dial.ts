import { connect } from "node:net";
import { secondsBetween, type Clock } from "../../../model/time.ts";
import { Failing } from "../answer/failing.ts";
import { addressText, type Address } from "../params/address.ts";
import { deadline } from "./deadline.ts";
import { connectionError, noAnswer } from "./failure.ts";

export interface DialLimits {
  /** Seconds for the connection to stand. */
  readonly within: number;
  /** Seconds it must then stay up: a full server accepts and hangs up at once. */
  readonly linger: number;
  readonly signal: AbortSignal;
}

/** Connects, waits whether the other side keeps the connection, hangs up. Gives the seconds until it stood. */
export async function dial(address: Address, limits: DialLimits, clock: Clock): Promise<number> {
  const name = addressText(address);
  using limit = deadline(limits.within * 1_000, limits.signal);
  const start = clock.monotonic();
  const socket = connect({ ...address, autoSelectFamilyAttemptTimeout: Math.max(250, limits.within * 500) });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const stop = () => reject(limit.late ? noAnswer(name, limits.within) : limits.signal.reason);
  limit.signal.addEventListener("abort", stop, { once: true });
  let seconds: number | undefined;
  let settled: NodeJS.Timeout | undefined;
  socket.once("error", (error) => reject(connectionError(error, name)));
  // Greeted or left alone: both mean that the other side wants the connection.
  socket.once("data", () => resolve(seconds ?? 0));
  socket.once("end", () => reject(new Failing("hung-up", { address: name })));
  socket.once("connect", () => {
    limit.signal.removeEventListener("abort", stop);
    seconds = secondsBetween(start, clock.monotonic());
    settled = setTimeout(() => resolve(seconds!), limits.linger * 1_000);
    limits.signal.addEventListener("abort", () => reject(limits.signal.reason), { once: true });
  });
  try {
    return await promise;
  } finally {
    clearTimeout(settled);
    socket.destroy();
  }
}
