/**
 * Text as recognisers compare it: full-width forms made half-width (（ → (, ％ → %), lower case, runs of white space one
 * space, ends trimmed. Never shown to a reader.
 */
export function fold(text: string): string {
  const known = folded.get(text);
  if (known !== undefined) return known;
  const half = /[^\x00-\x7f]/.test(text) ? text.normalize("NFKC") : text;
  const lower = half.toLowerCase();
  const result = (/\s\s|[^\S ]/.test(lower) ? lower.replace(/\s+/g, " ") : lower).trim();
  if (folded.size >= MOST_FOLDED) folded.clear();
  // Long text is folded once at most, and 4,096 of them would fill the memory.
  if (text.length <= 1000) folded.set(text, result);
  return result;
}

/** Every recogniser folds the same titles, cells and sentences: what was folded lately is kept. */
const folded = new Map<string, string>();
const MOST_FOLDED = 4096;

/** A question about texts that is asked of the same ones again and again: the last answers are kept. */
export function remembered(ask: (text: string) => boolean): (text: string) => boolean {
  const answers = new Map<string, boolean>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= MOST_FOLDED) answers.clear();
    const answer = ask(text);
    if (text.length <= 1000) answers.set(text, answer);
    return answer;
  };
}

/** Longer text is no value of a table cell, no name and no label; the patterns of this folder are not tried on it. */
export const LONGEST_CELL = 200;

/** A set of words of both languages. All methods take text as `fold` gives it. */
export interface Words {
  /** One of the words stands in the text: Latin words at word boundaries (UPDATE has no date), Chinese anywhere. */
  in(folded: string): boolean;
  /** The text is one of the words and nothing else, brackets and a closing colon aside. */
  is(folded: string): boolean;
  /** The text begins with one of the words. */
  starts(folded: string): boolean;
  /** First word found, or undefined. */
  find(folded: string): string | undefined;
  readonly pattern: RegExp;
}

const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** A word as a pattern: boundaries where it begins or ends with a Latin letter or digit, plural allowed, blanks elastic. */
const asPattern = (word: string): string => {
  const body = word.replace(SPECIAL, "\\$&").replace(/ /g, "[ -]?");
  const before = /^[a-z0-9]/.test(word) ? "(?<![a-z0-9_])" : "";
  const after = /[a-z0-9]$/.test(word) ? "(?:s|es)?(?![a-z0-9_])" : "";
  return before + body + after;
};

/**
 * Words from a list. `not` holds phrases that contain a word but mean something else (环境变量 is no 环境): they are
 * cut out before the words are looked for.
 */
export function words(list: readonly string[], not: readonly string[] = []): Words {
  const longestFirst = (words: readonly string[]) => [...words].sort((a, b) => b.length - a.length);
  // Many lists are only ever asked in one way: a pattern is made when it is first wanted.
  let source: string | undefined;
  let anywhere: RegExp | undefined;
  let whole: RegExp | undefined;
  let start: RegExp | undefined;
  const written = (): string => (source ??= `(?:${longestFirst(list).map(asPattern).join("|")})`);
  const pattern = (): RegExp => (anywhere ??= new RegExp(written()));
  const cut = not.length === 0 ? undefined : new RegExp(longestFirst(not).map(asPattern).join("|"), "g");
  const clean = (text: string): string => (cut ? text.replace(cut, " ") : text);
  const longest = Math.max(0, ...list.map((word) => word.length)) + PLURAL;
  return {
    in: (text) => pattern().test(text) && (cut === undefined || pattern().test(clean(text))),
    is: (text) => {
      const only = clean(bare(text));
      return only.length <= longest && (whole ??= new RegExp(`^${written()}$`)).test(only);
    },
    starts: (text) => (start ??= new RegExp(`^${written()}`)).test(clean(text)),
    find: (text) => pattern().exec(clean(text))?.[0],
    get pattern() {
      return pattern();
    },
  };
}

/** Letters that a plural adds at most. */
const PLURAL = 2;

/** Text without a trailing bracket and colon: `响应时间 (sla):` → `响应时间`. */
export function bare(folded: string): string {
  const text = folded.trim();
  const last = text.at(-1);
  return last === ")" || last === ":" || last === "\uff1a" ? bared(text) : text;
}

const bared = (folded: string): string =>
  folded
    .replace(/[::]\s*$/, "")
    .replace(/\s*\([^()]*\)\s*$/, "")
    .trim();

/** Content of the brackets of a folded text, outermost, in order. */
export const bracketed = (folded: string): readonly string[] =>
  [...folded.matchAll(/\(([^()]*)\)/g)].map((match) => (match[1] ?? "").trim());

/** A heading without its number: `2.1 每日检查` → `每日检查`, `第三章 备份` → `备份`. `502 errors` keeps its own. */
export const unnumbered = (title: string): string => {
  const text = title.trim();
  return NUMBERED.test(text) ? withoutNumber(text) : text;
};

const NUMBERED = /^[第(\uff08一二三四五六七八九十百\d]/;
const withoutNumber = (title: string): string =>
  title
    .replace(
      /^(?:第[一二三四五六七八九十百\d]+[章节部分]|[(\uff08]?[一二三四五六七八九十\d]+[)\uff09]|\d+(?:\.\d+)+[.\u3001]?|\d+[.\u3001])\s*(?=\D)/,
      "",
    )
    .replace(/^[一二三四五六七八九十]+\u3001\s*/, "");
