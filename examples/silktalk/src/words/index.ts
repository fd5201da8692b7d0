import { Failure } from "../node/failure.ts";
import { en } from "./en.ts";
import type { Pair, Words } from "./words.ts";
import { zh } from "./zh.ts";

const LANGUAGES = { en, zh } as const;
export type Lang = keyof typeof LANGUAGES;
export const isLang = (word: string): word is Lang => word in LANGUAGES;

let chosen: Lang = "en";

/** Chooses the language of this process, once, before anything is said. */
export const speak = (lang: Lang): void => void (chosen = lang);
export const lang = (): Lang => chosen;
export const words = (): Words => LANGUAGES[chosen];

/** Language of the locale: the first of LC_ALL, LC_MESSAGES and LANG that says something. */
export function langOf(env: Readonly<Record<string, string | undefined>>): Lang {
  const locale = [env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find((word) => word !== undefined && word !== "");
  return locale?.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export const failure = ({ say, fix }: Pair, exit = 2): Failure => new Failure(say, fix, exit);
