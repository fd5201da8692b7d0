import type { Reading } from "../../src/model/check.ts";
import type { Inspection, InspectionItem } from "../../src/model/inspection.ts";

const START = Date.parse("2026-11-20T08:33:00Z");

export const reading = (check: string, more: Partial<Reading> = {}): Reading => ({
  check,
  target: "local",
  outcome: "pass",
  value: 42.5,
  unit: "%",
  bands: { bad: "above", normal: 50, warn: 70, critical: 90 },
  reason: "value",
  args: {},
  facts: {},
  at: START,
  seconds: 0.2,
  ...more,
});

export const seen = (text: string, more: Partial<InspectionItem> = {}): InspectionItem => ({
  id: text,
  text,
  source: { file: "manual.md", line: 12 },
  outcome: "pass",
  readings: [],
  ...more,
});

export const inspected = (
  id: string,
  items: readonly InspectionItem[],
  more: Partial<Inspection> = {},
): Inspection => ({
  id,
  duty: "daily",
  title: "Daily checklist",
  period: "2026-11-20",
  zone: "Asia/Shanghai",
  started: START,
  ended: START + 2_500,
  seconds: 2.4567,
  by: "lin",
  place: {
    host: "node-1",
    bookDigest: `sha256:${"cd".repeat(32)}`,
    commit: "17f0aa",
    dirty: false,
    version: "0.1.0",
    node: "v24.0.0",
  },
  items,
  verdict: "pass",
  ...more,
});
