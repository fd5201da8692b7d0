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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal("not-json", { file: line === undefined ? file : `${file}:${line}` });
  }
  if (canonical(value) !== text)
    throw new Refusal("not-canonical", { file: line === undefined ? file : `${file}:${line}` });
  return value;
}
