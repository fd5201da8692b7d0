import type { AttemptEnd } from "../../../model/journal.ts";
import type { Trailer } from "./frames.ts";

/** Reason of an attempt that never began and never will. */
export const NEVER_BEGAN = "never-began";

/** Reason, and cause, of an attempt of which the target has lost every trace. */
export const RECEIPTS_LOST = "receipts-lost";

/** How a command ended by itself. */
function exited(code: number, more: number): Omit<AttemptEnd, "seconds"> {
  const beyond = more > 0 && { more };
  if (code === 0) return { ending: "ok", code, ...(beyond && { args: beyond }) };
  return { ending: "failed", code, reason: "exit-code", args: { code, ...beyond } };
}

/** What the receipt says, in the words of an attempt's end. */
export function endOf(trailer: Trailer, seconds: number): AttemptEnd {
  const end = bareEnd(trailer, seconds);
  return trailer.tools && end.reason !== NEVER_BEGAN ? { ...end, tools: trailer.tools } : end;
}

function bareEnd(trailer: Trailer, seconds: number): AttemptEnd {
  const { code, cause, outputs, more, state, left } = trailer;
  const status = code !== undefined && { code };
  if (state === "absent" || cause === "void") return { ending: "unknown", seconds, reason: NEVER_BEGAN };
  if (left > 0) return { ending: "unknown", seconds, reason: "processes-left", args: { left } };
  if (state === "lost" && cause === RECEIPTS_LOST) return { ending: "unknown", seconds, reason: RECEIPTS_LOST };
  if (state !== "ended") return { ending: "unknown", seconds, reason: "no-exit-status" };
  if (cause === "left") return { ending: "unknown", seconds, reason: "processes-left", args: { left: 1 } };
  if (cause === "timeout" || cause === "cancelled") return { ending: cause, seconds, reason: cause, ...status };
  if (cause !== "exit" || code === undefined) return { ending: "failed", seconds, reason: cause, ...status };
  return { ...exited(code, more), seconds, ...(Object.keys(outputs).length > 0 && { outputs }) };
}
