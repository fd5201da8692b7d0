import type { Prohibition } from "../../model/policy.ts";
import { fold } from "../words/matcher.ts";
import {
  BANS_IT,
  BAN_HINT,
  FORBIDDEN_LABEL,
  FORBIDS,
  FORBIDS_AMONG_RULES,
  HARMLESS,
  LATIN_BAN,
  RULES_LABEL,
  SIGNAL,
} from "../words/policies.ts";
import { CLAUSE_END, endsWithColon, withoutEnd } from "../words/punctuation.ts";
import { sourceAt } from "./place.ts";
import type { Recogniser } from "./recogniser.ts";
import type { Sentence } from "./sentences.ts";
import { sentences } from "./sentences.ts";

/** What the manual forbids, with the commands it names. Good advice in the form of a ban (do not forget) is none. */
export const prohibitions: Recogniser = {
  name: "prohibitions",
  run: (page) => ({
    prohibitions: sentences(page).flatMap((sentence) => {
      if (page.document.kind === "report") return [];
      return forbiddenIn(sentence).map((text): Prohibition => ({
        text,
        commands: sentence.spans
          .filter((span) => span.kind === "code" && text.includes(span.text) && isForbidden(text, span.text))
          .map((span) => span.text),
        source: sourceAt(page, sentence.line),
      }));
    }),
  }),
};

/** The command is what must not be done, not something the ban is about: "do not run `x`", not "do not show dates in `x`". */
const isForbidden = (text: string, command: string): boolean =>
  !LATIN_BAN.test(text) || BANS_IT.test(text.slice(0, text.indexOf(command)));

function forbiddenIn(sentence: Sentence): readonly string[] {
  const { place, item } = sentence;
  if (!item && !BAN_HINT.test(sentence.text)) return [];
  const near = fold(place.above.at(-1) ?? (place.label || place.part.section.title));
  if (item && item.checked === undefined && FORBIDDEN_LABEL.is(near))
    return sentence.text === "" ? [] : [sentence.text];
  if (!BAN_HINT.test(sentence.text)) return [];
  const among = item !== undefined && RULES_LABEL.in(near);
  return sentence.text
    .split(CLAUSE_END)
    .map((text) => withoutEnd(text).trim())
    .filter((text) => {
      const folded = fold(text).replace(SIGNAL, "");
      if (folded === "" || endsWithColon(text) || HARMLESS.test(folded)) return false;
      return FORBIDS.test(folded) || (among && FORBIDS_AMONG_RULES.test(folded));
    });
}
