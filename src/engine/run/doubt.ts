import type { Attempt, AttemptEnd, Entry } from "../../model/journal.ts";
import { look, perform, recall, type AttemptParts, type Sink } from "./attempt.ts";

/** Where the output of an attempt that began before goes. */
export type SinkOf = (attempt: Attempt) => Sink | Promise<Sink>;

/** How a doubt may be broken off. */
export interface DoubtSignals {
  /** A cancel: what runs there is ended. */
  readonly stop: AbortController;
  /** The worker lets go. */
  readonly leave: AbortSignal;
}

/** What the receipt says of an attempt whose worker is gone; what still runs is attached to. */
export async function askReceipt(
  parts: AttemptParts,
  attempt: Attempt,
  sinkOf: SinkOf,
  { stop, leave }: DoubtSignals,
): Promise<Entry> {
  const sink = await sinkOf(attempt);
  const found = await recall(parts, attempt, sink, { stop: stop.signal, leave });
  const outcome = (end: AttemptEnd): Entry => ({ type: "outcome", ...attempt, ...end, via: "receipt" });
  if (found.state === "running") return outcome(await perform(parts, attempt, sink, stop));
  await sink.close();
  if (found.state === "ended") return outcome(found.end);
  if (found.state === "absent") return outcome({ ending: "unknown", seconds: 0, reason: "never-began" });
  return { type: "undecided", tried: "receipt", ...attempt };
}

/** What the verify says of it: whether the state is there that it was to bring about. */
export async function askVerify(
  parts: AttemptParts,
  attempt: Attempt,
  sinkOf: SinkOf,
  { stop }: DoubtSignals,
): Promise<Entry> {
  if (await look(parts, attempt, await sinkOf({ ...attempt, purpose: "verify" }), stop.signal))
    return { type: "outcome", ...attempt, ending: "ok", seconds: 0, via: "verify" };
  return { type: "undecided", tried: "verify", ...attempt };
}
