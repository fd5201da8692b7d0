import { z } from "zod";
import { defineStep } from "../../model/step.ts";
import { byEngine } from "./ending/engines.ts";

const params = z.strictObject({
  text: z.string().min(1).optional().describe("What the person is to do; default: the step's title."),
  details: z.array(z.string()).default([]).describe("Points to tick off on the way."),
  file: z
    .enum(["none", "optional", "required"])
    .default("optional")
    .describe("Whether a photo or file is kept with it."),
  note: z.enum(["optional", "required"]).default("optional").describe("Whether the person must write what was seen."),
});
type Params = z.infer<typeof params>;

/** A person does it and ticks it; the engine's own. Counts as a change: nobody knows what the person does. */
export const manualStep = defineStep<Params>({
  kind: "manual",
  params,
  view: ({ text, details }) => ({
    command: [...(text === undefined ? [] : [text]), ...details.map((each) => `- ${each}`)].join("\n") || "-",
    risk: "unknown",
    sudo: false,
  }),
  perform: byEngine("manual"),
});
