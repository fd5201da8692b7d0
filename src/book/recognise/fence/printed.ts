import { firstProgram } from "../../shell/lines.ts";
import { isKnown } from "../../shell/risk.ts";
import { isPrinted, printsCommands, shown } from "../../words/printers.ts";
import type { View } from "./view.ts";

/** A longer command is none of those that only look. */
const LONGEST = 300;

/**
 * Line of the first command that could as well be what the command before it printed, undefined: there is none. Only what
 * would change something matters. A blank line parts a command from what it printed, and so does a remark where the author
 * puts one above each command.
 */
export function printedLine(view: View): number | undefined {
  const { commands, ends } = view.shell();
  const remarked = /^\s*#(?!!)/.test(view.lines.find((line) => line.trim() !== "") ?? "");
  /** What the file is called whose text may still go on. */
  let file: string | undefined;
  for (let at = 1; at < commands.length; at++) {
    const [before, now] = [commands[at - 1], commands[at]];
    if (!before || !now) return undefined;
    const above = before.text.length <= LONGEST && !before.neverEnds ? before.text : "";
    if (printsCommands(above)) file = shown(above);
    const gap = view.lines.slice((ends[at - 1] ?? before.line) + 1 - view.fence.first, now.line - view.fence.first);
    if (gap.some((line) => line.trim() === "") || (remarked && gap.length > 0)) file = undefined;
    if (file !== undefined && file !== "" && now.text.includes(file)) file = undefined;
    if (now.risk === "read") continue;
    const line = view.lines[now.line - view.fence.first] ?? "";
    const follows = gap.length === 0 && line.length <= LONGEST;
    if (file !== undefined || (follows && isPrinted(line, above, isKnown(firstProgram(line))))) return now.line;
  }
  return undefined;
}
