import { Flaw } from "./flaw.ts";

/** Canonical JSON (RFC 8785) of what JSON.parse gave: names in the order of UTF-16, numbers as ECMAScript writes them. */
export function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(",")}}`;
}

/**
 * JSON that must be canonical byte by byte: that refuses what parsers disagree about, a key twice, spaces, other spellings
 * of a number. Throws Flaw `json` or `canonical`.
 */
export function readCanonical(text: string, file: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
    if (canonical(value) === text) return value;
  } catch {
    throw new Flaw("json", { file });
  }
  throw new Flaw("canonical", { file });
}
