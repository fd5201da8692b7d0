import type { Command } from "../../../model/block.ts";
import { wordsOf } from "../../shell/table.ts";
import {
  FILE,
  HOLDS,
  INTO_A_FORM,
  LOOKS_AT,
  MAKES,
  MAY_NAME_FILE,
  NAMED_FILE,
  NO_FILE,
  RUN_BY_OTHERS,
  RUN_BY_OTHERS_ZH,
} from "../../words/contents.ts";
import { ambiguous, evidence, isContent } from "./view.ts";
import type { Ruling, View } from "./view.ts";

/** Characters of a text, and of a command, that are looked at. */
const LONGEST_LABEL = 300;
const LONGEST = 2_000;

/**
 * The text before the block makes it the content of a file, or what a schedule, a pipeline or a form runs: nobody means
 * it to be run where the step runs. A command that names the file works on it and is not its content.
 */
export function content(view: View, ruling: Ruling, label: string): Ruling | undefined {
  if (label === "" || ruling.kind === "transcript") return undefined;
  const text = label.slice(-LONGEST_LABEL);
  const commands = ruling.commands ?? [];
  if (!isElsewhere(text) && !isContentOf(text, commands)) return undefined;
  return ambiguous(
    "fence/file-or-commands",
    "WB256",
    [
      { kind: ruling.kind, evidence: evidence(view, Math.max(0, view.lines.findIndex(isContent))) },
      { kind: "file", evidence: label.slice(0, 120) },
    ],
    {},
    { commands, ...(ruling.risk ? { risk: ruling.risk } : {}) },
  );
}

const isElsewhere = (text: string): boolean =>
  INTO_A_FORM.test(text) || ((RUN_BY_OTHERS.test(text) || RUN_BY_OTHERS_ZH.test(text)) && !LOOKS_AT.test(text));

function isContentOf(text: string, commands: readonly Command[]): boolean {
  const files = MAY_NAME_FILE.test(text) ? (text.match(NAMED_FILE) ?? []) : [];
  if (files.length === 0 || NO_FILE.test(text)) return false;
  const marked = text.replace(NAMED_FILE, FILE);
  if (!HOLDS.some((pattern) => pattern.test(marked))) return false;
  const isMade = wordsOf(MAKES).has(commands[0]?.programs[0] ?? "") && files.every((file) => !isNamedLikeFile(file));
  return !isMade && !files.some((file) => commands.some((command) => worksOn(command, file)));
}

const isNamedLikeFile = (path: string): boolean => (path.split("/").at(-1) ?? "").includes(".");

/** By its whole path, or by a name that no other word is. */
function worksOn({ text }: Command, file: string): boolean {
  const command = text.slice(0, LONGEST);
  const names = isNamedLikeFile(file) ? [file, file.split("/").at(-1) ?? file] : [file];
  return names.some((name) => {
    for (let at = command.indexOf(name); at >= 0; at = command.indexOf(name, at + 1))
      if (!/[\w-]/.test(command[at + name.length] ?? " ") && !/[\w.-]/.test(command[at - 1] ?? " ")) return true;
    return false;
  });
}
