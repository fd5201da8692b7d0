import type { RunChange } from "../../../src/api/contract.ts";
import { format } from "../../i18n/format.ts";
import type { Texts } from "../../i18n/texts.ts";

/** How long what was done took to be undone, beside what is allowed. */
export function rollbackSay(
  { complete, seconds, within }: NonNullable<RunChange["rollback"]>,
  words: Texts["changes"],
): string {
  if (!complete || seconds === null) return words.undoLeft;
  const said = { seconds: seconds.toFixed(seconds < 10 ? 1 : 0) };
  return within === null ? format(words.undone, said) : format(words.undoneWithin, { ...said, within });
}
