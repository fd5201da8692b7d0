import { z } from "zod";
import { regex } from "../../checks/params/regex.ts";

/** Which processes a fault hits: exactly one of them is given. */
export const processes = {
  pidFile: z
    .string()
    .min(1)
    .optional()
    .describe("File that holds the process's number; a relative path starts where the target stands."),
  pattern: regex.optional().describe("Regular expression (POSIX, extended) for the whole command line."),
  unit: z
    .string()
    .regex(/^[\w@.:\\-]+$/, "unit")
    .optional()
    .describe("systemd unit."),
  container: z
    .string()
    .regex(/^[\w.-]+$/, "container")
    .optional()
    .describe("Docker container, by name or id."),
};

type Processes = { readonly [K in keyof typeof processes]: string | undefined };

export const oneOf = (given: Partial<Processes>): boolean =>
  [given.pidFile, given.pattern, given.unit, given.container].filter((each) => each !== undefined).length === 1;

export const whichText = (given: Partial<Processes>): string =>
  Object.entries(given)
    .filter(([name, value]) => value !== undefined && name in processes)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join("");

export const valuesOf = ({
  pidFile = "",
  pattern = "",
  unit = "",
  container = "",
}: Partial<Processes>): Record<string, string> => ({
  WB_PID_FILE: pidFile,
  WB_PATTERN: pattern,
  WB_UNIT: unit,
  WB_CONTAINER: container,
});

/**
 * Words for programs: `processes` prints `pid start` of every process that is meant and lives; `state pid start` its
 * state (proc(5)), nothing when it is gone; never ourselves, nor anything of this attempt.
 */
export const PROCESSES = String.raw`
field() {
  read -r line 2>/dev/null <"/proc/$1/stat" || return 1
  set -- "$2" ${"$"}{line##*) }
  shift "$1"
  echo "$1"
}
start_of() { field "$1" 20; }
state() {
  [ "$(start_of "$1")" = "$2" ] || return 1
  field "$1" 1
}
alive() { case $(state "$1" "$2") in '' | Z | X) return 1 ;; esac; }
numbers() {
  if [ -n "$WB_PID_FILE" ]; then
    # Many a pid file has no line end.
    [ -r "$WB_PID_FILE" ] && tr -dc '0-9\n' <"$WB_PID_FILE" | head -n 1 && echo
  elif [ -n "$WB_UNIT" ]; then systemctl show -p MainPID --value -- "$WB_UNIT"
  elif [ -n "$WB_CONTAINER" ]; then docker inspect -f '{{.State.Pid}}' "$WB_CONTAINER" 2>/dev/null
  else
    for file in /proc/[0-9]*/cmdline; do
      tr '\0' ' ' 2>/dev/null <"$file" | grep -Eq -e "$WB_PATTERN" || continue
      file=${"$"}{file#/proc/}
      grep -qzx "WATCHBOOK_ATTEMPT=$dir" "/proc/${"$"}{file%/*}/environ" 2>/dev/null || echo "${"$"}{file%/*}"
    done
  fi
}
processes() {
  numbers | while read -r pid; do
    [ "$pid" -gt 1 ] 2>/dev/null || continue
    start=$(start_of "$pid")
    [ "$pid $start" = "$WB_SELF" ] && continue
    alive "$pid" "$start" && echo "$pid $start"
  done
}
`;
