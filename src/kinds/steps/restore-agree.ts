import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { AGREE } from "../backups/program/agree.ts";
import { agreedOf } from "./backup/agreed.ts";
import { carryBackup, factsOf, recallBackup } from "./backup/carry.ts";
import { pair, part, place, repository, root } from "./backup/fields.ts";
import { partOf, serverOf, variablesOf } from "./backup/part.ts";
import { placeOf } from "./backup/where.ts";
import { ended, refused } from "./ending/ended.ts";

const params = z.strictObject({ ...repository, ...part, ...place, ...pair, ...root });
type Params = z.infer<typeof params>;

const COMPARE = String.raw`
sums "$WB_FILES" "$WB_LIST"
agree "$WB_LIST" "$WB_ROWS" ""
rm -f -- "$WB_LIST" "$WB_ROWS"
`;

async function look(given: Params, context: StepContext) {
  const database = partOf(given);
  const program = serverOf(database).rows(database.data);
  const at = placeOf(given.place, context);
  const env = {
    ...(await variablesOf(program, context)),
    WB_INTO: `${at}/${given.part}`,
    WB_FILES: `${at}/${given.files}`,
    WB_LIST: `${at}/list-${given.files}`,
    WB_ROWS: `${at}/rows-${given.part}`,
    WB_QUERY: given.query,
  };
  const text = [AGREE, `(\n${program.text}\n) || exit $?`, COMPARE].join("\n");
  const { end, own } = await carryBackup(context, given, text, env);
  if (end.ending !== "ok") return end;
  const { looked, torn, first } = agreedOf({ rows: given.part, files: given.files }, factsOf(own));
  if (torn > 0)
    throw refused("restore-torn", { rows: given.part, files: given.files, looked, torn, first: first[0] ?? "-" });
  // An empty table proves nothing of its files.
  if (looked === 0) throw refused("restore-no-rows", { rows: given.part });
  return end;
}

/** Every row of the restored database has its restored file, and there are rows. */
export const restoreAgreeStep = defineStep<Params>({
  kind: "restore-agree",
  params,
  made: true,
  view: ({ query, files, sudo }) => ({ command: `${query}\n= ${files}`, risk: "read", sudo }),
  perform: (given, context) => ended(context, () => look(given, context)),
  recall: (_, context) => recallBackup(context),
});
