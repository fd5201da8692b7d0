import { z } from "zod";
import type { SetManifest } from "../../model/backup.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { WORDS } from "../backups/program/words.ts";
import { inject, remove, type FaultProgram } from "../faults/program/program.ts";
import { quote } from "../targets/posix/quote.ts";
import { assignments } from "../targets/receipt/assign.ts";
import { recallBackup } from "./backup/carry.ts";
import { parts, place, repository } from "./backup/fields.ts";
import { partOf } from "./backup/part.ts";
import { broughtTo, placeOf, repositoryOf } from "./backup/where.ts";
import { listed, wordsOf, type CopyPlace } from "./copy/places.ts";
import { ended, refused } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";
import { also, placeFrom, placeNumber } from "./restore/from.ts";
import { seedIn, type RandomPoint } from "./restore/random.ts";
import { setFor, type FoundSet } from "./restore/set.ts";

const params = z.strictObject({
  ...repository,
  ...parts,
  ...place,
  ...also,
  limit: z
    .int()
    .min(60)
    .max(604_800)
    .default(7_200)
    .describe("After so many seconds the target itself stops and removes what was restored."),
  confirm: z
    .boolean()
    .default(false)
    .describe(
      "Something in use is replaced: the run's CONFIRM must be the name of the backup and of the set, apart by `/`.",
    ),
});
type Params = z.infer<typeof params>;

/** The place is made last: until then there is nothing to take away but the hold. */
const FIND = String.raw`
[ -z "$WB_FROM" ] || [ "$(sha256sum <"$WB_FROM/manifest.json" | cut -d ' ' -f 1)" = "$WB_DIGEST" ] ||
  refuse backup-damaged "detail=manifest.json"
(umask 066 && mkdir -p -- "$WB_PLACES") || refuse backup-folder "path=$WB_PLACES"
available=$(df -Pk -- "$WB_PLACES" | awk 'NR == 2 { printf "%.0f", $4 * 1024 }')
[ "$WB_NEED" -le "$available" ] || refuse backup-no-room "need=$WB_NEED" "available=$available" "path=$WB_PLACES"
# All that it stands on is held with it.
for id in $WB_CHAIN; do : >"$WB_SETS/$id/hold-$WB_RUN_ID" || refuse backup-folder "path=$WB_SETS/$id"; done
arm
(umask 066 && mkdir -- "$WB_PLACE") || refuse backup-folder "path=$WB_PLACE"
[ -n "$WB_FROM" ] || (umask 066 && mkdir -- "$WB_PLACE/.sets") || refuse backup-folder "path=$WB_PLACE"
bit yes
`;

/** Servers first, then their files, then the hold; said again when any of it does not go. */
const CLEAR = String.raw`
stop_all || { echo "a server of $WB_PLACE does not stop" >&2; exit 1; }
rm -rf -- "$WB_PLACE"
[ ! -e "$WB_PLACE" ] || { echo "$WB_PLACE is still there" >&2; exit 1; }
for id in $WB_CHAIN; do rm -f -- "$WB_SETS/$id/hold-$WB_RUN_ID"; done
let_there
`;

/**
 * `let_there`: what a fetch that was killed still holds at the other place is let go of, where that can be reached; a set
 * that is held there too long only stays.
 */
function lettingGo(place: CopyPlace | undefined, set: string, run: string): string {
  if (!place) return "let_there() { :; }\n";
  const folder = quote(listed(place, set).folder);
  const program = `hold=hold-${run}\n#: let\ncd -- ${folder} 2>/dev/null && rm -f -- r*/"$hold"\n`;
  return `let_there() {\n${wordsOf(place, set)}printf %s ${quote(program)} | there >/dev/null 2>&1 || :\n}\n`;
}

/** More than what lies in the copies: a server writes while it starts, and logs are replayed. */
const ROOM = 1.2;

/** `stop_all`: every server of the parts, each in a shell of its own. */
async function stops(given: Params, context: StepContext): Promise<string> {
  const programs: string[] = [];
  for (const one of given.parts) {
    const { kind, data } = partOf(one);
    if (!kind.server) continue;
    const program = kind.server.stop(data);
    // No secret: this text lies on the target until it is needed.
    const values = assignments({
      ...program.env,
      WB_INTO: `${placeOf(given.place, context)}/${one.id}`,
    });
    programs.push(`(\n${values}${program.text}\n) || return 1`);
  }
  return `stop_all() {\n${[":", ...programs].join("\n")}\n}\n`;
}

