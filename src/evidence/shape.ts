import { Refusal } from "./refusal.ts";

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === "string";
const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Refuses what is not shaped like an event; its data is its kind's business. */
export function checkEvent(event: unknown, line: number): void {
  if (!isObject(event)) throw new Refusal("events-order", { line });
  const { type, data, mono_ns: mono, wall_ms: wall } = event;
  const good = isText(type) && isObject(data) && isText(mono) && typeof wall === "number";
  if (!good) throw new Refusal("events-order", { line });
}

/** An object, or a refusal that names the file. */
export function objectOf(value: unknown, file: string): Fields {
  if (!isObject(value)) throw new Refusal("not-json", { file });
  return value;
}
