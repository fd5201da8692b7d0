import { saidEvery } from "../book/words/every.ts";
import { dutiesNamed, findDuty } from "../engine/inspect/find.ts";

type Book<D> = { readonly title: string; readonly duties: readonly D[] };
type Named = Parameters<typeof dutiesNamed>[0][number];

/** The duty that a verb's word names; no word, the usual one. Every verb finds a duty by the same words. Throws as findDuty. */
export const namedDuty = <D extends Named>(book: Book<D>, name: string | undefined): D =>
  findDuty(book, name, saidEvery);

/** The same where the word may name other things too: undefined when no duty is meant. Throws DUTY-AMBIGUOUS. */
export function dutyIfAny<D extends Named>(book: Book<D>, name: string): D | undefined {
  return dutiesNamed(book.duties, name, saidEvery).length === 0 ? undefined : namedDuty(book, name);
}
