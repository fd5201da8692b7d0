import type { NamePattern } from "../../model/policy.ts";

/** Tokens of a name pattern and what each stands for; longer ones first. */
const TOKENS: readonly (readonly [token: string, meaning: string])[] = [
  ["yyyymmdd[-_]?hhmmss", String.raw`\d{8}[-_]?\d{6}`],
  ["yyyymmdd[-_]?hhmm", String.raw`\d{8}[-_]?\d{4}`],
  ["yyyymmdd", String.raw`\d{8}`],
  ["yyyy-mm-dd", String.raw`\d{4}-\d{2}-\d{2}`],
  ["yyyy_mm_dd", String.raw`\d{4}_\d{2}_\d{2}`],
  ["yyyy-mm", String.raw`\d{4}-\d{2}`],
  ["yyyymm", String.raw`\d{6}`],
  ["yyyy", String.raw`\d{4}`],
];
const WHOLE_TOKENS = TOKENS.map(([token, meaning]) => [new RegExp(`^${token}$`, "i"), meaning] as const);
const DATED = new RegExp(`(?<![a-z])(?:${TOKENS.map(([token]) => token).join("|")})(?![a-z])`, "i");
const DATES = new RegExp(DATED.source, "gi");
const COUNTED = /(?:^|[-_.])(?:X{2,4}|N{2,4}|#{2,4})(?=[-_.]|$)/;
const TOPIC = /<[^<>/]{1,40}>|\{[^{}/]{1,40}\}|\[[^[\]/]{1,40}\]/;
const PATH = /^[\p{L}\p{N}_./~<>{}[\]#-]+$/u;
const DOCUMENT = /\.(?:md|markdown|txt|json|html|pdf|docx|env|log|csv|ya?ml)$/i;
const PIECE = new RegExp(
  `(${TOKENS.map(([token]) => token).join("|")})|(X{2,4}|N{2,4}|#{2,4})(?=[-_.]|$)|(${TOPIC.source})|([\\s\\S])`,
  "giu",
);

/**
 * A code span as a name pattern: a path with a date (`…-YYYYMMDD.md`), or with a counter and a topic. A path with only a
 * placeholder is a path that needs a value, no pattern; a date alone is only a date. Undefined for everything else.
 */
export function readPattern(text: string): Pick<NamePattern, "pattern" | "directory" | "regex"> | undefined {
  if (text.length > 200 || !PATH.test(text)) return undefined;
  const path = text.replace(/\/+$/, "");
  const slash = path.lastIndexOf("/");
  const base = path.slice(slash + 1);
  const named = /\p{L}/u.test(base.replace(DATES, ""));
  const dated = DATED.test(base) && (DOCUMENT.test(base) || text.includes("/") || (named && /[-_]/.test(base)));
  const counted = COUNTED.test(base) && DOCUMENT.test(base) && (TOPIC.test(base) || /[a-z]{2}/.test(base));
  if (!dated && !counted) return undefined;
  return { pattern: text, directory: slash < 0 ? "" : path.slice(0, slash) || "/", regex: `^${regexOf(base)}$` };
}

const regexOf = (base: string): string =>
  [...base.matchAll(PIECE)]
    .map(([whole, date, counter, topic]) => {
      if (date !== undefined) return WHOLE_TOKENS.find(([token]) => token.test(date))?.[1] ?? whole;
      if (counter !== undefined && /^(?:X+|N+|#+)$/.test(counter)) return String.raw`\d{${counter.length}}`;
      if (topic !== undefined) return String.raw`[^/\s]+`;
      return whole.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
    })
    .join("");
