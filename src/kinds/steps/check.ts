import { z } from "zod";
import type { AttemptEnd } from "../../model/journal.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { secondsBetween } from "../../model/time.ts";
import { duration } from "../checks/params/duration.ts";
import { every, judging, where } from "./check/fields.ts";
import { isGreen, kindOf, saw, shown } from "./check/kind.ts";
import { probe, type Look } from "./check/probe.ts";
import { ended } from "./ending/ended.ts";

const params = z.strictObject({
  ...where,
  within: duration.default(0).describe("Time in which it must turn green; 0: it is asked once."),
  every: every(2),
  ...judging,
});
type Params = z.infer<typeof params>;

function endOf(look: Look, given: Params): Omit<AttemptEnd, "seconds"> {
  const outputs = look.value === undefined ? {} : { outputs: { VALUE: String(look.value) } };
  if (isGreen(look, given)) return { ending: "ok", ...outputs };
  return {
    ending: "failed",
    reason: look.outcome === "unknown" ? "check-unjudged" : "check-not-green",
    args: { check: given.check, ...saw(look) },
  };
}

async function run(given: Params, context: StepContext): Promise<Omit<AttemptEnd, "seconds">> {
  const { clock, signal } = context;
  const { kind, data } = kindOf(given, context);
  const reach = given.target === undefined ? context.reach : await context.open(given.target);
  const end = clock.monotonic() + BigInt(Math.round(given.within * 1e9));
  for (;;) {
    const look = await probe(kind, data, given, { ...context, reach });
    context.log(Buffer.from(`${JSON.stringify(look)}\n`), "out");
    if (signal.aborted) return { ending: "cancelled", reason: "cancelled" };
    const left = secondsBetween(clock.monotonic(), end);
    if (isGreen(look, given) || left <= 0) return endOf(look, given);
    // The last look is at the very end of its time.
    await clock.sleep(Math.min(given.every, left) * 1_000, signal).catch(() => undefined);
  }
}

/** Waits until a check is green; unknown is not green. Output: VALUE, what it measured last. */
export const checkStep = defineStep<Params>({
  kind: "check",
  params,
  view: (given) => ({
    command: [`check ${shown(given)}`, ...(given.within > 0 ? [`(${given.within} s, ${given.every} s)`] : [])].join(
      " ",
    ),
    risk: "read",
    sudo: false,
  }),
  byHand: () => "viewed",
  lastsMs: ({ within, probe: look }) => (within > 0 ? (within + look) * 1_000 : 0),
  perform: (given, context) => ended(context, () => run(given, context)),
});
