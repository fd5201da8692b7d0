/** What stands where a secret stood. */
export const HIDDEN = "•••";

/** Names after which a value is a secret, as commands, logs and settings write them; the last three are Chinese. */
const NAMES = String.raw`pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|\u5bc6\u7801|\u53e3\u4ee4|\u5bc6\u94a5`;

/** Each with what is kept of it. None can take more than linear time: no part can match what the next one can. */
const FORMS: readonly (readonly [form: RegExp, kept: string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*/, HIDDEN],
  [/\b(Bearer|Basic) +[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  [new RegExp(String.raw`((?:${NAMES})s?["']? ?[:=\uff1a] ?)(?:"[^"]*"?|'[^']*'?|[^\s"',;&|]+)`, "gi"), `$1${HIDDEN}`],
  [new RegExp(String.raw`(--?(?:${NAMES}) )[^\s-]\S*`, "gi"), `$1${HIDDEN}`],
  [/(:\/\/[^\s/@:]{0,80}:)[^\s/@]{1,200}@/g, `$1${HIDDEN}@`],
  // Only the first of a word: each `-eyJ` of a long one would be a beginning of its own.
  [/\beyJ(?<!\beyJ[\w-]*?\beyJ)[\w-]{10,4000}\.[\w-]{10,4000}\.[\w-]*/g, HIDDEN],
  [/\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|xox[abps]-[\w-]{10,})/g, HIDDEN],
];

/** Secrets shorter than this are words of everyday text: hiding them would hide the text. */
const SHORTEST = 4;

/**
 * Somebody else's text with what looks like a secret hidden, and every one of the `known` values. Evidence and reports
 * are read by many and cannot be taken back.
 */
export function redact(text: string, known: Iterable<string> = []): string {
  let clean = text;
  for (const value of known) if (value.length >= SHORTEST) clean = clean.replaceAll(value, HIDDEN);
  for (const [form, kept] of FORMS) clean = clean.replace(form, kept);
  return clean;
}
