import type { EvidenceEvent } from "../../model/evidence.ts";
import { OUTCOMES } from "../../model/states.ts";
import { Refusal } from "../refusal.ts";

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const optional = (value: unknown, type: string): boolean => value === undefined || typeof value === type;

const isBands = (value: unknown): boolean =>
  isObject(value) &&
  ["above", "below"].includes(String(value["bad"])) &&
  ["normal", "warn", "critical"].every((name) => optional(value[name], "number"));

/** What the data of each event must look like, as far as a verdict depends on it. */
const DATA: Readonly<Record<string, (data: Fields) => boolean>> = {
  "run.started": (data) => isText(data["id"]),
  reading: ({ check, target, outcome, value, bands }) =>
    isText(check) &&
    isText(target) &&
    (OUTCOMES as readonly unknown[]).includes(outcome) &&
    optional(value, "number") &&
    (bands === undefined || (isBands(bands) && value !== undefined)),
  tick: ({ item, outcome, by }) => isText(item) && isText(by) && ["pass", "fail", "skipped"].includes(String(outcome)),
  item: ({ id, outcome, readings, needs }) =>
    isText(id) && isText(outcome) && Array.isArray(readings) && readings.every(isText) && isFlag(needs),
  "run.ended": ({ verdict, interrupted }) => isText(verdict) && isFlag(interrupted),
};

/** Types that a verdict does not depend on may carry any data. */
export function checkShape({ type, data }: EvidenceEvent, line: number): void {
  if (Object.hasOwn(DATA, type) && !DATA[type]!(data)) throw new Refusal("events-shape", { what: `${type} (${line})` });
}
