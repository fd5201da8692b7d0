import type { Has } from "./tree.ts";

const by =
  (form: RegExp): Has =>
  (point) =>
    form.test(String.fromCodePoint(point));
export const not =
  (has: Has): Has =>
  (point) =>
    !has(point);

/** A letter, a digit or `_`, as `\b` and `\w` see them. */
export const isWord = by(/^[0-9A-Za-z_]$/);

const DIGIT = by(/^[0-9]$/);
const SPACE = by(/^[\t\n\f\r ]$/);

/** What a letter behind a backslash stands for. */
const LETTERS: ReadonlyMap<string, Has> = new Map([
  ["d", DIGIT],
  ["D", not(DIGIT)],
  ["w", isWord],
  ["W", not(isWord)],
  ["s", SPACE],
  ["S", not(SPACE)],
]);
export const classOf = (letter: string): Has | undefined => LETTERS.get(letter);

/** Characters that are written as a backslash and a letter. */
const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, a: 7 };
export const controlOf = (letter: string): number | undefined => CONTROLS[letter];

const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /^[0-9A-Za-z]$/,
  alpha: /^[A-Za-z]$/,
  ascii: /^\p{ASCII}$/u,
  blank: /^[\t ]$/,
  digit: /^[0-9]$/,
  lower: /^[a-z]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^[\t\n\v\f\r ]$/,
  upper: /^[A-Z]$/,
  word: /^[0-9A-Za-z_]$/,
  xdigit: /^[0-9A-Fa-f]$/,
};
/** `alpha` of `[[:alpha:]]`; undefined for a name that nobody knows. */
export const namedClass = (name: string): Has | undefined =>
  Object.hasOwn(NAMED, name) ? by(NAMED[name]!) : undefined;

/** `L`, `Han`, `Script=Han` of `\p{…}`; undefined for a property that Unicode does not have. */
export function propertyOf(name: string): Has | undefined {
  for (const form of [name, `Script=${name}`])
    try {
      return by(new RegExp(`^\\p{${form}}$`, "u"));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  return undefined;
}
