import type { Placeholder } from "../../model/block.ts";
import {
  ACCOUNT,
  ADDRESS_OF,
  ANYBODY,
  ANY_URL,
  BARE_NAME,
  COPIES,
  COUNTED_PASSWORD,
  DAEMON_POD,
  EXAMPLE_IN_TEXT,
  EXAMPLE_NAME,
  EXAMPLE_PART,
  EXAMPLE_PASSWORD,
  GENERATED,
  HEX,
  LETTER_FOR_DIGIT,
  LOGS_IN,
  MOMENT,
  NAMES_MEANT,
  NAME_OF,
  PERCENT_VARIABLE,
  POD,
  RELEASED,
  SQL_PASSWORD,
  WITH_IDS,
  WITH_PIDS,
  WITH_PODS,
} from "../words/examples.ts";
import { NAME_OF_COMMIT } from "../words/fill-ins.ts";
import type { Invocation } from "./invocation.ts";
import type { Word } from "./reading.ts";
import { wordsOf } from "./table.ts";

interface Hit {
  readonly text: string;
  readonly kind: Placeholder["kind"];
}
const NONE: readonly Hit[] = [];
/** Beyond this a word is data, not a name. */
const LONGEST = 300;
const LONGEST_BODY = 20_000;

/** Names that only an example has, and ids, processes and moments that were true once, on the author's machine. */
export function standInsOf(one: Invocation): readonly Hit[] {
  if (one.words.length === 0 || wordsOf(NAMES_MEANT).has(one.program)) return NONE;
  const hits: Hit[] = [];
  one.words.forEach((word, index) => hits.push(...inWord(word, one, index)));
  for (const { target, op, body } of one.redirects) {
    const found = body === undefined || body.length > LONGEST_BODY ? undefined : EXAMPLE_IN_TEXT.exec(body)?.[0];
    if (found !== undefined) hits.push({ text: found, kind: "example-name" });
    if (op !== "<<" && op !== "<<<") hits.push(...names(target.text, one));
  }
  return hits;
}

function inWord(word: Word, one: Invocation, index: number): readonly Hit[] {
  const { text } = word;
  const password = text.length > LONGEST ? undefined : SQL_PASSWORD.exec(text)?.[1];
  if (password !== undefined && EXAMPLE_PASSWORD.test(`--password=${password.replace(/!$/, "")}`))
    return [{ text: password, kind: "example-name" }];
  if (text === "" || text.length > LONGEST || /\s/.test(text)) return moments(text, one);
  if (EXAMPLE_PASSWORD.test(text) || COUNTED_PASSWORD.test(text) || passwordBehind(one, index, text))
    return [{ text, kind: "example-name" }];
  if (word.dynamic && text.startsWith("$")) return NONE;
  return [...names(text, one), ...generated(text, one, index), ...moments(text, one)];
}

function passwordBehind(one: Invocation, index: number, text: string): boolean {
  const before = one.args[index - 1] ?? "";
  const asks =
    /^--?(?:pass|password|passwd)$/i.test(before) ||
    (before === "-p" && wordsOf(LOGS_IN).has(one.program)) ||
    (before === "-a" && /^(?:redis|valkey)-cli$/.test(one.program));
  return asks && EXAMPLE_PASSWORD.test(`--password=${text}`);
}

function names(text: string, one: Invocation): readonly Hit[] {
  if (/^[-+]\w*$|^--[\w-]+$/.test(text) || /[{}*]/.test(text)) return NONE;
  const whole = [LETTER_FOR_DIGIT, ANYBODY, ANY_URL, ADDRESS_OF, PERCENT_VARIABLE].map(
    (pattern) => pattern.exec(text)?.[0],
  );
  const found = whole.find((hit) => hit !== undefined);
  if (found !== undefined) return [{ text: found.replace(/^[@/=,]|[:/,]$/g, ""), kind: "example-name" }];
  const copied = wordsOf(COPIES).has(one.program);
  const part = (text.split("=").at(-1) ?? "")
    .split(/[/:@,]/)
    .map((part) =>
      part.replace(
        /\.(?:ya?ml|json|conf|sh|sql|gz|tar|tgz|py|js|txt|log|service|key|pem|crt|local|internal|com|svc|git|zip)\b.*$/,
        "",
      ),
    )
    .find(
      (part) =>
        EXAMPLE_NAME.test(part) ||
        NAME_OF.test(part) ||
        NAME_OF_COMMIT.test(part) ||
        BARE_NAME.test(part) ||
        (!copied && EXAMPLE_PART.test(part)),
    );
  return part === undefined ? NONE : [{ text: part, kind: "example-name" }];
}

function generated(text: string, one: Invocation, index: number): readonly Hit[] {
  const value = text.replace(/^--?[\w-]+=/, "");
  const hit = (found: string): readonly Hit[] => [{ text: found, kind: "generated" }];
  if (GENERATED.test(value)) return hit(value);
  const account = ACCOUNT.exec(value)?.[0];
  if (account) return hit(account);
  if (text.startsWith("-")) return NONE;
  if (wordsOf(WITH_PODS).has(one.program)) {
    const name = value.split("/").at(-1) ?? "";
    if (POD.test(name) || DAEMON_POD.test(name)) return hit(name);
  }
  const id = value.split(/[:@/]/)[0] ?? "";
  if (wordsOf(WITH_IDS).has(one.program) && HEX.test(id)) return hit(id);
  if (wordsOf(WITH_PIDS).has(one.program) && /^(?:\d{2,7}|pid)$/.test(text) && isProcess(one, index)) return hit(text);
  const process = /^\/proc\/(\d{2,7})(?:\/|$)/.exec(text)?.[1];
  return process ? hit(process) : NONE;
}

/** A number that names a process: behind -p, or a bare word where only processes stand. */
const isProcess = (one: Invocation, index: number): boolean => {
  const before = one.args[index - 1] ?? "";
  if (/^(?:-p|--pid|-t|--target)$/.test(before)) return true;
  return one.program === "kill"
    ? !/^-(?:s|n)$/.test(before)
    : /^(?:j|pmap|pwdx|gcore)/.test(one.program) && !before.startsWith("-n");
};

function moments(text: string, one: Invocation): readonly Hit[] {
  if (text.length > LONGEST || !text.includes("20") || RELEASED.test(text)) return NONE;
  const found = MOMENT.exec(text)?.[0];
  if (found === undefined || /^(?:git|docker|podman|helm)$/.test(one.program)) return NONE;
  return [{ text: found, kind: "literal-date" }];
}
