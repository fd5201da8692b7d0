import { createHash } from "node:crypto";
import { z } from "zod";
import type { Agreed, SetManifest, SetPart } from "../../model/backup.ts";
import { agreeName, copyName } from "../../model/backup-names.ts";
import type { AttemptEnd } from "../../model/journal.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { carryBackup, giving, recallBackup } from "./backup/carry.ts";
import { repository } from "./backup/fields.ts";
import { places } from "./backup/where.ts";
import { ended } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";

const params = z.strictObject({
  ...repository,
  parts: z.array(z.string()).min(1).describe("Names of the parts that were taken."),
  agree: z
    .array(z.strictObject({ rows: z.string(), files: z.string() }))
    .default([])
    .describe("Pairs of rows and files that were compared."),
  torn: z.enum(["fail", "keep"]).default("fail").describe("What a torn set is: a failure, or a remark."),
});
type Params = z.infer<typeof params>;

/** Everything on disk first, then the name under which it counts: a set that bears its name is whole. */
const SEAL = String.raw`
if [ ! -d "$WB_REPOSITORY/$WB_SET_ID" ]; then
  printf %s "$WB_MANIFEST" >"$WB_SET/manifest.json" || refuse backup-folder "path=$WB_SET"
  sync -f -- "$WB_SET" 2>/dev/null || sync
  mv -T -- "$WB_SET" "$WB_REPOSITORY/$WB_SET_ID" || refuse backup-folder "path=$WB_REPOSITORY"
  sync -f -- "$WB_REPOSITORY" 2>/dev/null || sync
fi
[ "$(sha256sum <"$WB_REPOSITORY/$WB_SET_ID/manifest.json" | cut -d ' ' -f 1)" = "$WB_DIGEST" ] ||
  refuse backup-damaged "detail=manifest.json"
`;

function manifestOf(given: Params, context: StepContext): SetManifest {
  const parts = given.parts.map((id) => JSON.parse(valueOf(context, copyName(id))) as SetPart);
  const times = (name: "FROM" | "UNTIL") => parts.map(({ facts }) => facts[name] ?? "").toSorted();
  return {
    format: "watchbook-backup/1",
    set: given.set,
    id: context.attempt.run,
    run: context.attempt.run,
    target: context.attempt.target,
    from: times("FROM")[0]!,
    until: times("UNTIL").at(-1)!,
    parts,
    agreed: given.agree.map((_, index) => JSON.parse(valueOf(context, agreeName(index + 1))) as Agreed),
    book: context.plan.book.digest,
  };
}

async function seal(given: Params, context: StepContext): Promise<AttemptEnd> {
  const manifest = manifestOf(given, context);
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const digest = createHash("sha256").update(text).digest("hex");
  const env = { ...places(given, context), WB_MANIFEST: text, WB_DIGEST: digest };
  const { end } = await carryBackup(context, given, SEAL, env);
  const bytes = manifest.parts.reduce((sum, part) => sum + part.bytes, 0);
  const sealed = giving(end, () => ({ SET_ID: manifest.id, SET_DIGEST: digest, SET_BYTES: String(bytes) }));
  const torn = manifest.agreed.find((one) => one.torn > 0);
  if (!torn || sealed.ending !== "ok") return sealed;
  const { rows, files, looked, first } = torn;
  const args = { set: manifest.id, rows, files, looked, torn: torn.torn, first: first[0] ?? "-" };
  return { ...sealed, ending: given.torn === "keep" ? "ok" : "failed", reason: "backup-torn", args };
}

/** Gives the set its name and its manifest. A torn set is kept, and says so. Outputs: SET_ID, SET_DIGEST, SET_BYTES. */
export const backupSealStep = defineStep<Params>({
  kind: "backup-seal",
  params,
  made: true,
  view: ({ set, into, parts, sudo }) => ({
    command: `${into}/${set}/RUN/manifest.json: ${parts.join(", ")}`,
    risk: "write",
    sudo,
  }),
  perform: (given, context) => ended(context, () => seal(given, context)),
  recall: (_, context) => recallBackup(context),
});
