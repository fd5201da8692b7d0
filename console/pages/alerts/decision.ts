import type { AlertShown } from "../../../src/api/contract.ts";
import { format } from "../../i18n/format.ts";
import type { Texts } from "../../i18n/texts.ts";
import { wordOf } from "../../ui/word.ts";

type Decision = AlertShown["trail"][number];

/** Something that was decided about an alert: what, by whom, and why. */
export function decisionSay({ did, args }: Omit<Decision, "at">, words: Texts["alerts"]): string {
  const values = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, String(value)]));
  if (did === "held") return format(wordOf(words.holds, values["by"] ?? ""), values);
  return format(wordOf(words.did, did === "acknowledged" && "note" in values ? "noted" : did), values);
}
