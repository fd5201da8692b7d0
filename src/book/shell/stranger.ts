import {
  FORCE,
  FORCED_OVER,
  NAMED_DESTROYER,
  REHEARSAL,
  STRANGER_DESTROYS,
  SWITCH_DESTROYS,
  TELLS,
} from "../words/commands-strangers.ts";
import { hasAny, positional } from "./flags.ts";
import type { Invocation } from "./invocation.ts";
import type { Judged } from "./worse.ts";

/** Sub-commands stand among the first words; what comes later is an object's name. */
const FIRST = 3;
const SCRIPT = /\.(?:sh|bash|py|js|mjs|ts|rb|pl|php|jar)$/i;

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/**
 * Risk of a program, sub-command or script that is in no table, by what its command line says of itself: `--purge`,
 * `drop`, `wipe-disks.sh`, `init --force`. Stays as it was judged when it says nothing, only tells, or rehearses.
 */
export function judgeStranger(one: Invocation, judged: Judged): Judged {
  const words = positional(one.args, "", FIRST + 1).map(({ text }) => text);
  if (hasAny(one.args, REHEARSAL)) return judged;
  const script = words.find((word) => SCRIPT.test(word));
  const verbs = words.filter((word) => word !== script).slice(0, FIRST);
  if (verbs.some((word) => TELLS.test(word))) return judged;
  const named = [one.program, script ?? ""].some((path) => NAMED_DESTROYER.test(nameOf(path).replace(SCRIPT, "")));
  const says =
    named ||
    verbs.some((word) => STRANGER_DESTROYS.test(word)) ||
    one.args.some((arg) => SWITCH_DESTROYS.test(arg)) ||
    (hasAny(one.args, FORCE) && verbs.some((word) => FORCED_OVER.test(word)));
  return says ? { risk: "destructive", why: "says-destroys" } : judged;
}
