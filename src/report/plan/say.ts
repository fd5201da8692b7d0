import type { Texts } from "../../i18n/texts.ts";
import { format } from "../../i18n/format.ts";
import type { Gate } from "../../model/gate.ts";
import type { PlanStep } from "../../model/plan.ts";

type Words = Texts["plan"];

/** A time in the largest unit that says it whole: `90 s`, `10 min`, `24 h`. */
export function timeOf(ms: number, words: Words): string {
  const seconds = ms / 1000;
  const [unit, size] =
    seconds > 0 && seconds % 3600 === 0
      ? (["h", 3600] as const)
      : seconds > 0 && seconds % 60 === 0
        ? (["m", 60] as const)
        : (["s", 1] as const);
  return format(words.times[unit], { count: seconds / size });
}

/** Who must agree, how many of them, and how long the question stands. */
export function gateOf(gate: Gate, words: Words): string {
  const roles = gate.roles.length === 0 ? words.anybody : format(words.ofRoles, { roles: gate.roles.join(", ") });
  const said = format(words.gate, { quorum: gate.quorum, roles, time: timeOf(gate.expiresMs, words) });
  return gate.requesterMay ? `${said} (${words.requesterMay})` : said;
}

// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The bytes of a command line by line; signs that are not seen, or that a terminal would obey, as `\u001b`. */
export const linesOf = (command: string): readonly string[] =>
  command
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => line.replace(UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`));

/** Kinds whose bytes a person types at a shell's prompt. */
const TYPED: ReadonlySet<string> = new Set(["shell", "script", "file"]);

/** A longer program of a backup kind is named in a plan, and not shown line by line. */
const MOST_LINES = 12;

/** What a backup kind does to a part, in few lines: whose part, and how long its program is. Absent: it is short, or no such step. */
function folded({ command, params }: PlanStep, words: Words): readonly string[] | undefined {
  const { part, kind, with: given } = (params ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof part !== "string" || typeof kind !== "string") return undefined;
  const { length } = linesOf(command);
  if (length <= MOST_LINES) return undefined;
  return [`${kind} ${part}: ${JSON.stringify(given)}`, format(words.program, { count: length })].flatMap(linesOf);
}

/** The lines of a step: `$` before what a shell reads, `-` before what is only said. With `words` long programs are only named. */
export function signed(step: PlanStep, words?: Words): readonly string[] {
  const { kind, byHand, command } = step;
  const brief = byHand || !words ? undefined : folded(step, words);
  if (brief) return brief.map((line) => `- ${line}`);
  const typed = byHand ? TYPED.has(byHand.kind) : kind === "shell";
  return linesOf(command).map((line) => `${typed ? (line.startsWith("# ") ? " " : "$") : "-"} ${line}`);
}
