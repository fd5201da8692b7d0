import { z } from "zod";
import { defineStep } from "../../model/step.ts";
import { duration, durationText } from "../checks/params/duration.ts";
import { byEngine } from "./ending/engines.ts";

const params = z
  .strictObject({
    for: duration.optional().describe("How long."),
    ms: z.number().nonnegative().optional().describe("The same in milliseconds: what a plan carries."),
  })
  .refine((given) => (given.for === undefined) !== (given.ms === undefined), "for-or-ms")
  .transform((given) => ({ ms: given.ms ?? Math.round(given.for! * 1_000) }));
type Params = z.infer<typeof params>;

/** Nothing is done for some time; the engine's own, so that days pass without a process that waits. */
export const waitStep = defineStep<Params>({
  kind: "wait",
  params,
  view: ({ ms }) => ({ command: `wait ${durationText(ms / 1_000)}`, risk: "read", sudo: false }),
  perform: byEngine("wait"),
});
