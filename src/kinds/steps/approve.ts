import { z } from "zod";
import { defineStep } from "../../model/step.ts";
import { byEngine } from "./ending/engines.ts";

const params = z
  .strictObject({
    text: z.string().min(1).optional().describe("What is asked of whoever approves; default: the step's title."),
  })
  .prefault({});
type Params = z.infer<typeof params>;

/** Nothing but the gate of the step: the run goes on when it is approved. The engine's own. */
export const approveStep = defineStep<Params>({
  kind: "approve",
  params,
  view: ({ text = "-" }) => ({ command: text, risk: "read", sudo: false }),
  perform: byEngine("approve"),
});
