import { readFileSync } from "node:fs";
import type { Injected, Removed } from "../../../model/fault.ts";
import type { StepContext } from "../../../model/step.ts";
import { OUTLIVE } from "../../targets/posix/outlive.ts";
import { assignments } from "../../targets/receipt/assign.ts";
import { Ended } from "../../steps/ending/ended.ts";
import { carry } from "../../steps/program/program.ts";

/**
 * How one fault is done on a target, in POSIX sh. Both programs find `values` as variables and the folder of the
 * attempt as `$dir`, where `inject` notes what `remove` must know.
 */
export interface FaultProgram {
  readonly values: Readonly<Record<string, string>>;
  /** Words that both programs use. */
  readonly words?: string;
  /**
   * Bites, after the timer was armed. Ends with `bit yes` or `bit no`, and `fact NAME value`; `refuse REASON …` when it
   * cannot be done, having changed nothing.
   */
  readonly inject: string;
  /** Takes it away; may be called again and beside itself. Ends with 0 only when it is gone; says why not on stderr. */
  readonly remove: string;
  /** What is left of it hurts nobody: it is done also where its timer would end with the service that begins it. */
  readonly bearable?: boolean;
  /** Both as root, through `sudo -n`. */
  readonly sudo?: boolean;
  /** Variables that only `inject` finds, and that lie nowhere. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Does it when the time is over; what it cannot remove it tries again. No single quotes. */
const TIMER = String.raw`dir=$1 limit=$2
sleep "$limit"
: >"$dir/ran-out"
while [ -e "$dir/remove" ] && ! sh "$dir/remove" "$dir" >>"$dir/removing" 2>&1; do sleep 5; done
[ -d "$dir" ] && : >"$dir/removed"`;

/**
 * `arm`: from here on the target itself takes the fault away, whoever dies. The timer has no mark of the attempt, so that
 * neither a lost connection nor a cancel ends it.
 */
const ARM = String.raw`${OUTLIVE}
dir=$WATCHBOOK_ATTEMPT
bit() { give WB_BIT "$1"; }
fact() { give "WB_FACT_$1" "$2"; }
give WB_AT_NS "$WB_AT"
arm() {
  sync "$dir/remove" 2>/dev/null || sync
  out_strict=$WB_STRICT
  outlive "$dir/watchbook-fault" "$dir/timer" '${TIMER}' "$dir" "$WB_LIMIT" && return 0
  [ -z "$out_bound" ] || refuse fault-timer-bound "unit=$out_bound" "user=$(id -un)"
  refuse fault-not-armed "detail=$dir/timer"
}
`;

/** Takes away what any attempt of the step left, then ends their timers. */
const REMOVE = String.raw`
earlier | {
  none=yes
  while read -r one; do
    [ -e "$one/remove" ] || continue
    none=
    [ -e "$one/ran-out" ] && give WB_EXPIRED yes
    error=$(sh "$one/remove" "$one" 2>&1) || refuse fault-still-there "detail=$error"
    : >"$one/removed"
    read -r pid start 2>/dev/null <"$one/timer" || continue
    read -r line 2>/dev/null <"/proc/$pid/stat" || continue
    rest=${"$"}{line##*) }
    [ "$(set -- $rest; shift 19; echo "$1")" = "$start" ] && kill -- "-$pid" 2>/dev/null
  done
  [ -n "$none" ] && say fault-none
  exit 0
} || exit 70
`;

/** Pid and start time (proc(5), field 22) of ourselves: no fault is to hit who would remove it. */
function self(): string {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(") ") + 2).split(" ");
  return `${process.pid} ${fields[19]}`;
}

/** Injects under the receipt of the attempt; done again for the same attempt, it attaches. Throws Ended. */
export async function inject(program: FaultProgram, context: StepContext, limitMs: number): Promise<Injected> {
  const { values, words = "", inject: bite, remove, sudo = false, bearable = false, secrets = {} } = program;
  const later = `dir=$1\n${assignments(values)}${words}\n${remove}`;
  const text = [
    ARM,
    words,
    `base64 -d >"$dir/remove" <<'WB_REMOVE' || refuse fault-not-armed "detail=$dir/remove"`,
    ...(Buffer.from(later)
      .toString("base64")
      .match(/.{1,76}/g) ?? []),
    "WB_REMOVE",
    bite,
  ].join("\n");
  const env = {
    ...values,
    ...secrets,
    WB_LIMIT: String(Math.max(1, Math.ceil(limitMs / 1_000))),
    WB_STRICT: bearable ? "" : "yes",
    WB_SELF: self(),
    WB_AT: String(context.clock.monotonic()),
  };
  const { end, own } = await carry(context, { text, env, sudo });
  if (end.ending !== "ok") throw new Ended(end.ending, end.reason ?? "fault-not-injected", end.args);
  const facts = [...own].filter(([name]) => name.startsWith("FACT_"));
  const atNs = own.get("AT_NS");
  return {
    bit: own.get("BIT") === "yes",
    ...(atNs !== undefined && { atNs }),
    facts: Object.fromEntries(facts.map(([name, value]) => [name.slice(5), value])),
  };
}

/** Takes away what every attempt of this step injected on the target. Throws Ended while something is left. */
export async function remove(context: StepContext, sudo = false): Promise<Removed> {
  const { end, own } = await carry(context, { text: REMOVE, env: {}, sudo });
  if (end.ending !== "ok") throw new Ended(end.ending, end.reason ?? "fault-still-there", end.args);
  return { expired: own.get("EXPIRED") === "yes" };
}
