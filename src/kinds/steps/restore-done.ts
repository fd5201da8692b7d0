import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { carryBackup, giving, recallBackup } from "./backup/carry.ts";
import { place, repository } from "./backup/fields.ts";
import { ended } from "./ending/ended.ts";
import { beside, oldOf, oldShown, swapped } from "./restore/over.ts";

const params = z.strictObject({
  ...repository,
  ...place,
  parts: z.array(swapped).min(1).describe("What was put in the place of what was in use."),
});
type Params = z.infer<typeof params>;

const DONE = String.raw`
say restore-over-kept "paths=$WB_KEPT"
`;

async function say(given: Params, context: StepContext) {
  const kept = given.parts.map((one) => beside(oldOf(one), context).WB_BEFORE_IT).join(" ");
  const { end } = await carryBackup(context, given, DONE, { WB_KEPT: kept });
  return giving(end, () => ({ KEPT_BESIDE: kept }));
}

/** Everything held: says where what was in use before is kept, for a person to remove. Output: KEPT_BESIDE. */
export const restoreDoneStep = defineStep<Params>({
  kind: "restore-done",
  params,
  made: true,
  view: ({ parts, sudo }) => ({
    command: parts.map((one) => `${oldShown(one)}.before-RUN`).join("\n"),
    risk: "read",
    sudo,
  }),
  perform: (given, context) => ended(context, () => say(given, context)),
  recall: (_, context) => recallBackup(context),
});
