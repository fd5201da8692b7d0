/**
 * Text and numbers as the published verifiers read them: they are Python, and `--compat` must agree with them to the
 * letter. Checked against CPython 3.11 by fuzzing.
 */

/** Characters that str.strip() takes away and str.isspace() knows. */
const SPACE = "\t\n\u000b\f\r\u001c-\u001f \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

/** Takes the signs of a set away at both ends. A regular expression for the end would be quadratic in a run of them. */
function trimming(signs: string): (text: string) => string {
  const one = new RegExp(`[${signs}]`);
  return (text) => {
    let [from, to] = [0, text.length];
    while (from < to && one.test(text[from]!)) from += 1;
    while (to > from && one.test(text[to - 1]!)) to -= 1;
    return text.slice(from, to);
  };
}
// oxlint-disable-next-line no-control-regex
const LINES = /\r\n|[\n\r\u000b\f\u001c-\u001e\u0085\u2028\u2029]/;

export const strip = trimming(SPACE);

/** str.splitlines() after universal newlines. */
export const splitLines = (text: string): string[] => text.split(LINES);

/** Any Unicode decimal digit as ASCII. Blocks of digits are ten long and begin at zero. */
function asciiDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    let zero = code;
    while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((code - zero) % 10);
  });
}

const DIGITS = "[0-9]+(?:_[0-9]+)*";
const FLOAT = new RegExp(
  `^[+-]?(?:(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?|(?<word>inf|infinity|nan))$`,
  "i",
);

/** Around a number fewer signs are space than str.strip() takes: not the four separators 1c to 1f. */
const AROUND = SPACE.replace("\u001c-\u001f", "");
const unpadded = trimming(AROUND);
const number = (text: string): string => asciiDigits(unpadded(text));

/** float(text): undefined where Python raises ValueError. NaN and infinity are numbers to it. */
export function float(text: string): number | undefined {
  const plain = number(text);
  const found = FLOAT.exec(plain);
  if (!found) return undefined;
  const word = found.groups?.["word"]?.toLowerCase();
  if (word === undefined) return Number(plain.replaceAll("_", ""));
  const size = word === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
  return plain.startsWith("-") ? -size : size;
}

const INT = new RegExp(`^[+-]?${DIGITS}$`);

/** int(text): undefined where Python raises ValueError, also for more than 4300 digits. */
export function int(text: string): bigint | undefined {
  const plain = number(text);
  if (!INT.test(plain)) return undefined;
  const digits = plain.replaceAll(/[+_-]/g, "");
  if (digits.length > 4300) return undefined;
  return plain.startsWith("-") ? -BigInt(digits) : BigInt(digits);
}

const TIME =
  /^(\p{Nd}{4})-(1[0-2]|0[1-9]|[1-9])-(3[01]|[12]\p{Nd}|0[1-9]|[1-9]| [1-9])T(2[0-3]|[01]\p{Nd}|\p{Nd}):([0-5]\p{Nd}|\p{Nd}):(6[01]|[0-5]\p{Nd}|\p{Nd})Z$/iu;

/** strptime(text, "%Y-%m-%dT%H:%M:%SZ") as milliseconds; undefined where Python raises ValueError. */
export function time(text: string): number | undefined {
  const found = TIME.exec(text);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(asciiDigits(part)));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (year < 1 || second > 59 || date.getUTCDate() !== day || date.getUTCMonth() !== month - 1) return undefined;
  return date.setUTCHours(hour, minute, second);
}

const BOOLS: Readonly<Record<string, boolean>> = {
  true: true,
  "1": true,
  yes: true,
  false: false,
  "0": false,
  no: false,
};

/** The verifiers' own words for true and false. */
export const bool = (text: string): boolean | undefined => BOOLS[strip(text).toLowerCase()];

/**
 * Lines KEY=VALUE as all four read them: the last of several wins, lines without `=` are skipped. Undefined for what
 * they refuse: an empty key (`rollout` alone lets it pass).
 */
export function keyValues(text: string, emptyKey: boolean): Map<string, string> | undefined {
  const values = new Map<string, string>();
  for (const raw of splitLines(text)) {
    const line = strip(raw);
    const split = line.indexOf("=");
    if (line.startsWith("#") || split === -1) continue;
    const key = strip(line.slice(0, split));
    if (key === "" && !emptyKey) return undefined;
    values.set(key, strip(line.slice(split + 1)));
  }
  return values;
}
