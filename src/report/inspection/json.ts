import type { Reading } from "../../model/check.ts";
import type { Inspection } from "../../model/inspection.ts";
import type { Lang } from "../../model/lang.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { readingSay } from "./say.ts";

/** Which band a judged value lies in; null when no bands judged it. */
function band(reading: Reading): "normal" | "elevated" | "warn" | "critical" | null {
  if (reading.bands === undefined) return null;
  if (reading.outcome === "fail") return "critical";
  if (reading.outcome === "warn") return "warn";
  return reading.elevated ? "elevated" : "normal";
}

/** What an item without readings waits for. */
function waiting(item: Inspection["items"][number], lang: Lang): string {
  const words = texts(lang);
  if (item.tick) return words.report.outcomes[item.outcome];
  return format(words.inspect.said.owner, { owner: item.owner ?? words.report.anyone });
}

function itemJson(item: Inspection["items"][number], lang: Lang): readonly Readonly<Record<string, unknown>>[] {
  const at = { item: item.id, text: item.text, file: item.source.file, line: item.source.line };
  const unmeasured = { check: null, target: null, outcome: item.outcome, value: null, unit: null, band: null };
  const needs = item.needs === undefined ? {} : { needs: item.needs };
  if (item.readings.length === 0) return [{ ...at, ...unmeasured, say: waiting(item, lang), ...needs }];
  return item.readings.map((reading) => ({
    ...at,
    check: reading.check,
    target: reading.target,
    outcome: reading.outcome,
    value: reading.value ?? null,
    unit: reading.unit ?? null,
    band: band(reading),
    limits: reading.bands ?? null,
    reason: reading.reason,
    say: readingSay(reading, lang),
    ...needs,
  }));
}

/**
 * The document of `inspect --json`: `{duty, period, verdict, items: [{check, target, outcome, value, unit, band, say}],
 * report, evidence}`; an entry per reading, and one with `check` null for an item that nothing measured.
 */
export function inspectionJson(
  inspection: Inspection,
  places: { readonly report: string | null; readonly evidence: string | null; readonly problems: readonly unknown[] },
  lang: Lang,
): Readonly<Record<string, unknown>> {
  const { id, duty, title, period, zone, verdict, by } = inspection;
  const items = inspection.items.flatMap((item) => itemJson(item, lang));
  const interrupted = inspection.interrupted === true;
  return { run: id, duty, title, period, zone, verdict, interrupted, by, items, ...places };
}