const bytesOf = ({ parts: all }: SetManifest): number => all.reduce((sum, { bytes }) => sum + bytes, 0);

/** What has to be brought here first, and what it becomes. */
const needOf = ({ manifest, chain }: FoundSet, brought: boolean): number =>
  Math.ceil(bytesOf(manifest) * ROOM) +
  (brought ? chain.reduce((sum, one) => sum + (one.manifest ? bytesOf(one.manifest) : 0), 0) : 0);

/** Steps behind it restore to the point that was drawn; its seed and window stay in the evidence. */
const drawnOutputs = (drawn: RandomPoint | undefined): Readonly<Record<string, string>> =>
  drawn
    ? { TO: drawn.at, POINT: drawn.at, POINT_SEED: drawn.seed, POINT_FROM: drawn.from, POINT_UNTIL: drawn.until }
    : {};

async function find(given: Params, context: StepContext) {
  if (context.attempt.purpose === "undo") {
    await remove(context, given.sudo);
    return { ending: "ok" as const };
  }
  const from = placeFrom(given, context);
  const { TO = "" } = context.env;
  // What is in use is replaced by a point that somebody chose.
  if (given.confirm && seedIn(TO) !== undefined) throw refused("restore-point", { point: TO });
  const found = await setFor(given, context, { place: from, number: placeNumber(given, context) });
  const { id, manifest, digest, chain, drawn } = found;
  const lacking = given.parts.find((part) => !manifest.parts.some((one) => one.id === part.id));
  if (lacking) throw refused("backup-no-part", { set: id, part: lacking.id });
  const wanted = `${given.set}/${id}`;
  if (given.confirm && valueOf(context, "CONFIRM") !== wanted)
    throw refused("restore-over-unconfirmed", { given: valueOf(context, "CONFIRM"), wanted });
  const need = needOf(found, from !== undefined);
  const { run } = context.attempt;
  const program: FaultProgram = {
    values: {
      WB_SETS: repositoryOf(given),
      WB_CHAIN: from ? "" : chain.map((one) => one.id).join(" "),
      WB_FROM: from ? "" : `${repositoryOf(given)}/${id}`,
      WB_DIGEST: digest,
      WB_PLACES: given.place,
      WB_PLACE: placeOf(given.place, context),
      WB_RUN_ID: run,
      WB_NEED: String(need),
    },
    words: WORDS + (await stops(given, context)) + lettingGo(from, given.set, run),
    inject: FIND,
    remove: CLEAR,
    bearable: true,
    sudo: given.sudo,
  };
  await inject(program, context, given.limit * 1_000);
  const lies = from ? broughtTo(given.place, context) : repositoryOf(given);
  const outputs = {
    ...{ SET_ID: id, SET_DIGEST: digest, SET_UNTIL: manifest.until, SET_FROM: lies },
    SET_PLACE: String(placeNumber(given, context)),
    ...drawnOutputs(drawn),
  };
  context.log(Buffer.from(`${JSON.stringify({ set: id, taken: manifest.until, bytes: need, ...drawn })}\n`), "out");
  return { ending: "ok" as const, outputs };
}

/**
 * Chooses the set, holds it, and makes the place it is restored to, which the target itself clears away when nobody
 * comes back; its undo does that at once. Outputs: SET_ID, SET_DIGEST, SET_UNTIL, SET_FROM (the folder in which it lies), SET_PLACE (number of the place); of
 * a point that nobody chose TO, POINT, POINT_SEED and its window, POINT_FROM and POINT_UNTIL.
 */
export const restoreFindStep = defineStep<Params>({
  kind: "restore-find",
  params,
  made: true,
  view: ({ set, into, place: at, limit, sudo }) => ({
    command: `${into}/${set}/$SET ($TO) -> ${at}/RUN (<= ${limit} s)`,
    risk: "write",
    sudo,
  }),
  perform: (given, context) => ended(context, () => find(given, context)),
  recall: (_, context) => recallBackup(context),
});
