import { defineStep, type StepContext } from "../../model/step.ts";
import type { z } from "zod";
import { carryBackup, recallBackup } from "./backup/carry.ts";
import { partOf, variablesOf } from "./backup/part.ts";
import { placeOf } from "./backup/where.ts";
import { ended, refused } from "./ending/ended.ts";
import { beside, oldOf, oldShown, swapParams } from "./restore/over.ts";
import { foundSet } from "./restore/set.ts";

type Params = z.infer<typeof swapParams>;

/** Beside what is in use, on its own file system: a rename is then all that is left to do. */
const BEFORE = String.raw`
[ -d "$WB_INTO" ] || refuse restore-no-place "path=$WB_INTO"
[ ! -L "$WB_OLD" ] || refuse restore-over-link "path=$WB_OLD" "to=$(readlink -- "$WB_OLD")"
[ ! -e "$WB_OLD" ] || [ -d "$WB_OLD" ] || refuse backup-no-source "path=$WB_OLD"
parent=${"$"}{WB_OLD%/*}
[ -d "${"$"}{parent:-/}" ] || refuse backup-no-source "path=${"$"}{parent:-/}"
# What another file system is mounted on has no name that could be changed.
[ ! -d "$WB_OLD" ] || [ "$(stat -c %d -- "$WB_OLD")" = "$(stat -c %d -- "${"$"}{parent:-/}")" ] && ! mountpoint -q -- "$WB_OLD" ||
  refuse restore-over-mount "path=$WB_OLD"
need=$(du -s -B1 -- "$WB_INTO" | cut -f 1)
available=$(df -Pk -- "${"$"}{parent:-/}" | awk 'NR == 2 { printf "%.0f", $4 * 1024 }')
[ "$need" -le "${"$"}{available:-$need}" ] || refuse backup-no-room "need=$need" "available=$available" "path=${"$"}{parent:-/}"
rm -rf -- "$WB_NEW"
(umask 077 && mkdir -- "$WB_NEW") || refuse backup-folder "path=$WB_NEW"
`;

const AFTER = String.raw`
[ -n "$(find "$WB_NEW" -mindepth 1 -print -quit)" ] || refuse backup-empty "part=$WB_PART"
# Whoever may look into the one may look into the other.
[ ! -d "$WB_OLD" ] || { chown --reference="$WB_OLD" -- "$WB_NEW" && chmod --reference="$WB_OLD" -- "$WB_NEW"; } ||
  refuse backup-folder "path=$WB_NEW"
sync -f -- "$WB_NEW" 2>/dev/null || sync
`;

const UNDO = String.raw`rm -rf -- "$WB_NEW" && [ ! -e "$WB_NEW" ] || refuse backup-folder "path=$WB_NEW"`;

async function ready(given: Params, context: StepContext) {
  const { kind, data } = partOf(given);
  const at = beside(oldOf(given), context);
  if (context.attempt.purpose === "undo") return (await carryBackup(context, given, UNDO, at)).end;
  if (!kind.over) throw refused("restore-over-not", { kind: kind.kind });
  const program = kind.over.ready(data);
  const env = {
    ...(await variablesOf(program, context)),
    ...at,
    WB_PART: given.part,
    WB_INTO: `${placeOf(given.place, context)}/${given.part}`,
    WB_COPY: `${foundSet(context)}/${given.part}`,
  };
  return (await carryBackup(context, given, `${BEFORE}\n${program.text}\n${AFTER}`, env)).end;
}

/** Makes, beside the folder in use, what is to take its place; its undo removes that. The service still runs. */
export const restoreReadyStep = defineStep<Params>({
  kind: "restore-ready",
  params: swapParams,
  made: true,
  view: (given) => ({
    command: `${given.place}/RUN/${given.part} -> ${oldShown(given)}.restored-RUN`,
    risk: "write",
    sudo: given.sudo,
  }),
  perform: (given, context) => ended(context, () => ready(given, context)),
  recall: (_, context) => recallBackup(context),
});
