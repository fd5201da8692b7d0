import { z } from "zod";
import { defineFault } from "../../model/fault.ts";
import { oneOf, PROCESSES, processes, valuesOf, whichText } from "./program/processes.ts";
import { inject, remove } from "./program/program.ts";

const params = z.strictObject({ ...processes }).refine(oneOf, "one-process");
type Params = z.infer<typeof params>;

const INJECT = String.raw`
processes >"$dir/hit"
if [ ! -s "$dir/hit" ]; then
  bit no
  fact processes 0
  exit 0
fi
arm
while read -r pid start; do kill -KILL "$pid" 2>/dev/null; done <"$dir/hit"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
  left=
  while read -r pid start; do alive "$pid" "$start" && left="$left $pid"; done <"$dir/hit"
  [ -z "$left" ] && break
  sleep 0.2
done
fact processes "$(wc -l <"$dir/hit" | tr -d ' ')"
fact pids "$(cut -d ' ' -f 1 <"$dir/hit" | tr '\n' ' ')"
if [ -z "$left" ]; then bit yes; else bit no; fi
`;

/** A killed process comes back by whoever looks after it; units and containers are started where nobody does. */
const REMOVE = String.raw`
if [ -n "$WB_UNIT" ]; then systemctl is-active -q -- "$WB_UNIT" || systemctl start -- "$WB_UNIT"
elif [ -n "$WB_CONTAINER" ]; then
  [ "$(docker inspect -f '{{.State.Running}}' "$WB_CONTAINER")" = true ] || docker start "$WB_CONTAINER"
fi
`;

/** Processes end at once, without a chance to tidy up. */
export const killFault = defineFault<Params>({
  kind: "kill",
  params,
  view: (given) => `kill -KILL ${whichText(given)}`,
  inject: (given, context, limitMs) =>
    inject(
      {
        ...{ values: valuesOf(given), words: PROCESSES, inject: INJECT, remove: REMOVE },
        // A process that nobody would start again needs no timer.
        bearable: given.unit === undefined && given.container === undefined,
      },
      context,
      limitMs,
    ),
  remove: (_, context) => remove(context),
});
