import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { carryBackup, recallBackup } from "./backup/carry.ts";
import { part, repository } from "./backup/fields.ts";
import { partOf, shown, variablesOf } from "./backup/part.ts";
import { repositoryOf } from "./backup/where.ts";
import { listed, wordsOf, type CopyPlace } from "./copy/places.ts";
import { AT_PLACE, EXAMINE_THERE } from "./copy/there.ts";
import { ended, refused } from "./ending/ended.ts";
import { also, placeFrom, placeNumber } from "./restore/from.ts";
import { setFor, type FoundSet } from "./restore/set.ts";

const params = z.strictObject({ ...repository, ...part, ...also });
type Params = z.infer<typeof params>;

/** The list of digests by its own digest in the manifest, then every file by the list. */
export const WHOLE = String.raw`
[ "$(sha256sum <"$WB_COPY.sums" | cut -d ' ' -f 1)" = "$WB_SUMS" ] || refuse backup-damaged "detail=$WB_COPY.sums"
sums_hold "$WB_COPY" "$WB_COPY.sums"
`;

/** On another host: what its digests say is read there; the kind's own look needs the copy here. */
const AFAR = String.raw`
bad=$(at_place "root=$WB_THERE" "id=$WB_SET_ID" "part=$WB_PART" "digest=$WB_DIGEST" "sums=$WB_SUMS" <<'WB_LOOK'
${EXAMINE_THERE}
WB_LOOK
) || refuse backup-copy-damaged "set=$WB_SET_ID" "place=$WB_AT" "detail=$bad $(tail -n 2 "$said" | head -c 300)"
say backup-looked-afar "place=$WB_AT"
`;

async function afar(given: Params, context: StepContext, place: CopyPlace, { id, digest }: FoundSet, sums: string) {
  const env = { WB_SET_ID: id, WB_PART: given.part, WB_DIGEST: digest, WB_SUMS: sums };
  return (await carryBackup(context, given, wordsOf(place, given.set) + AT_PLACE + AFAR, env)).end;
}

async function examine(given: Params, context: StepContext) {
  const place = placeFrom(given, context);
  const found = await setFor(given, context, { place });
  const { id, manifest } = found;
  const seen = manifest.parts.find((one) => one.id === given.part);
  if (!seen) throw refused("backup-no-part", { set: id, part: given.part });
  if (place && place.kind !== "folder") return afar(given, context, place, found, seen.sums);
  const { kind, data } = partOf(given);
  const program = kind.examine(data);
  const env = {
    ...(await variablesOf(program, context)),
    WB_COPY: `${place ? listed(place, given.set).folder : repositoryOf(given)}/${id}/${given.part}`,
    WB_SUMS: seen.sums,
    WB_PLACE_NUMBER: String(placeNumber(given, context)),
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
