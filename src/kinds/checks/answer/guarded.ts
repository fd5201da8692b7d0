import type { CheckContext, Measured, UnknownReason } from "../../../model/check.ts";
import { WatchbookError } from "../../../model/error.ts";
import { ReachError } from "../../../model/target.ts";
import { Failing } from "./failing.ts";
import { fail } from "./measured.ts";
import { SlowPattern } from "../../../model/pattern.ts";
import { Unjudged, unknown } from "./unjudged.ts";

const REACH: Readonly<Record<ReachError["reason"], UnknownReason>> = {
  absent: "absent",
  "no-permission": "no-permission",
  timeout: "timeout",
  unreachable: "unreachable",
  "by-hand": "by-hand",
  other: "unparsable",
};

/** Whoever set the limit aborts with a TimeoutError; everything else was a person or a shutdown. */
const ended = (signal: AbortSignal): Measured =>
  (signal.reason as Error | undefined)?.name === "TimeoutError"
    ? unknown("timeout", "timeoutMs")
    : unknown("aborted", "");

const aborted = (signal: AbortSignal): Promise<never> & { forget(): void } => {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new Unjudged("aborted", ""));
  signal.addEventListener("abort", stop, { once: true });
  return Object.assign(promise, { forget: () => signal.removeEventListener("abort", stop) });
};

/**
 * The frame of every check: ends when the signal does, even where the work does not listen to it, and turns what could
 * not be judged into unknown. Anything else is our bug and goes through.
 */
export function guarded<P>(
  run: (params: P, context: CheckContext) => Promise<Measured>,
): (params: P, context: CheckContext) => Promise<Measured> {
  return async (params, context) => {
    const { signal } = context;
    if (signal.aborted) return ended(signal);
    const stop = aborted(signal);
    try {
      return await Promise.race([run(params, context), stop]);
    } catch (error) {
      if (signal.aborted) return ended(signal);
      return fromError(error);
    } finally {
      stop.forget();
    }
  };
}

function fromError(error: unknown): Measured {
  if (error instanceof Failing) return fail(error.reason, error.args, error.facts);
  if (error instanceof Unjudged) return unknown(error.reason, error.message, error.facts);
  if (error instanceof ReachError) return unknown(REACH[error.reason], error.message);
  if (error instanceof SlowPattern) return unknown("timeout", error.message);
  if (error instanceof WatchbookError) return unknown("secret-missing", error.code);
  throw error;
}
