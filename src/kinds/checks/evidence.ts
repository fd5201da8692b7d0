import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { pass, rounded } from "./answer/measured.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { duration, durationText } from "./params/duration.ts";

/** Clocks of two hosts may differ by this, seconds; what ended later than that lies in the future. */
const AHEAD_S = 60;

const params = z.strictObject({
  of: z
    .string()
    .min(1)
    .describe(
      "Id of a runbook or a duty; its last doing counts, passed or not, rehearsals do not. A runbook that stands in the place of a step of the same run counts as that run has done it; one such step alone by its id (`SOP-05/3`).",
    ),
  maxAge: duration.refine((seconds) => seconds > 0, "positive").describe("It must have ended within this time."),
  environment: z.string().min(1).optional().describe("Where the runbook was done; default: where this run stands."),
  fault: z.boolean().default(false).describe("It counts only with an injected fault that bit and was removed."),
});

async function run(given: z.infer<typeof params>, { records, clock }: CheckContext): Promise<Measured> {
  const { of, maxAge, environment, fault } = given;
  if (!records) throw new Unjudged("no-probe", "records");
  const last = await records.last(of, { fault, ...(environment !== undefined && { environment }) });
  if (!last) throw new Failing("evidence-none", { of });
  const age = (clock.wall() - last.ended) / 1_000;
  const facts = { run: last.id, age: rounded(age, 0) };
  const said = { of, run: last.id, age: durationText(age), wanted: durationText(maxAge) };
  if (last.verdict === "refused") throw new Unjudged("unparsable", `${last.id}: ${last.why}`, facts);
  if (last.verdict !== "pass")
    throw new Failing("evidence-verdict", { ...said, verdict: last.verdict, why: last.why }, facts);
  if (age > maxAge) throw new Failing("evidence-old", said, facts);
  if (age < -AHEAD_S) throw new Failing("evidence-future", said, facts);
  return pass("evidence-holds", said, facts, { value: facts.age, unit: "seconds" });
}

/** Whether the last doing of a runbook or a duty passed, by its signed evidence, and is not too long ago. */
export const evidenceCheck = defineCheck({ kind: "evidence", params, unit: "seconds", run: guarded(run) });
