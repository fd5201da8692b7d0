import type { Bands, CheckSpec } from "../../model/check.ts";
import type { BookConfig, DeclaredCheck } from "../../model/config.ts";
import type { Document } from "../../model/document.ts";
import type { Threshold } from "../../model/tables.ts";
import type { Unit } from "../../model/unit.ts";
import { fold } from "../words/matcher.ts";
import { factorOf, unitOf } from "../words/units.ts";
import { unique } from "./unique.ts";

/**
 * The checks of a book: those declared in watchbook.yaml, then those that a threshold table asks for in words that name
 * their probe for certain. What is ambiguous gives no check. Equal rows of two documents give one.
 */
export function checksOf(
  config: BookConfig,
  thresholds: readonly Threshold[],
  documents: readonly Document[],
): readonly CheckSpec[] {
  const serviceOf = new Map(documents.map((document) => [document.file, document.service]));
  const declared = config.checks.map((check) => declaredCheck(check, thresholds));
  const bound = new Set(config.checks.flatMap((check) => (check.metric === undefined ? [] : [fold(check.metric)])));
  const checks: CheckSpec[] = [...declared];
  const free = unique();
  for (const check of checks) free(check.id);
  const rows = new Set<string>();
  for (const threshold of thresholds) {
    if (threshold.probe === undefined || threshold.state === "ambiguous" || bound.has(fold(threshold.metric))) continue;
    const service = serviceOf.get(threshold.source.file);
    const row = JSON.stringify([threshold.probe, threshold.query, bandsOf(threshold), service]);
    if (rows.has(row)) continue;
    rows.add(row);
    const id = free(threshold.state === "declared" ? slug(threshold.metric) : threshold.probe);
    const unit = unitOf(threshold.unit);
    checks.push({
      id,
      title: threshold.metric,
      kind: threshold.probe,
      params: threshold.query === undefined ? {} : { query: threshold.query },
      bands: bandsOf(threshold),
      ...(unit === undefined ? {} : { unit: unit satisfies Unit }),
      ...(service === undefined ? {} : { service }),
      source: threshold.source,
    });
  }
  return checks;
}

/** Limits of a declared check: its own, else those of the one row that its metric names. */
function declaredCheck(check: DeclaredCheck, thresholds: readonly Threshold[]): CheckSpec {
  const { metric, items, title, bands, lines: _, ...rest } = check;
  const rows = metric === undefined ? [] : thresholds.filter((row) => fold(row.metric) === fold(metric));
  const limits = bands ?? (rows[0] && rows.every((row) => sameBands(row, rows[0]!)) ? bandsOf(rows[0]) : undefined);
  return { ...rest, title: title ?? metric ?? items[0] ?? check.id, ...(limits ? { bands: limits } : {}) };
}

/** Limits of a row in the unit of a probe's value: 500 ms are 0.5 (seconds). */
export function bandsOf({ bad, normal, warn, critical, unit }: Threshold): Bands {
  const factor = factorOf(unit);
  const limit = (value: number): number => Number((value * factor).toPrecision(12));
  return {
    bad,
    ...(normal === undefined ? {} : { normal: limit(normal) }),
    ...(warn === undefined ? {} : { warn: limit(warn) }),
    ...(critical === undefined ? {} : { critical: limit(critical) }),
  };
}

const sameBands = (a: Threshold, b: Threshold): boolean => JSON.stringify(bandsOf(a)) === JSON.stringify(bandsOf(b));

const slug = (metric: string): string =>
  fold(metric)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
