import { Refusal } from "./refusal.ts";

/** Values of a KEY=VALUE file by key, in the order of the file. */
export type Env = ReadonlyMap<string, string>;

const KEY = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Tab is the only control character a line may have. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]/;
const SUBSTITUTION = /\$[({A-Za-z_]|`/;

/** Characters that make a value need quotes: a shell that sources the file must see it as one word and nothing more. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]*$/;

/**
 * Writes KEY=VALUE lines. A value with anything but plain characters is put into single quotes; a single quote inside
 * ends them and is quoted itself, so that `. result.env` in a shell gives the value back and runs nothing. Throws
 * TypeError for a bad or double key and for a line break in a value.
 */
export function writeEnv(pairs: readonly (readonly [string, string])[]): string {
  const seen = new Set<string>();
  const lines = pairs.map(([key, value]) => {
    if (!KEY.test(key) || seen.has(key)) throw new TypeError(`key ${JSON.stringify(key)} is bad or there twice`);
    if (CONTROL.test(value) || value.includes("\n")) throw new TypeError(`value of ${key} has a control character`);
    seen.add(key);
    return `${key}=${PLAIN.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`}\n`;
  });
  return lines.join("");
}

/**
 * Reads KEY=VALUE lines strictly: comments and empty lines are allowed, quotes are taken off; a line that is neither, a
 * key that is there twice, shell substitution and control characters are refused. Nothing is ever run or replaced.
 */
export function readEnv(text: string, file: string): Env {
  const values = new Map<string, string>();
  for (const [index, raw] of text
    .replace(/^\ufeff/, "")
    .split("\n")
    .entries()) {
    const line = raw.replace(/\r$/, "").trim();
    if (line === "" || line.startsWith("#")) continue;
    const where = { file, line: index + 1 };
    if (CONTROL.test(line)) throw new Refusal("env-control", where);
    const split = line.indexOf("=");
    const key = line.slice(0, split === -1 ? 0 : split).trim();
    if (!KEY.test(key)) throw new Refusal("env-line", where);
    if (values.has(key)) throw new Refusal("env-twice", { ...where, key });
    values.set(key, unquote(line.slice(split + 1).trim(), { ...where, key }));
  }
  return values;
}

const isQuoted = (value: string, quote: string): boolean => value.length >= 2 && value.endsWith(quote);

/** Without a regular expression over the whole value: one of 20 MB would overflow its stack. */
function unquote(value: string, where: { readonly file: string; readonly line: number; readonly key: string }): string {
  if (value.startsWith("'")) {
    const parts = value.slice(1, -1).split(String.raw`'\''`);
    if (!isQuoted(value, "'") || parts.some((part) => part.includes("'"))) throw new Refusal("env-quote", where);
    return parts.join("'");
  }
  if (SUBSTITUTION.test(value)) throw new Refusal("env-substitution", where);
  if (!value.startsWith('"')) return value;
  const inner = value.slice(1, -1);
  if (!isQuoted(value, '"') || /["\\]/.test(inner.replaceAll(/\\["\\]/g, ""))) throw new Refusal("env-quote", where);
  return inner.replaceAll(/\\(["\\])/g, "$1");
}
