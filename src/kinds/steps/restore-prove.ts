import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { utc } from "../../model/time.ts";
import { carryBackup, giving, recallBackup } from "./backup/carry.ts";
import { place, repository } from "./backup/fields.ts";
import { ended, refused } from "./ending/ended.ts";
import { wordsOf } from "./copy/places.ts";
import { AT_PLACE } from "./copy/there.ts";
import { also, placeFrom } from "./restore/from.ts";
import { foundSet, pointIn } from "./restore/set.ts";
import { valueOf } from "./params/values.ts";

const params = z.strictObject({
  ...repository,
  ...place,
  ...also,
  probes: z.int().min(0).describe("How many probes held."),
});
type Params = z.infer<typeof params>;

/** On disk before it has its name: a proof that a power cut left empty would be one that nobody can read. */
const PROVE = String.raw`
printf '%s\n' "$WB_PROOF" >"$WB_FROM/.restored-$WB_RUN_ID" &&
  { sync -f -- "$WB_FROM/.restored-$WB_RUN_ID" 2>/dev/null || sync; } &&
  mv -- "$WB_FROM/.restored-$WB_RUN_ID" "$WB_FROM/restored.json" &&
  { sync -f -- "$WB_FROM" 2>/dev/null || sync; } || refuse backup-folder "path=$WB_FROM"
`;

/** Beside the copy that was restored, where it lies. A place that may only be read cannot keep it: the evidence does. */
const PROVE_THERE = String.raw`
at_place "root=$WB_THERE" "id=$WB_SET_ID" "new=.restored-$WB_RUN_ID" "proof=$WB_PROOF" <<'WB_PROVE' >/dev/null ||
#: prove
cd -- "$root/$id" && printf '%s\n' "$proof" >"$new" && { sync -f -- "$new" 2>/dev/null || sync; } &&
  mv -- "$new" restored.json && { sync -f -- . 2>/dev/null || sync; }
WB_PROVE
  say restore-proof-unkept "set=$WB_SET_ID" "place=$WB_AT" "detail=$(tail -n 1 "$said")"
`;

async function prove(given: Params, context: StepContext) {
  // What was left out was not restored, or not asked.
  if (context.plan.request.only) throw refused("restore-proof-part");
  const { run } = context.attempt;
  const { kind, value } = pointIn(context);
  const at = utc(context.clock.wall());
  const proof = { run, at, probes: given.probes, to: value || kind };
  const from = placeFrom(given, context);
  const text = from ? wordsOf(from, given.set) + AT_PLACE + PROVE_THERE : PROVE;
  const env = {
    WB_FROM: from ? "" : foundSet(context),
    WB_SET_ID: valueOf(context, "SET_ID"),
    WB_RUN_ID: run,
    WB_PROOF: JSON.stringify(proof),
  };
  const { end } = await carryBackup(context, given, text, env);
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
