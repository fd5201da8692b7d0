import type { Spot } from "../../model/runbook.ts";
import { invocations } from "./invocation.ts";
import { readShell } from "./read.ts";
import type { Reading, Simple } from "./reading.ts";
import { wordsOf } from "./table.ts";

/** Programs that read what they are given as code, or hand it to a shell, wherever they stand: `docker exec web sh -c …`. */
const INTERPRETERS = wordsOf(
  "sh bash zsh dash ash ksh ssh su runuser eval xargs parallel awk gawk mawk nawk sed perl python pypy ruby node deno bun php lua expect osascript jq yq bc dc psql mysql mariadb sqlite sqlplus mongo mongosh redis-cli valkey-cli clickhouse-client cqlsh influx gdb ansible ansible-playbook pdsh clush salt",
);
/** The same, where they are what is run. */
const RUN_AS_CODE = wordsOf(
  "source . scp sftp rsync script watch at batch crontab trap alias exec make [[ (( let declare typeset local unset read getopts mapfile readarray wait bind complete compgen coproc vi vim ed ex",
);

/** Words, assignments and redirection targets of a reading; -1 when it could not be read. */
function count(reading: Reading): number {
  if (reading.problem) return -1;
  return reading.statements.reduce(
    (sum, { simples }) =>
      sum + simples.reduce((all, one) => all + one.words.length + one.assignments.length + one.redirects.length, 0),
    0,
  );
}

/** Text of a command that stands for a value: what is put there is one word, wherever it stands. */
export const variableUse = (variable: string, quoted: boolean): string =>
  quoted ? `\${${variable}}` : `"\${${variable}}"`;

/**
 * Where `needle` stands in a command, when every place is one that a value can be put in without ever being read as code;
 * else undefined. Each place is tried: a blank put there makes two words of one only outside of quotes, a blank between
 * two quotes only inside of double ones; comments, single quotes, here-documents, `${…}` and back quotes are neither.
 */
export function spotsOf(text: string, needle: string): readonly Spot[] | undefined {
  if (needle === "" || text.includes("`")) return undefined;
  if (text.length > LONGEST_KNOWN) return found(text, needle);
  const key = `${needle}\n${text}`;
  const before = known.get(key);
  if (before) return before.spots;
  const spots = found(text, needle);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, { spots });
  return spots;
}

/** A book says the same short commands again and again, and each place takes three readings of the whole command. */
const known = new Map<string, { readonly spots: readonly Spot[] | undefined }>();
const MOST_KNOWN = 2_000;
const LONGEST_KNOWN = 200;

function found(text: string, needle: string): readonly Spot[] | undefined {
  const whole = readShell(text);
  const words = count(whole);
  if (words < 0) return undefined;
  const spots: Spot[] = [];
  for (let from = text.indexOf(needle); from >= 0; from = text.indexOf(needle, from + needle.length)) {
    const spot = spotAt(text, from, from + needle.length, words);
    if (!spot) return undefined;
    spots.push(spot);
  }
  return spots.length > 0 && !isCode(text, spots) ? spots : undefined;
}

const put = (text: string, from: number, to: number, value: string): string =>
  text.slice(0, from) + value + text.slice(to);

function spotAt(text: string, from: number, to: number, words: number): Spot | undefined {
  const outside = count(readShell(put(text, from, to, "a b")));
  const inside = count(readShell(put(text, from, to, 'a" "b')));
  const plain = outside === words + 1 && inside === words;
  const quoted = outside === words && inside === words + 1;
  if (plain === quoted) return undefined;
  const before = text.slice(Math.max(0, from - 3), from);
  const leading = (quoted ? /(?:^|[\s;|&(<>])"$/ : /(?:^|[\s;|&(<>])$/).test(before);
  return { from, to, quoted, leading };
}

/** The value would name the program, or a program of the same statement reads what it is given as code. */
function isCode(text: string, spots: readonly Spot[]): boolean {
  const fill = (all: string, { from, to, quoted }: Spot): string => put(all, from, to, variableUse(MARK, quoted));
  const reading = readShell(spots.toReversed().reduce(fill, text));
  if (count(reading) < 0) return true;
  return reading.statements.some(({ simples }) => simples.some(isRisky));
}

const MARK = "WB_MARK_OF_A_VALUE";

/** Builtins that look a name up, and run what stands in its subscript: `test -v a[…]`, `printf -v`. */
const looksUp = ([first, ...rest]: Simple["words"]): boolean => {
  const builtin = first?.text ?? "";
  if (/^(?:export|readonly)$/.test(builtin)) return rest.some(({ text }) => text.includes(MARK) && !/^\w+=/.test(text));
  return /^(?:test|\[|printf)$/.test(builtin) && rest.some(({ text }) => /^-\w*[vR]/.test(text));
};

const isRisky = (simple: Simple): boolean =>
  looksUp(simple.words) ||
  simple.assignments.some(({ text }) => /^\w+\[/.test(text)) ||
  RUN_AS_CODE.has(simple.words[0]?.text ?? "") ||
  simple.words.some(({ text }) => readsCode(text)) ||
  simple.redirects.some(({ body }) => body?.includes(MARK)) ||
  invocations(simple).some(
    ({ program, dynamic }) => dynamic || /[$`{*?]/.test(program) || RUN_AS_CODE.has(program) || readsCode(program),
  );

/** By its name, wherever it lies: `.venv/bin/python3.12`. */
const readsCode = (word: string): boolean =>
  INTERPRETERS.has((word.split("/").at(-1) ?? "").replace(/(?<=\D)[\d.]+$/, ""));
