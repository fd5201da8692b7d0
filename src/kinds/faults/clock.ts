import { z } from "zod";
import { defineFault } from "../../model/fault.ts";
import { oneOf, PROCESSES, processes, valuesOf, whichText } from "./program/processes.ts";
import { inject, remove } from "./program/program.ts";

const params = z
  .strictObject({
    ...processes,
    file: z
      .string()
      .regex(/^\/[^\p{Cc}]*$/u, "file-path")
      .describe("The file that libfaketime reads in these processes (their FAKETIME_TIMESTAMP_FILE)."),
    offset: z
      .string()
      .regex(/^[+-]\d+(\.\d+)?[smhdy]?$/, "clock-offset")
      .describe("How wrong the clock goes, as faketime(1) has it: `+90d`, `-1h`, `+30` seconds."),
  })
  .refine(oneOf, "one-process");
type Params = z.infer<typeof params>;

/** Where a process finds libfaketime, and which file it reads. */
const WORDS = String.raw`${PROCESSES}
library_of() { sed -n 's/^.* \(\/.*libfaketime[^ ]*\)$/\1/p' "/proc/$1/maps" 2>/dev/null | head -n 1; }
reads() { tr '\0' '\n' 2>/dev/null <"/proc/$1/environ" | grep -qxF "FAKETIME_TIMESTAMP_FILE=$WB_FILE"; }
`;

const INJECT = String.raw`
found=$(processes)
if [ -z "$found" ]; then
  bit no
  exit 0
fi
library=
wait=0
while read -r pid start; do
  library=$(library_of "$pid")
  [ -n "$library" ] && reads "$pid" || refuse fault-no-faketime "pid=$pid" "path=$WB_FILE"
  # What it has read of the file it keeps for a while: 10 s where nobody says otherwise.
  cached=$(tr '\0' '\n' <"/proc/$pid/environ" | sed -n 's/^FAKETIME_CACHE_DURATION=\([0-9]*\)$/\1/p')
  tr '\0' '\n' <"/proc/$pid/environ" | grep -qx FAKETIME_NO_CACHE=1 || wait=${"$"}{cached:-10}
done <<WB_END
$found
WB_END
[ -d "${"$"}{WB_FILE%/*}" ] || refuse fault-no-directory "path=${"$"}{WB_FILE%/*}"
[ -e "$WB_FILE" ] && cp -p -- "$WB_FILE" "$dir/before"
arm
# Whole or not at all: somebody reads it at every look at the clock.
printf '%s\n' "$WB_OFFSET" >"$WB_FILE.$$" && chmod 644 "$WB_FILE.$$" && mv -f -- "$WB_FILE.$$" "$WB_FILE"
true_seconds=$(date +%s)
seen=$(env -u WATCHBOOK_ATTEMPT LD_PRELOAD="$library" FAKETIME_TIMESTAMP_FILE="$WB_FILE" FAKETIME_NO_CACHE=1 date +%s)
fact skewSeconds "$((seen - true_seconds))"
[ "$wait" -eq 0 ] || sleep "$wait"
case $((seen - true_seconds)) in
  0 | -1 | 1) bit no ;;
  *) bit yes ;;
esac
`;

const REMOVE = String.raw`
if [ -e "$dir/before" ]; then cp -p -- "$dir/before" "$WB_FILE.$$" && mv -f -- "$WB_FILE.$$" "$WB_FILE"
else rm -f -- "$WB_FILE"
fi
`;

/**
 * The clock of some processes is wrong; of those that were started with libfaketime and read its file. The machine's own
 * clock is not touched: everything on it would be hit, also what is to put it right.
 */
export const clockFault = defineFault<Params>({
  kind: "clock",
  params,
  view: (given) => `faketime ${given.offset} ${whichText(given)}`,
  inject: (given, context, limitMs) => {
    const values = { ...valuesOf(given), WB_FILE: given.file, WB_OFFSET: given.offset };
    return inject({ values, words: WORDS, inject: INJECT, remove: REMOVE }, context, limitMs);
  },
  remove: (_, context) => remove(context),
});
