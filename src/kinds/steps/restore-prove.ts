import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { utc } from "../../model/time.ts";
import { carryBackup, giving, recallBackup } from "./backup/carry.ts";
import { place, repository } from "./backup/fields.ts";
import { ended } from "./ending/ended.ts";
import { foundSet, pointIn } from "./restore/set.ts";

const params = z.strictObject({
  ...repository,
  ...place,
  probes: z.int().min(0).describe("How many probes held."),
});
type Params = z.infer<typeof params>;

const PROVE = String.raw`
printf '%s\n' "$WB_PROOF" >"$WB_FROM/.restored-$WB_RUN_ID" &&
  mv -- "$WB_FROM/.restored-$WB_RUN_ID" "$WB_FROM/restored.json" || refuse backup-folder "path=$WB_FROM"
`;

async function prove(given: Params, context: StepContext) {
  const { run } = context.attempt;
  const { kind, value } = pointIn(context);
  const at = utc(context.clock.wall());
  const proof = { run, at, probes: given.probes, to: value || kind };
  const env = { WB_FROM: foundSet(given, context), WB_RUN_ID: run, WB_PROOF: JSON.stringify(proof) };
  const { end } = await carryBackup(context, given, PROVE, env);
  return giving(end, () => ({ PROVEN: at }));
}

/** Writes beside the set that it was restored and that everything held: only that makes it a good one. Output: PROVEN. */
export const restoreProveStep = defineStep<Params>({
  kind: "restore-prove",
  params,
  made: true,
  view: ({ set, into, sudo }) => ({ command: `${into}/${set}/$SET_ID/restored.json`, risk: "write", sudo }),
  perform: (given, context) => ended(context, () => prove(given, context)),
  recall: (_, context) => recallBackup(context),
});
