import type { Command } from "../../model/block.ts";
import type { Blank, Spot } from "../../model/runbook.ts";
import type { Draft } from "./draft.ts";

/** A text that a shell reads as one word, whatever it says. */
const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Exit status of `timeout` when it ended the command (GNU coreutils). */
const TIMED_OUT = 124;

/** A command that never ends by itself, ended after a time; that it had to be is no failure. */
const boxed = (text: string, interpreter: string, seconds: number): string =>
  `timeout ${seconds} ${interpreter} -eu${interpreter === "bash" ? "o pipefail" : ""} -c ${quote(text)} || [ $? -eq ${TIMED_OUT} ]`;

/** The command with variables where its blanks stand: a value is never pasted. */
function filled(command: Command, blanks: readonly Blank[]): string {
  const spots = blanks
    .flatMap((blank) =>
      (blank.spots ?? []).map((spot): Spot & { readonly variable: string } => ({ ...spot, variable: blank.variable })),
    )
    .toSorted((a, b) => b.from - a.from);
  return spots.reduce(
    (text, { from, to, quoted, variable }) =>
      text.slice(0, from) + (quoted ? `\${${variable}}` : `"\${${variable}}"`) + text.slice(to),
    command.text,
  );
}

/**
 * The exact text that a shell is given for a step: its commands line by line, variables in the places of what was left
 * open, and a time box around what never ends.
 */
export function scriptOf(
  draft: Pick<Draft, "commands" | "blanks" | "timeoutMs" | "within">,
  interpreter: string,
): string {
  const seconds = draft.timeoutMs === undefined ? draft.within : draft.timeoutMs / 1000;
  return draft.commands
    .map((command, index) => {
      const text = filled(
        command,
        draft.blanks.filter((blank) => blank.command === index && !overlapped(blank, draft.blanks)),
      );
      return command.neverEnds && seconds !== undefined ? boxed(text, interpreter, seconds) : text;
    })
    .join("\n");
}

/** `<date>` inside of `backup-<date>`, when both were found: the longer one counts. */
const overlapped = (blank: Blank, all: readonly Blank[]): boolean =>
  all.some(
    (other) =>
      other !== blank &&
      other.command === blank.command &&
      other.text.length > blank.text.length &&
      (other.spots ?? []).some((spot) => (blank.spots ?? []).some((own) => own.from >= spot.from && own.to <= spot.to)),
  );
