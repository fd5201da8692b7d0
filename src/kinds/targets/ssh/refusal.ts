import { EXIT, WatchbookError } from "../../../model/error.ts";
import { ReachError } from "../../../model/target.ts";

/** Who is reached, as errors name them. */
export interface Peer {
  /** Name of the target in the book. */
  readonly target: string;
  /** `host` or `[host]:port`. */
  readonly host: string;
  /** The book's file of host keys, as the book names it. */
  readonly file: string;
}

export const hostKeyUnknown = ({ target, host, file }: Peer): WatchbookError =>
  new WatchbookError("HOST-KEY-UNKNOWN", { target, host, file }, { exit: EXIT.unreachable });

export const hostKeyChanged = ({ target, host, file }: Peer): WatchbookError =>
  new WatchbookError("HOST-KEY-CHANGED", { target, host, file }, { exit: EXIT.unreachable });

export const unreachable = ({ target, host }: Peer, detail: string, cause?: unknown): ReachError =>
  new ReachError("unreachable", `${target} (${host}): ${detail}`, cause === undefined ? undefined : { cause });

/** Lines in which ssh only frames what it has to say. */
const FRAME = /^(@+|@ .* @|Warning: Permanently added|debug\d:|\*\* )/;

/** What the ssh client said when it did not get through (OpenSSH 8.4 to 10: its messages are English everywhere). */
export function refusal(peer: Peer, said: string): Error {
  if (/HOST IDENTIFICATION HAS CHANGED|REVOKED HOST KEY|Host key for .* has changed/i.test(said))
    return hostKeyChanged(peer);
  if (/No \S+ host key is known for|Host key verification failed/.test(said)) return hostKeyUnknown(peer);
  const lines = said.split("\n").map((line) => line.trim());
  const telling = lines.filter((line) => line !== "" && !FRAME.test(line));
  return unreachable(peer, telling.slice(-3).join("; ").slice(0, 300) || "no connection");
}
