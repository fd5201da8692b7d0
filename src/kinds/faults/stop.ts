import { z } from "zod";
import { defineFault } from "../../model/fault.ts";
import { oneOf, PROCESSES, processes, valuesOf, whichText } from "./program/processes.ts";
import { inject, remove } from "./program/program.ts";

const params = z.strictObject({ ...processes }).refine(oneOf, "one-process");
type Params = z.infer<typeof params>;

const FREEZE = String.raw`
frozen() {
  while read -r pid start; do
    case $(state "$pid" "$start") in T | t) ;; *) return 1 ;; esac
  done <"$dir/hit"
}
thawed() {
  while read -r pid start; do
    case $(state "$pid" "$start") in T | t) return 1 ;; esac
  done <"$dir/hit"
}
# Sends a signal until every one of them shows the wanted state.
until_so() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
    while read -r pid start; do
      [ -n "$(state "$pid" "$start")" ] && kill -s "$1" "$pid" 2>/dev/null
    done <"$dir/hit"
    "$2" && return 0
    sleep 0.2
  done
  return 1
}
is_up() {
  if [ -n "$WB_UNIT" ]; then systemctl is-active -q -- "$WB_UNIT"
  else [ "$(docker inspect -f '{{.State.Running}}' "$WB_CONTAINER" 2>/dev/null)" = true ]; fi
}
`;

const INJECT = String.raw`
if [ -n "$WB_UNIT$WB_CONTAINER" ]; then
  if ! is_up; then
    bit no
    exit 0
  fi
  arm
  if [ -n "$WB_UNIT" ]; then systemctl stop -- "$WB_UNIT"; else docker stop "$WB_CONTAINER" >/dev/null; fi
  if is_up; then bit no; else bit yes; fi
  exit 0
fi
# One that is stopped already was down before.
processes | while read -r pid start; do
  case $(state "$pid" "$start") in T | t) ;; *) echo "$pid $start" ;; esac
done >"$dir/hit"
fact processes "$(wc -l <"$dir/hit" | tr -d ' ')"
if [ ! -s "$dir/hit" ]; then
  bit no
  exit 0
fi
arm
if until_so STOP frozen; then bit yes; else bit no; fi
fact pids "$(cut -d ' ' -f 1 <"$dir/hit" | tr '\n' ' ')"
`;

const REMOVE = String.raw`
if [ -n "$WB_UNIT" ]; then is_up || systemctl start -- "$WB_UNIT"
elif [ -n "$WB_CONTAINER" ]; then is_up || docker start "$WB_CONTAINER"
else [ ! -e "$dir/hit" ] || until_so CONT thawed; fi
`;

/** Processes stand still (SIGSTOP), a unit or a container is stopped in order. */
export const stopFault = defineFault<Params>({
  kind: "stop",
  params,
  view: (given) => `${(given.unit ?? given.container) ? "stop" : "kill -STOP"} ${whichText(given)}`,
  inject: (given, context, limitMs) =>
    inject({ values: valuesOf(given), words: PROCESSES + FREEZE, inject: INJECT, remove: REMOVE }, context, limitMs),
  remove: (_, context) => remove(context),
});
