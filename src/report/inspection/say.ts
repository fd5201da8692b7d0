import { Temporal } from "temporal-polyfill";
import type { Reading } from "../../model/check.ts";
import type { InspectionItem } from "../../model/inspection.ts";
import type { Lang } from "../../model/lang.ts";
import { at } from "../../model/source.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { worded } from "../../i18n/worded.ts";
import { besideLimits, distance, figure } from "../figure.ts";
import type { ItemView, ReadingView, RunView } from "./view.ts";

/** A sign beside the word, so that neither colour nor language alone carries the outcome. */
export const MARKS: Readonly<Record<InspectionItem["outcome"], string>> = {
  pass: "✓",
  warn: "⚠",
  fail: "✗",
  unknown: "?",
  open: "○",
};

export const outcomeSay = (outcome: InspectionItem["outcome"], lang: Lang, elevated = false): string => {
  const words = texts(lang).report;
  return `${MARKS[outcome]} ${elevated ? words.elevated : words.outcomes[outcome]}`;
};

/** What is wrong with parameters: the schemas' own rules say it by a key (`url: regex`). */
function issuesSay(detail: string, lang: Lang): string {
  const issues: Readonly<Record<string, string>> = texts(lang).checks.issues;
  return detail.replace(/(^|: )([a-z-]+)(?=;|$)/g, (whole, before: string, key: string) =>
    issues[key] === undefined ? whole : `${before}${issues[key]}`,
  );
}

/** The sentence of a reason; a reason without a text shows its bare code rather than nothing. */
export function reasonSay(reading: Reading, lang: Lang): string {
  const reasons: Readonly<Record<string, string>> = texts(lang).checks.reasons;
  const { detail } = reading.args;
  const args =
    reading.reason === "bad-params" && typeof detail === "string" ? { detail: issuesSay(detail, lang) } : reading.args;
  return format(reasons[reading.reason] ?? reading.reason, worded(args, texts(lang).words));
}

/** What was read: the figure, the reason when it says more than the figure, or both. */
export function readingSay(reading: Reading, lang: Lang): string {
  const shown = reading.value === undefined ? "" : besideLimits(reading.value, reading.unit, reading.bands, lang);
  if (reading.bands !== undefined && shown !== "") return shown;
  const reason = reasonSay(reading, lang);
  return shown === "" ? reason : `${shown} (${reason})`;
}

/** What changed of one reading since the report before. */
export function changeSay({ change }: ReadingView, lang: Lang): string {
  const words = texts(lang).report;
  if (change.kind !== "compared") return words.change[change.kind];
  const parts: string[] = [];
  if (change.before !== undefined && change.delta !== undefined && change.delta !== 0) {
    const sign = change.delta > 0 ? "+" : "−";
    const delta = `${sign}${distance(Math.abs(change.delta), change.unit, lang)}`;
    parts.push(format(words.change.moved, { delta, before: figure(change.before, change.unit, lang) }));
  }
  if (change.outcome) parts.push(format(words.change.was, { before: words.outcomes[change.outcome] }));
  return parts.length === 0 ? words.change.same : parts.join(" · ");
}

/** What changed of an item that has no readings. */
export function itemChangeSay(view: ItemView, first: boolean, lang: Lang): string {
  const words = texts(lang).report;
  if (first) return words.change.first;
  if (view.change === null) return words.change.new;
  return view.change === undefined
    ? words.change.same
    : format(words.change.was, { before: words.outcomes[view.change] });
}

/** Who said what of an item that a person judged; "" when nobody did. */
export function tickSay({ tick }: InspectionItem, zone: string, lang: Lang): string {
  if (!tick) return "";
  const words = texts(lang).report;
  const template = tick.outcome === "skipped" ? words.skipped : words.ticked;
  const said = format(template, { by: tick.by, time: momentSay(tick.at, zone) });
  return tick.note === undefined ? said : `${said}${texts(lang).cli.colon}${tick.note}`;
}

/** Why the verdict is what it is, in one sentence. */
export function becauseSay({ run, counts }: RunView, lang: Lang): string {
  const words = texts(lang).report.because;
  const args = { ...counts, total: run.items.length };
  if (run.items.length === 0) return words.empty;
  if (run.interrupted) return words.interrupted;
  if (counts.fail > 0) return format(words.fail, args);
  if (counts.unknown > 0 && counts.open > 0) return format(words.both, args);
  if (counts.unknown > 0) return format(words.unknown, args);
  if (counts.open > 0) return format(words.open, args);
  return format(counts.warn > 0 ? words.passWarn : words.pass, args);
}

/** Said where nothing is wrong; items that nobody has looked at yet are not called fine. */
export function nothingSay({ counts }: RunView, lang: Lang): string {
  const words = texts(lang).report;
  return counts.open > 0 ? words.nothingMeasured : words.nothing;
}

/** Local date and time of a moment with its offset: `2026-11-20 16:33:00 +08:00`. */
export function momentSay(wall: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO(zone);
  return `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: "second" })} ${local.offset}`;
}

/** Where the checks of readings stand, each place once. */
const placesOf = (readings: readonly ReadingView[]): readonly string[] => [
  ...new Set(readings.flatMap(({ source }) => (source ? [at(source)] : []))),
];

/** How foreign text and places of the manual are written where a sentence goes. */
export interface Writing {
  readonly text: (text: string) => string;
  readonly place: (place: string) => string;
}

/** The places of the manual that help with an item that is not green, as sentences; each names file and line. */
export function actionsSay(view: ItemView, lang: Lang, { text, place }: Writing): readonly string[] {
  const words = texts(lang).report.actions;
  const wrong = view.readings.filter(({ reading }) => reading.outcome !== "pass");
  const limits = placesOf(wrong.filter(({ reading }) => reading.bands !== undefined));
  const checks = placesOf(wrong.filter(({ reading }) => reading.bands === undefined));
  const mine = at(view.item.source);
  return [
    ...view.related.map((one) =>
      one.kind === "symptom"
        ? format(words.symptom, { place: place(at(one.source)), symptom: text(one.symptom), look: text(one.look) })
        : format(words.runbook, { place: place(at(one.source)), title: text(one.title) }),
    ),
    ...limits.map((where) => format(words.limit, { place: place(where) })),
    ...checks.map((where) => format(words.check, { place: place(where) })),
    ...([...limits, ...checks].includes(mine) ? [] : [format(words.item, { place: place(mine) })]),
  ];
}

/** Facts of a reading worth showing beside it, named; a probe keeps its own notes under names that begin with `_`. */
export function factsSay(reading: Reading, lang: Lang): readonly (readonly [name: string, value: string])[] {
  const names: Readonly<Record<string, string>> = texts(lang).checks.facts;
  return Object.entries(reading.facts)
    .filter(([name, value]) => !name.startsWith("_") && value !== null && value !== "")
    .slice(0, 8)
    .map(([name, value]) => [names[name] ?? name, String(value)]);
}
