import canonicalize from "canonicalize";
import { Refusal } from "./refusal.ts";

/** Canonical JSON (RFC 8785). Throws for what JSON cannot say: NaN, infinity, lone surrogates, undefined at the top. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}

/**
 * Reads JSON that must be canonical byte by byte. That refuses in one stroke what parsers disagree about: duplicate
 * keys, NaN, spaces, other spellings of a number, a byte order mark.
 */
export function readCanonical(text: string, file: string, line?: number): unknown {
  const where = line === undefined ? file : `${file}:${line}`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal("not-json", { file: where });
  }
  if (spelt(value) !== text) throw new Refusal("not-canonical", { file: where });
  return value;
}

/** What was read as JSON in its canonical form; undefined where it has none: a lone surrogate, nested without end. */
function spelt(value: unknown): string | undefined {
  try {
    return canonical(value);
  } catch {
    return undefined;
  }
}
