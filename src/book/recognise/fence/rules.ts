import { explicit, ignored, unclosed } from "./attributes.ts";
import { cheatSheet, interactive, neverEnds, notCommands, numberedSteps, script, untagged } from "./commands.ts";
import { alternatives } from "./alternatives.ts";
import { configShape, filePath, filePathTitle, shebang } from "./file.ts";
import { drawing, language } from "./language.ts";
import { transcript } from "./transcript.ts";
import type { Rule } from "./view.ts";

/** The decision order of the convention (§3): the first rule that answers decides. */
export const RULES: readonly Rule[] = [
  unclosed,
  ignored,
  explicit,
  filePathTitle,
  filePath,
  drawing,
  language,
  shebang,
  configShape,
  transcript,
  untagged,
  notCommands,
  numberedSteps,
  cheatSheet,
  alternatives,
  interactive,
  neverEnds,
  script,
];
