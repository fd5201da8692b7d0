import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { AGREE } from "../backups/program/agree.ts";
import { agreedOf, rowsBefore } from "./backup/agreed.ts";
import { carryBackup, factsOf, giving, recallBackup } from "./backup/carry.ts";
import { pair, part, repository, root } from "./backup/fields.ts";
import { partOf, serverOf, variablesOf } from "./backup/part.ts";
import { places } from "./backup/where.ts";
import { ended, refused } from "./ending/ended.ts";

const params = z.strictObject({
  ...repository,
  ...part,
  ...pair,
  ...root,
  output: z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/, "value-name")
    .describe("Name of the value that carries what was seen."),
});
type Params = z.infer<typeof params>;

async function look(given: Params, context: StepContext) {
  const database = partOf(given);
  const files = partOf(given.root);
  if (!files.kind.list) throw refused("backup-no-list", { kind: files.kind.kind });
  const asked = serverOf(database).rows(database.data);
  const listed = files.kind.list(files.data);
  const at = places(given, context);
  const env = {
    ...(await variablesOf(listed, context)),
    ...(await variablesOf(asked, context)),
    ...at,
    WB_INTO: "",
    WB_COPY: `${at.WB_SET}/${given.files}`,
    WB_LIST: `${at.WB_SET}/list-${given.files}`,
    WB_QUERY: given.query,
    WB_ROWS: `${at.WB_SET}/rows-after`,
    WB_BEFORE: `${at.WB_SET}/${rowsBefore(given.part, given.files)}`,
  };
  const compare = String.raw`agree "$WB_LIST" "$WB_ROWS" "$WB_BEFORE"
rm -f -- "$WB_LIST" "$WB_ROWS" "$WB_BEFORE"`;
  // Each program in a shell of its own: neither sees the other's words.
  const text = [AGREE, `(\n${listed.text}\n) || exit $?`, `(\n${asked.text}\n) || exit $?`, compare].join("\n");
  const { end, own } = await carryBackup(context, given, text, env);
  return giving(end, () => ({
    [given.output]: JSON.stringify(agreedOf({ rows: given.part, files: given.files }, factsOf(own))),
  }));
}

/** Compares rows with the files of the copy: what was there before and after must have its file. */
export const backupAgreeStep = defineStep<Params>({
  kind: "backup-agree",
  params,
  made: true,
  view: (given) => ({ command: `${given.query}\n= ${given.files}`, risk: "read", sudo: given.sudo }),
  perform: (given, context) => ended(context, () => look(given, context)),
  recall: (_, context) => recallBackup(context),
});
