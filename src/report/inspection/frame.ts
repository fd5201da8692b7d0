import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Frame } from "../../evidence/report-page.ts";
import { markdown } from "../escape.ts";
import { FRONT, runMark } from "./markdown.ts";

const LANGS = ["en", "zh"] as const;

const textAt = (facts: Readonly<Record<string, unknown>>, name: string): string => {
  const value = facts[name];
  return typeof value === "string" ? value : "";
};

/**
 * What the program itself writes around the signed page of one run, from the run's signed facts (result.json), in every
 * language: whatever else stands in a report, somebody else wrote.
 */
export function frameOf(facts: Readonly<Record<string, unknown>>): Frame {
  const place = (facts["place"] ?? {}) as Readonly<Record<string, unknown>>;
  const [period, zone] = [markdown(textAt(facts, "period")), markdown(textAt(facts, "zone"))];
  const version = markdown(textAt(place, "version"));
  const said = LANGS.map((lang) => texts(lang).report);
  return {
    lines: [
      ...FRONT,
      runMark(textAt(facts, "id")),
      ...said.flatMap(({ periodIs, footer }) => [format(periodIs, { period, zone }), format(footer, { version })]),
    ],
    rows: said.flatMap(({ labels }) =>
      [labels.previous, labels.evidence, labels.verify].map((label) => `| ${label} | `),
    ),
  };
}
