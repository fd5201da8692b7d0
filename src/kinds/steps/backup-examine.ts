import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { carryBackup, recallBackup } from "./backup/carry.ts";
import { part, repository } from "./backup/fields.ts";
import { partOf, shown, variablesOf } from "./backup/part.ts";
import { repositoryOf } from "./backup/where.ts";
import { ended, refused } from "./ending/ended.ts";
import { setFor } from "./restore/set.ts";

const params = z.strictObject({ ...repository, ...part });
type Params = z.infer<typeof params>;

/** The list of digests by its own digest in the manifest, then every file by the list. */
export const WHOLE = String.raw`
[ "$(sha256sum <"$WB_COPY.sums" | cut -d ' ' -f 1)" = "$WB_SUMS" ] || refuse backup-damaged "detail=$WB_COPY.sums"
sums_hold "$WB_COPY" "$WB_COPY.sums"
`;

async function examine(given: Params, context: StepContext) {
  const { id, manifest } = await setFor(given, context);
  const seen = manifest.parts.find((one) => one.id === given.part);
  if (!seen) throw refused("backup-no-part", { set: id, part: given.part });
  const { kind, data } = partOf(given);
  const program = kind.examine(data);
  const env = {
    ...(await variablesOf(program, context)),
    WB_COPY: `${repositoryOf(given)}/${id}/${given.part}`,
    WB_SUMS: seen.sums,
  };
  return (await carryBackup(context, given, `${WHOLE}\n${program.text}`, env)).end;
}

/** Looks at every byte of a copy. What passes is whole; only a restore proves more. */
export const backupExamineStep = defineStep<Params>({
  kind: "backup-examine",
  params,
  made: true,
  view: (given) => ({
    command: shown(given, ({ kind, data }) => `sha256sum -c ${given.part}.sums\n${kind.examine(data).text}`),
    risk: "read",
    sudo: given.sudo,
  }),
  perform: (given, context) => ended(context, () => examine(given, context)),
  recall: (_, context) => recallBackup(context),
});
