import type { AttemptEnd, Ending } from "../../../model/journal.ts";
import type { StepContext } from "../../../model/step.ts";
import { secondsBetween } from "../../../model/time.ts";

export type Args = NonNullable<AttemptEnd["args"]>;

/** How a step ends before its work is done; `ended` turns it into the attempt's end. */
export class Ended extends Error {
  readonly end: Omit<AttemptEnd, "seconds">;

  /** `reason` is a key of i18n `steps.reasons`. */
  constructor(ending: Exclude<Ending, "ok">, reason: string, args: Args = {}) {
    super(reason);
    this.name = "Ended";
    this.end = { ending, reason, args };
  }
}

/** The target, or what the step found, does not allow it. */
export const refused = (reason: string, args: Args = {}): Ended => new Ended("failed", reason, args);

/** The end of some work with its time; what was thrown as Ended is an end, anything else goes through. */
export async function ended(
  { clock }: Pick<StepContext, "clock">,
  work: () => Promise<Omit<AttemptEnd, "seconds">>,
): Promise<AttemptEnd> {
  const start = clock.monotonic();
  let end: Omit<AttemptEnd, "seconds">;
  try {
    end = await work();
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    end = error.end;
  }
  return { ...end, seconds: secondsBetween(start, clock.monotonic()) };
}
