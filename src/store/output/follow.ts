import { systemClock, type Clock } from "../../model/time.ts";
import { readOutput, type OutputPart } from "./read.ts";

/** Between two looks at an output that does not grow, milliseconds. */
const LOOK_MS = 200;

export interface FollowOptions {
  /** Where to begin; default: at the beginning. */
  readonly offset?: number;
  /** Whether the writer has closed it: asked before each look, so that nothing written before is missed. */
  readonly ended: () => boolean | Promise<boolean>;
  /** Ends the following; what was there is not read to its end. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** Parts of an output as they come, each beginning where the one before ended, until it has ended and all was given. */
export async function* followOutput(
  folder: string,
  name: string,
  { offset = 0, ended, signal, clock = systemClock }: FollowOptions,
): AsyncGenerator<OutputPart, void> {
  for (;;) {
    if (signal?.aborted) return;
    const last = await ended();
    const part = await readOutput(folder, name, { offset });
    if (part.bytes.length > 0) {
      offset = part.next;
      yield part;
    } else if (last) return;
    else await clock.sleep(LOOK_MS, signal).catch(stopped(signal));
  }
}

/** An aborted sleep is the end of the following, not an error. */
const stopped =
  (signal: AbortSignal | undefined) =>
  (error: unknown): void => {
    if (!signal?.aborted) throw error;
  };
