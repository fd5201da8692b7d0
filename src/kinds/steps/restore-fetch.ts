import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { carryBackup, recallBackup } from "./backup/carry.ts";
import { place, repository } from "./backup/fields.ts";
import { broughtTo } from "./backup/where.ts";
import { placeName, wordsOf } from "./copy/places.ts";
import { AT_PLACE } from "./copy/there.ts";
import { ended, refused } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";
import { also, placeFrom } from "./restore/from.ts";
import { setFor } from "./restore/set.ts";

const params = z.strictObject({ ...repository, ...place, ...also });
type Params = z.infer<typeof params>;

/**
 * A place that may only be read is a good one: it holds nothing then, and a set that goes meanwhile is missed by its digest.
 * Values: WB_CHAIN, lines of `id digest`; WB_BROUGHT.
 */
const FETCH = String.raw`
need sha256sum
hold() {
  at_place "root=$WB_THERE" "ids=$(printf '%s\n' "$WB_CHAIN" | cut -d ' ' -f 1 | tr '\n' ' ')" "hold=hold-$WB_RUN_ID" "how=$1" <<'WB_HOLD'
#: hold
cd -- "$root" || exit 1
for id in $ids; do
  case $how in
    hold) : >"$id/$hold" ;;
    *) rm -f -- "$id/$hold" ;;
  esac || exit 1
done
WB_HOLD
}
hold hold >/dev/null || hold let >/dev/null
trap 'hold let >/dev/null 2>&1' EXIT
trap 'exit 70' HUP INT TERM
printf '%s\n' "$WB_CHAIN" >"$WATCHBOOK_ATTEMPT/chain"
while read -r id digest; do
  fetch "$id" "$WB_BROUGHT/$id" </dev/null >/dev/null 2>"$said" ||
    refuse restore-fetch-cut "set=$id" "place=$WB_AT" "detail=$(tail -n 3 "$said" | head -c 500)"
  [ "$(sha256sum <"$WB_BROUGHT/$id/manifest.json" | cut -d ' ' -f 1)" = "$digest" ] ||
    refuse backup-copy-damaged "set=$id" "place=$WB_AT" "detail=manifest.json"
done <"$WATCHBOOK_ATTEMPT/chain"
`;

async function bring(given: Params, context: StepContext) {
  const from = placeFrom(given, context);
  // It lies here already.
  if (!from) return { ending: "ok" as const };
  const { chain, digest } = await setFor(given, context, { place: from, name: valueOf(context, "SET_ID") });
  if (digest !== valueOf(context, "SET_DIGEST")) throw refused("backup-damaged", { detail: "manifest.json" });
  const env = {
    WB_CHAIN: chain.map((one) => `${one.id} ${one.digest ?? "-"}`).join("\n"),
    WB_BROUGHT: broughtTo(given.place, context),
    WB_RUN_ID: context.attempt.run,
  };
  return (await carryBackup(context, given, wordsOf(from, given.set) + AT_PLACE + FETCH, env)).end;
}

/**
 * Brings the set that was found, and what it stands on, from the second place that FROM names to the place of this restore;
 * from the repository itself nothing is brought. Every part is compared with its digests before it is restored.
 */
export const restoreFetchStep = defineStep<Params>({
  kind: "restore-fetch",
  params,
  made: true,
  view: ({ set, place: at, also: places, sudo }) => ({
    command: places
      .map(({ to, name }, index) => `FROM=${name ?? index + 2}: ${placeName(to)}/${set}/$SET_ID -> ${at}/RUN/.sets`)
      .join("\n"),
    risk: "write",
    sudo,
  }),
  perform: (given, context) => ended(context, () => bring(given, context)),
  recall: (_, context) => recallBackup(context),
});
