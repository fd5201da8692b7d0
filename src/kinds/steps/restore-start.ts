import { z } from "zod";
import { restoredName } from "../../model/backup-names.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { carryBackup, factsOf, giving, recallBackup } from "./backup/carry.ts";
import { part, place, repository } from "./backup/fields.ts";
import { partOf, shown, variablesOf } from "./backup/part.ts";
import { placeOf } from "./backup/where.ts";
import { ended } from "./ending/ended.ts";

const params = z.strictObject({ ...repository, ...part, ...place });
type Params = z.infer<typeof params>;

async function start(given: Params, context: StepContext) {
  const { kind, data } = partOf(given);
  const into = `${placeOf(given.place, context)}/${given.part}`;
  const there = { [restoredName(given.part, "DIR")]: into };
  if (!kind.server) return { ending: "ok" as const, outputs: there };
  const program = kind.server.start(data);
  const env = { ...(await variablesOf(program, context)), WB_INTO: into };
  const { end, own } = await carryBackup(context, given, program.text, env);
  return giving(end, () => {
    const { HOST, PORT } = factsOf(own);
    return {
      ...there,
      ...(HOST === undefined ? {} : { [restoredName(given.part, "HOST")]: HOST }),
      ...(PORT === undefined ? {} : { [restoredName(given.part, "PORT")]: PORT }),
    };
  });
}

/** Starts a restored server alone, apart from what is in use. Outputs: PART_DIR, PART_HOST, PART_PORT. */
export const restoreStartStep = defineStep<Params>({
  kind: "restore-start",
  params,
  made: true,
  view: (given) => ({
    command: shown(given, ({ kind, data }) => kind.server?.start(data).text ?? "-"),
    risk: "write",
    sudo: given.sudo,
  }),
  perform: (given, context) => ended(context, () => start(given, context)),
  recall: (_, context) => recallBackup(context),
});
