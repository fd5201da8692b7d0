import type { Placeholder } from "../../model/block.ts";
import {
  HAN_NAME,
  HAN_PLACES,
  HAN_YOURS,
  MARKED,
  PERCENTS,
  PERCENT_MEANT,
  SQL_HAN,
  SQL_NAME,
  SQL_ONCE,
  SQL_SESSION,
  SQL_SETS_PASSWORD,
  TAKES_PASSWORD,
  TAKES_SQL,
  TAKES_TEXT,
  TEXT_OPTIONS,
  WORD_FOR_PASSWORD,
} from "../words/fill-ins.ts";
import { ANGLE_MEANT, TEXT_MEANT } from "../words/placeholders.ts";
import type { Invocation } from "./invocation.ts";
import type { Redirect, Word } from "./reading.ts";
import { wordsOf } from "./table.ts";

interface Hit {
  readonly text: string;
  readonly kind: Placeholder["kind"];
}
const NONE: readonly Hit[] = [];
const HAN = /\p{Script=Han}/u;
/** Beyond this a word is data, not a name. */
const LONGEST = 2_000;

/**
 * A word that names a value instead of being one: in Chinese, between marks, or in the SQL that a program is given. What a
 * program only prints is text for a reader, unless `into` takes it as a password, as SQL or as commands.
 */
export function namesInWord(word: Word, one: Invocation, index: number, into: string): readonly Hit[] {
  if (word.text.length > LONGEST) return NONE;
  const isFed = wordsOf(TAKES_TEXT).has(into) && wordsOf("echo printf cat").has(one.program);
  return [
    ...inChinese(word, one, index, isFed),
    ...betweenMarks(word, one, isFed),
    ...(/\s/.test(word.text) && isSql(isFed ? into : one.program) ? inSql(word.text) : NONE),
    ...(isFed && wordsOf(TAKES_PASSWORD).has(into) ? asPassword(word.text) : NONE),
  ];
}

/** The same in a file that is read or written, and in the SQL of a here-document. */
export function namesInRedirect({ op, target, body }: Redirect, program: string): readonly Hit[] {
  const text = op === "<<" ? (body ?? "") : target.text;
  if (text.length > LONGEST) return NONE;
  if (op !== "<<" && op !== "<<<") return inPath(text);
  return isSql(program) ? inSql(text) : NONE;
}

const isSql = (program: string): boolean => wordsOf(TAKES_SQL).has(program);

const isName = (text: string): boolean => HAN.test(text) && (HAN_NAME.test(text) || HAN_YOURS.test(text));

function inChinese(word: Word, one: Invocation, index: number, isFed: boolean): readonly Hit[] {
  if (!HAN.test(word.text)) return NONE;
  if (isFed) return [{ text: word.text, kind: "your" }];
  const value = word.text.replace(/^(?:--?[\w-]+|[A-Za-z_]\w*)=/, "");
  if (/\s/.test(value)) return NONE;
  if (one.program === "sed") return replacement(value);
  if (wordsOf(TEXT_MEANT).has(one.program)) {
    const isPlace = wordsOf(HAN_PLACES).has(one.program) && !wordsOf(TEXT_OPTIONS).has(one.args[index - 1] ?? "");
    return isPlace && !word.quoted ? inPath(value) : NONE;
  }
  if (!word.quoted && !/[/.]/.test(value)) return [{ text: value, kind: "your" }];
  return inPath(value);
}

/** `http://HOST`, `user@HOST`, `HOST:/path`. */
const HOST = /^\w+:\/\/(?:[^@/\s]*@)?([^/:\s]+)|^[^@/\s]*@([^@/:\s]+)|^([^@/:\s]+):(?=[/~])/;

/** The parts of a path or an address: no host is named in Chinese, a file may be. */
function inPath(value: string): readonly Hit[] {
  if (!HAN.test(value) || /\s/.test(value)) return NONE;
  const host =
    HOST.exec(value)
      ?.slice(1)
      .find((found) => found !== undefined) ?? "";
  if (HAN.test(host)) return [{ text: host, kind: "your" }];
  const part = value
    .split(/[/@=,:]/)
    .map((text) => text.replace(/\.[\w.]*$|^\W*\*|\*$/g, ""))
    .find(isName);
  return part === undefined ? NONE : [{ text: part, kind: "your" }];
}

/** `s/10.0.0.1/新IP/`: what is looked for may well be text, what is put in its place is a value. */
function replacement(script: string): readonly Hit[] {
  const sign = /^s([/|#,@!])/.exec(script)?.[1];
  const value = sign === undefined ? "" : (script.split(sign)[2] ?? "");
  return isName(value) ? [{ text: value, kind: "your" }] : NONE;
}

function betweenMarks({ text, quoted }: Word, one: Invocation, isFed: boolean): readonly Hit[] {
  if (/\s/.test(text)) return NONE;
  const isText = !isFed && wordsOf(`${TEXT_MEANT} ${ANGLE_MEANT}`).has(one.program);
  const marked = isText ? undefined : MARKED.exec(text)?.[0];
  const isMessage = quoted && marked?.startsWith("【") === true && marked !== text && !text.includes("/");
  if (marked !== undefined && !isMessage) return [{ text: marked, kind: "angle" }];
  const percents = quoted || wordsOf(PERCENT_MEANT).has(one.program) ? undefined : PERCENTS.exec(text)?.[0];
  return percents === undefined || text.startsWith("+") ? NONE : [{ text: percents, kind: "angle" }];
}

function inSql(text: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const pattern of [SQL_NAME, SQL_SESSION]) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) hits.push({ text: name, kind: "example-name" });
  }
  const once = SQL_ONCE.exec(text)
    ?.slice(1)
    .find((found) => found !== undefined);
  if (once !== undefined) hits.push({ text: once, kind: "generated" });
  const password = SQL_SETS_PASSWORD.exec(text)?.[1];
  if (password !== undefined && WORD_FOR_PASSWORD.test(password)) hits.push({ text: password, kind: "example-name" });
  if (!HAN.test(text)) return hits;
  for (const [, name] of text.matchAll(SQL_HAN))
    if (name !== undefined && isName(name)) hits.push({ text: name, kind: "your" });
  return hits;
}

/** `root:password`: what stands behind the last colon. */
function asPassword(text: string): readonly Hit[] {
  const password = text.trim().split(":").at(-1) ?? "";
  return WORD_FOR_PASSWORD.test(password) ? [{ text: password, kind: "example-name" }] : NONE;
}
