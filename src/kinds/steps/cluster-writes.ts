import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { recoveredAt, saidOf } from "../load/ledger.ts";
import { loadValues, PROVE } from "../load/program.ts";
import { WORDS } from "../backups/program/words.ts";
import { clusterParams, load, type Cluster } from "./cluster/fields.ts";
import { awaited, secretsOf, writerOf } from "./cluster/load.ts";
import { asEnded } from "./cluster/send.ts";
import { shown } from "./cluster/member.ts";
import { ended, refused } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";
import { carry } from "./program/program.ts";

const own = {
  connections: load.connections,
  within: z.int().min(5).default(60).describe("Seconds in which it must be so."),
};
const params = clusterParams(own, true);
type Params = Cluster & z.infer<z.ZodObject<typeof own>>;

/** Of those who write to prove it: no load, only a look. */
const RATE = 50;

async function writes(given: Params, context: StepContext) {
  const mark = valueOf(context, "HISTORY");
  if (Object.hasOwn(context.env, "LOAD")) {
    const { found, ledger } = await awaited(context, given.within, (seen) => recoveredAt(seen, mark));
    if (found === undefined)
      throw refused("cluster-not-recovered", {
        seconds: given.within,
        wanted: mark,
        detail: saidOf(ledger),
      });
    return { ending: "ok" as const };
  }
  const writer = writerOf(given);
  const values = loadValues({
    writer,
    table: "-",
    rate: RATE,
    connections: given.connections,
    limit: given.within,
    prove: mark,
  });
  const env = { ...values, ...(await secretsOf(writer, context)), WB_SECONDS: String(given.within), WB_MARK: mark };
  const { end } = await carry(context, { text: WORDS + PROVE, env });
  const bad = asEnded(end);
  if (bad) throw bad;
  return { ending: "ok" as const };
}

/**
 * At least 20 confirmed writes over at least 2 s by the application's address, all by the new primary and none with an error: by
 * the load of a drill, or by writers of its own that leave no rows.
 */
export const clusterWritesStep = defineStep<Params>({
  kind: "cluster-writes",
  params,
  made: true,
  view: (given) => ({
    command: shown(given, `writes (<= ${given.within} s)`),
    risk: "write",
    sudo: false,
  }),
  perform: (given, context) => ended(context, () => writes(given, context)),
});
