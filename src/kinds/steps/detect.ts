import { z } from "zod";
import type { NOT_DETECTED } from "../../model/journal.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { secondsBetween } from "../../model/time.ts";
import { check, lineOf, lookAt, sawOf } from "./drill/look.ts";
import { ended, refused } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";

const params = z.strictObject({
  check: check.describe("Who must notice."),
  every: z.number().min(0.1).describe("Seconds between two looks."),
  within: z.number().positive().describe("Seconds in which it must have noticed."),
});
type Params = z.infer<typeof params>;

/**
 * Seconds from the fault to the look that was red, rounded up to whole intervals: nobody knows how soon after the fault the next
 * look of such a check would have come.
 */
export function roundedUp(seconds: number, every: number): string {
  const intervals = Math.max(1, Math.ceil(Number((seconds / every).toFixed(9))));
  return (Math.ceil(Number((intervals * every * 1000).toFixed(6))) / 1000).toFixed(3);
}

async function watch(given: Params, context: StepContext) {
  const { clock, signal } = context;
  const fault = BigInt(valueOf(context, "FAULT_AT_NS"));
  const passed = (): number => secondsBetween(fault, clock.monotonic());
  for (;;) {
    const began = clock.monotonic();
    const seen = await lookAt(given.check, context);
    const seconds = passed();
    context.log(lineOf(seen, seconds), "out");
    if (signal.aborted) return { ending: "cancelled" as const, reason: "cancelled" };
    if (seen.look.outcome === "fail") {
      const DETECT_SECONDS = roundedUp(seconds, given.every);
      const outputs = { DETECT_SECONDS, DETECT_RESOLUTION_SECONDS: given.every.toFixed(3), DETECTION: "check" };
      return { ending: "ok" as const, outputs };
    }
    if (seconds >= given.within)
      throw refused("not-detected" satisfies typeof NOT_DETECTED, { ...sawOf(seen), seconds: given.within });
    const left = given.every - secondsBetween(began, clock.monotonic());
    if (left > 0) await clock.sleep(left * 1_000, signal).catch(() => undefined);
  }
}

const shown = ({ check: { id, target }, every, within }: Params): string =>
  `detect: ${target === "local" ? id : `${id}@${target}`} (<= ${within} s, ${every} s)`;

/**
 * Waits until a check has noticed the fault: what could not be measured is no notice. Outputs: DETECT_SECONDS, from before the call of
 * the fault, DETECT_RESOLUTION_SECONDS, DETECTION.
 */
export const detectStep = defineStep<Params>({
  kind: "detect",
  params,
  made: true,
  view: (given) => ({ command: shown(given), risk: "read", sudo: false }),
  perform: (given, context) => ended(context, () => watch(given, context)),
});
