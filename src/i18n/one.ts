import type { Args } from "../model/finding.ts";
import type { Lang } from "../model/lang.ts";
import { format } from "./format.ts";
import { worded } from "./worded.ts";
import { spoken } from "./program.ts";
import type { Said, Texts } from "./texts.ts";

/** The texts of one language, the other one not even loaded: for a command that says all it says in one. */
export const textsIn = async (lang: Lang): Promise<Texts> =>
  spoken(lang === "zh" ? (await import("./zh-CN/index.ts")).zh : (await import("./en/index.ts")).en);

/** Sentence and next action of a code, its values put in; values that are codes themselves in `words`. */
export function sayBoth(
  table: Readonly<Record<string, Said>>,
  code: string,
  args: Args,
  words: Readonly<Record<string, string>>,
): Said {
  const said = table[code];
  if (!said) throw new Error(`no text for ${code}`);
  const values = worded(args, words);
  return { say: format(said.say, values), fix: format(said.fix, values) };
}
