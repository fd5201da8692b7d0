import type { AlertShown } from "../../../src/api/contract.ts";
import { format } from "../../i18n/format.ts";
import type { Texts } from "../../i18n/texts.ts";

/** Why nobody is told of an alert now. */
export function holdSay(hold: NonNullable<AlertShown["hold"]>, words: Texts["alerts"]): string {
  const { by, ...rest } = hold;
  return format(words.holds[by], rest);
}
