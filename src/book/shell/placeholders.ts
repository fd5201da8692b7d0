import type { Placeholder } from "../../model/block.ts";
import {
  ANGLE_MEANT,
  BACKUP_LIKE,
  BRACES,
  BRACKETED,
  CHOICE,
  DATE_PATTERN,
  ELLIPSIS,
  EXAMPLE_HOST,
  HTML_ENTITY,
  LITERAL_DATE,
  PLAIN,
  SUSPECT,
  UPPER,
  UPPER_MEANT,
  XXX,
  YOUR,
} from "../words/placeholders.ts";
import { UPPER_ASKED } from "../words/fill-ins.ts";
import type { Invocation } from "./invocation.ts";
import { angles, neutral } from "./neutral.ts";
import type { Redirect, Word } from "./reading.ts";
import { namesInRedirect, namesInWord } from "./names-of-values.ts";
import { standInsOf } from "./stand-ins.ts";
import { wordsOf } from "./table.ts";

type Kind = Placeholder["kind"];
interface Hit {
  readonly text: string;
  readonly kind: Kind;
}

const PATTERNS: readonly (readonly [Kind, RegExp])[] = [
  ["your", YOUR],
  ["xxx", XXX],
  ["date-pattern", DATE_PATTERN],
  ["example-host", EXAMPLE_HOST],
  ["angle", HTML_ENTITY],
];
const NONE: readonly Placeholder[] = [];
/** Beyond this a word is data, not something a reader fills in. */
const LONGEST = 2_000;

/** What the reader must fill in before a program can run, in the order it stands there. `into` reads what it prints. */
export function placeholdersOf(one: Invocation, line: number, into = ""): readonly Placeholder[] {
  const hits: Hit[] = [...inWord({ text: one.program, quoted: false, dynamic: one.dynamic }, one, -1)];
  one.words.forEach((word, index) => hits.push(...inWord(word, one, index), ...namesInWord(word, one, index, into)));
  for (const redirect of one.redirects)
    hits.push(
      ...inWord(redirect.target, one, -1),
      ...inBody(redirect),
      ...namesInRedirect(redirect, one.program === "cat" ? into : one.program),
    );
  hits.push(...standInsOf(one));
  if (hits.length === 0) return NONE;
  const seen = new Set<string>();
  return hits
    .filter((hit) => !seen.has(hit.text) && seen.add(hit.text))
    .map((hit) => ({ text: hit.text, kind: hit.kind, line }));
}

function inWord(word: Word, one: Invocation, index: number): readonly Hit[] {
  if (word.text.length > LONGEST || (PLAIN.test(word.text) && !SUSPECT.test(word.text))) return [];
  const hits: Hit[] = [];
  // A shell would take a bare angle for a redirection: in a word it belongs to something with a blank in it.
  if (!word.quoted && /^<[\p{L}_]|[\p{L}\d_]>$/u.test(word.text) && !/^<.*>$/.test(word.text))
    hits.push({ text: word.text, kind: "angle" });
  if (!word.quoted || !wordsOf(ANGLE_MEANT).has(one.program))
    for (const text of angles(neutral(word.text))) hits.push({ text, kind: "angle" });
  for (const [kind, pattern] of PATTERNS) {
    const text = pattern.exec(word.text)?.[0];
    if (text && !(kind === "date-pattern" && /^\+|%/.test(word.text))) hits.push({ text, kind });
  }
  const date = LITERAL_DATE.exec(word.text)?.[0];
  if (date && BACKUP_LIKE.test(word.text) && !/^https?:/.test(word.text))
    hits.push({ text: date, kind: "literal-date" });
  if (ELLIPSIS.test(word.text) && !meantDots(word.text, one)) hits.push({ text: "...", kind: "ellipsis" });
  hits.push(...standIns(word, one, index));
  return hits;
}

/** `go test ./...`, `git diff a...b` and messages to a reader. */
const meantDots = (text: string, one: Invocation): boolean =>
  (one.program === "go" && /(^|\/)\.\.\.$/.test(text)) ||
  (one.program === "git" && /[\w}]\.\.\.\w/.test(text)) ||
  wordsOf("echo printf logger").has(one.program);

/** Words that stand for a value: NAMESPACE, a word in Chinese, [name], {name}, start/stop. */
function standIns(word: Word, one: Invocation, index: number): readonly Hit[] {
  const hits: Hit[] = [];
  if (index < 0) return hits;
  const value = word.text.replace(/^(?:--?[\w-]+|[A-Za-z_]\w*)=/, "");
  if (!word.quoted && CHOICE.test(value)) hits.push({ text: value, kind: "your" });
  const parts = word.quoted ? [value] : value.split(/[/:@=,]/);
  if (!word.dynamic && !isMeantUpper(word, one, index) && !/^-X?$|^-X/.test(one.args[index - 1] ?? ""))
    for (const part of parts) if (UPPER.test(part)) hits.push({ text: part, kind: "your" });
  if (!word.quoted && BRACKETED.test(value) && one.program !== "[") hits.push({ text: value, kind: "angle" });
  if (!word.quoted && /^\{\{(?!\.)/.test(value)) hits.push({ text: value, kind: "angle" });
  const braces = BRACES.exec(word.text)?.[0];
  if (
    braces &&
    !wordsOf("awk jq find xargs sed grep perl").has(one.program) &&
    !/[{,]\s*"/.test(word.text) &&
    !word.text.includes("${" + braces.slice(1))
  )
    hits.push({ text: braces, kind: "angle" });
  return hits;
}

/** Chains, settings and names of variables are written in capitals; an address or a host behind its option is not. */
function isMeantUpper(word: Word, one: Invocation, index: number): boolean {
  if (!wordsOf(UPPER_MEANT).has(one.program)) return false;
  const options = UPPER_ASKED.find(([programs]) => wordsOf(programs).has(one.program))?.[1];
  const option = word.text.startsWith("--") ? word.text.split("=", 1)[0] : one.args[index - 1];
  return options === undefined || !wordsOf(options).has(option ?? "");
}

function inBody(redirect: Redirect): readonly Hit[] {
  const { body } = redirect;
  if (body === undefined || body.length > 200_000) return [];
  const hits: Hit[] = [];
  if (!body.includes("</")) for (const text of angles(neutral(body))) hits.push({ text, kind: "angle" });
  for (const [kind, pattern] of PATTERNS) {
    const text = pattern.exec(body)?.[0];
    if (text) hits.push({ text, kind });
  }
  return hits;
}
