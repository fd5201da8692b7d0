import { defineStep, type StepContext } from "../../model/step.ts";
import type { z } from "zod";
import { carryBackup, recallBackup } from "./backup/carry.ts";
import { ended } from "./ending/ended.ts";
import { beside, oldOf, oldShown, swapParams } from "./restore/over.ts";

type Params = z.infer<typeof swapParams>;

/**
 * `idle`: nobody has a file of the folder open, stands in it or has mapped one. A stop that stopped nothing would write on
 * into what is kept. Of processes of others only root sees it.
 */
const IDLE = String.raw`
idle() {
  users=$(find /proc/[0-9]*/cwd /proc/[0-9]*/root /proc/[0-9]*/exe /proc/[0-9]*/fd /proc/[0-9]*/map_files -maxdepth 1 -type l \
    \( -lname "$pattern" -o -lname "$pattern/*" \) 2>/dev/null | cut -d / -f 3 | sort -un | head -n 5 | tr '\n' ' ')
  [ -z "$users" ] || refuse restore-over-in-use "path=$WB_OLD" "pids=${"$"}{users% }"
}
# As find reads names: signs of a pattern stand for themselves.
pattern=$(cd -- "$WB_OLD" 2>/dev/null && pwd -P | sed 's/[][*?\\]/\\&/g')
[ -z "$pattern" ] || idle
`;

/** Two renames, each of which may be the last thing that happened: whoever comes again goes on from there. */
const SWAP = String.raw`
if [ -d "$WB_NEW" ]; then
  if [ ! -d "$WB_BEFORE_IT" ]; then
    ${"#"} Where nothing was, an empty folder is what is put back.
    [ -e "$WB_OLD" ] || mkdir -- "$WB_OLD" || refuse backup-folder "path=$WB_OLD"
    mv -T -- "$WB_OLD" "$WB_BEFORE_IT" || refuse backup-folder "path=$WB_OLD"
  fi
  mv -T -- "$WB_NEW" "$WB_OLD" || {
    mv -T -- "$WB_BEFORE_IT" "$WB_OLD"
    refuse backup-folder "path=$WB_OLD"
  }
fi
[ -d "$WB_OLD" ] && [ -d "$WB_BEFORE_IT" ] || refuse restore-no-place "path=$WB_NEW"
sync -f -- "${"$"}{WB_OLD%/*}/" 2>/dev/null || sync
`;

const BACK = String.raw`
if [ -d "$WB_BEFORE_IT" ]; then
  if [ -d "$WB_OLD" ]; then mv -T -- "$WB_OLD" "$WB_NEW" || refuse backup-folder "path=$WB_OLD"; fi
  mv -T -- "$WB_BEFORE_IT" "$WB_OLD" || refuse backup-folder "path=$WB_OLD"
  sync -f -- "${"$"}{WB_OLD%/*}/" 2>/dev/null || sync
fi
`;

const swap = async (given: Params, context: StepContext) => {
  const text = IDLE + (context.attempt.purpose === "undo" ? BACK : SWAP);
  return (await carryBackup(context, given, text, beside(oldOf(given), context))).end;
};

/** Puts what was restored in the place of what was in use, by its name; what was there is kept beside it. Its undo puts it back. */
export const restoreSwapStep = defineStep<Params>({
  kind: "restore-swap",
  params: swapParams,
  made: true,
  view: (given) => {
    const old = oldShown(given);
    return {
      command: `mv ${old} ${old}.before-RUN\nmv ${old}.restored-RUN ${old}`,
      risk: "destructive",
      sudo: given.sudo,
    };
  },
  perform: (given, context) => ended(context, () => swap(given, context)),
  recall: (_, context) => recallBackup(context),
});
