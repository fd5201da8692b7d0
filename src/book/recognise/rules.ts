import type { Finding } from "../../model/finding.ts";
import type { RuleCandidate } from "../../model/tables.ts";
import type { Source } from "../../model/source.ts";
import { ALERT_CONTEXT, RULE_LEAD } from "../words/contexts.ts";
import { WITHIN, comparisonOf, secondsIn } from "../words/duration.ts";
import { fold } from "../words/matcher.ts";
import { CLAUSE_END, splitLabel, withoutEnd } from "../words/punctuation.ts";
import { COMPARED, asWritten, HOLD_HINT, HOLD_UNITLESS } from "../words/quantity.ts";
import { isTimed } from "../words/timed.ts";
import type { Keys } from "./place.ts";
import { context, finding, sourceAt } from "./place.ts";
import { parseHold } from "./table/hold.ts";
import type { Recogniser } from "./recogniser.ts";
import { severityName } from "../words/severities.ts";
import type { Sentence } from "./sentences.ts";
import { labelled, sentences } from "./sentences.ts";

/**
 * What a sentence says as a rule: subject, comparison, value, how long. A sentence without a number is a rule about its
 * subject all the same (primary database down); within a time (full in 24 hours) compares that time.
 */
export function readRule(text: string, source: Source, severity?: string): RuleCandidate {
  const folded = fold(text);
  const base = { text, ...(severity !== undefined && { severity }), state: "candidate" as const, source };
  const within = WITHIN.exec(folded);
  const compared = COMPARED.exec(folded);
  if (compared && within?.index !== compared.index) {
    const [whole, sign, number = "", unit, hold] = compared;
    const comparison = comparisonOf(sign);
    const subject = text.normalize("NFKC").slice(0, compared.index).trim();
    if (subject !== "" && comparison)
      return {
        ...base,
        subject,
        comparison,
        value: Number(number.replaceAll(",", "")),
        ...(unit && { unit: asWritten(unit, text) }),
        ...(hold && whole.length > 0 && { hold: secondsIn(hold) }),
      };
  }
  if (within) {
    const subject = `${folded.slice(0, within.index)}${folded.slice(within.index + within[0].length)}`.trim();
    return { ...base, subject, comparison: "<=", value: secondsIn(within[1] ?? ""), unit: "seconds" };
  }
  return { ...base, subject: text };
}

/** Rules after a label (Example rules: …; …) and sentences with a limit and a duration under an alert heading. */
function rulesIn(sentence: Sentence): readonly RuleCandidate[] {
  const texts = textsOf(sentence);
  const { place } = sentence;
  if (texts.length === 0 || !context(place).some((text) => ALERT_CONTEXT.in(text))) return [];
  const source = sourceAt(place.page, sentence.line);
  const severity = place.above.map((text) => severityName(headOf(text))?.id).findLast((id) => id !== undefined);
  return texts.map((text) => readRule(text, source, severity));
}

function textsOf(sentence: Sentence): readonly string[] {
  const label = labelled(sentence);
  if (label && RULE_LEAD.in(fold(label.label)))
    return label.rest
      .split(CLAUSE_END)
      .map((text) => withoutEnd(text).trim())
      .filter((text) => text !== "");
  const under = sentence.place.above.at(-1);
  if (under === undefined && !/\d/.test(sentence.text)) return [];
  const text = withoutEnd(sentence.text).trim();
  if (sentence.item && under !== undefined && RULE_LEAD.is(fold(headOf(under)))) return text === "" ? [] : [text];
  const folded = /\d/.test(text) ? fold(text) : "";
  const compared = HOLD_HINT.test(folded) ? COMPARED.exec(folded) : null;
  return compared?.[4] !== undefined && compared.index > 0 && compared.index <= SUBJECT ? [text] : [];
}

/** Longest subject of a rule, characters. */
const SUBJECT = 60;

/** Words before the colon of an item. */
export const headOf = (text: string): string => splitLabel(text)?.label ?? text.trim();

/** Alert rules in prose: candidates, each with the line that would make it a rule. They never alert by themselves. */
export const rules: Recogniser = {
  name: "rules",
  run(page) {
    const declared = new Map(
      page.annotations.flatMap(({ keys }) => (keys["item"] ? [[fold(keys["item"]), keys] as const] : [])),
    );
    const all = sentences(page)
      .flatMap(rulesIn)
      .map((rule) => declare(rule, declared.get(fold(rule.text))));
    const open = all.filter((rule) => rule.state === "candidate");
    return {
      rules: all,
      findings: [
        ...open.map((rule) => finding("WB227", "note", rule.source, { text: rule.text })),
        ...all.flatMap((rule) => unitless(rule, declared.get(fold(rule.text))?.["for"])),
      ],
    };
  },
};

/** Numbers of a rule that say nothing without a unit: a limit of a time, how long it must hold. */
function unitless(
  { text, subject, value, unit, source, comparison }: RuleCandidate,
  held?: string,
): readonly Finding[] {
  const metric = subject ?? text;
  const hold =
    held === undefined ? HOLD_UNITLESS.exec(fold(text))?.[1] : parseHold(held) === undefined ? held : undefined;
  const bare = value !== undefined && value !== 0 && unit === undefined && isTimed(metric);
  return [
    ...(bare ? [finding("WB217", "warn", source, { metric, cell: `${comparison ?? ""} ${value}`.trim() })] : []),
    ...(hold === undefined ? [] : [finding("WB216", "warn", source, { metric, cell: hold })]),
  ];
}

/** An annotation with the rule's own words and a probe makes it a rule; `for` and `severity` go before the text's. */
function declare(rule: RuleCandidate, keys: Keys | undefined): RuleCandidate {
  if (keys?.["probe"] === undefined) return rule;
  const hold = parseHold(keys["for"]);
  return {
    ...rule,
    ...(keys["severity"] !== undefined && { severity: keys["severity"] }),
    ...(hold !== undefined && { hold }),
    state: "declared",
  };
}
