import { z } from "zod";
import { defineStep } from "../../model/step.ts";
import { byEngine } from "./ending/engines.ts";

const params = z.strictObject({
  runbook: z.string().min(1).describe("Id, number or title of a runbook of the book; its steps stand here."),
});
type Params = z.infer<typeof params>;

/** The steps of another runbook: the planner puts them in its place. */
export const runbookStep = defineStep<Params>({
  kind: "runbook",
  params,
  view: ({ runbook }) => ({ command: `runbook ${runbook}`, risk: "unknown", sudo: false }),
  perform: byEngine("runbook"),
});
