import { OUTCOMES } from "../model/states.ts";
import { Refusal } from "./refusal.ts";

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

/** Refuses an event that is not shaped like one. Types that a verdict does not depend on may carry any data. */
export function checkShape(event: unknown, line: number): void {
  if (!isObject(event)) throw new Refusal("events-order", { line });
  const { type, data, mono_ns: mono } = event;
  if (!isText(type) || !isObject(data) || !isText(mono)) throw new Refusal("events-order", { line });
  if (Object.hasOwn(DATA, type) && !DATA[type]!(data)) throw new Refusal("events-shape", { what: `${type} (${line})` });
}

/** An object, or a refusal that names the file. */
export function objectOf(value: unknown, file: string): Fields {
  if (!isObject(value)) throw new Refusal("not-json", { file });
  return value;
}
