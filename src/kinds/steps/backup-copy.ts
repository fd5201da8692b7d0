import { z } from "zod";
import { copiedName } from "../../model/backup-names.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { carryBackup, factsOf, giving, recallBackup } from "./backup/carry.ts";
import { parts, repository } from "./backup/fields.ts";
import { partOf } from "./backup/part.ts";
import { places } from "./backup/where.ts";
import { copyPlace, placeName, wordsOf } from "./copy/places.ts";
import { COPY } from "./copy/program.ts";
import { ended } from "./ending/ended.ts";

const params = z.strictObject({
  ...repository,
  ...parts,
  to: copyPlace.describe("The second place, as seen from the target."),
  number: z.int().min(1).default(1).describe("Which of several second places it is."),
});
type Params = z.infer<typeof params>;

/** Parts whose bytes lie in a repository of their own tool. */
const elsewhere = ({ parts: all }: Params): string =>
  all
    .filter((one) => partOf(one).kind.forget !== undefined)
    .map(({ id }) => id)
    .join(" ");

async function copy(given: Params, context: StepContext) {
  const env = { ...places(given, context), WB_ELSEWHERE: elsewhere(given) };
  const { end, own } = await carryBackup(context, given, wordsOf(given.to, given.set) + COPY, env);
  const facts = factsOf(own);
  return giving(end, () => ({ [copiedName(given.number)]: facts["DIGEST"] ?? "" }));
}

/**
 * Brings the set to a second place: under another name until every digest was read there. What broke off goes on with
 * the next run, and what the place missed meanwhile comes too. Output: COPIED_N, the digest of the manifest there.
 */
export const backupCopyStep = defineStep<Params>({
  kind: "backup-copy",
  params,
  made: true,
  view: ({ set, into, to, sudo }) => ({
    command: `${into}/${set}/RUN -> ${placeName(to)}/${set}/RUN`,
    risk: "write",
    sudo,
  }),
  perform: (given, context) => ended(context, () => copy(given, context)),
  recall: (_, context) => recallBackup(context),
});
