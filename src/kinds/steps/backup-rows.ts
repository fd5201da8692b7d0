import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { carryBackup, recallBackup } from "./backup/carry.ts";
import { rowsBefore } from "./backup/agreed.ts";
import { pair, part, repository } from "./backup/fields.ts";
import { partOf, serverOf, variablesOf } from "./backup/part.ts";
import { places } from "./backup/where.ts";
import { ended } from "./ending/ended.ts";

const params = z.strictObject({ ...repository, ...part, ...pair });
type Params = z.infer<typeof params>;

async function rows(given: Params, context: StepContext) {
  const found = partOf(given);
  const program = serverOf(found).rows(found.data);
  const at = places(given, context);
  const env = {
    ...(await variablesOf(program, context)),
    ...at,
    WB_INTO: "",
    WB_QUERY: given.query,
    WB_ROWS: `${at.WB_SET}/${rowsBefore(given.part, given.files)}`,
  };
  return (await carryBackup(context, given, program.text, env)).end;
}

/** Writes down which files the rows name before anything is taken. */
export const backupRowsStep = defineStep<Params>({
  kind: "backup-rows",
  params,
  made: true,
  view: ({ query, sudo }) => ({ command: query, risk: "read", sudo }),
  perform: (given, context) => ended(context, () => rows(given, context)),
  recall: (_, context) => recallBackup(context),
});
