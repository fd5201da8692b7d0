import type { Command, Placeholder } from "../../model/block.ts";
import {
  BACKUP_LIKE,
  DECLARES,
  LITERAL_DATE,
  NAMES_VALUE,
  TAKEN_BY,
  TEXT_VARIABLE,
  UPPER,
} from "../words/placeholders.ts";
import { EXAMPLE_PASSWORD } from "../words/examples.ts";
import type { Invocation } from "./invocation.ts";
import { placeholdersOf } from "./placeholders.ts";
import type { Word } from "./reading.ts";
import { wordsOf } from "./table.ts";

const ASSIGNED = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=/;
/** Beyond this a value is data, not something a reader fills in. */
const LONGEST = 2_000;

/** What the reader must fill in before a variable can be set: its value is asked what an argument is asked. */
export const assignedPlaceholders = (assignments: readonly Word[], line: number): readonly Placeholder[] =>
  assignments.flatMap((word) => {
    const [sign, name] = ASSIGNED.exec(word.text.slice(0, LONGEST)) ?? [];
    return sign === undefined || name === undefined || word.text.length > LONGEST
      ? []
      : inValue({ ...word, text: word.text.slice(sign.length) }, name, line);
  });

/** `export NS=web`: assignments that stand as words. */
export const declared = (one: Invocation): readonly Word[] => (wordsOf(DECLARES).has(one.program) ? one.words : []);

function inValue(value: Word, name: string, line: number): readonly Placeholder[] {
  if (value.text === "") return [];
  const program = TAKEN_BY.find(([names]) => names.test(name))?.[1] ?? "";
  const found = placeholdersOf({ ...NOBODY, program, args: [value.text], words: [value] }, line);
  const isDate = LITERAL_DATE.test(value.text) && BACKUP_LIKE.test(name);
  return [
    ...found.filter((one) => one.kind === "angle" || (!TEXT_VARIABLE.test(name) && isMeant(one, value, name))),
    ...(EXAMPLE_PASSWORD.test(`${name}=${value.text}`)
      ? [{ text: value.text, kind: "example-name" as const, line }]
      : []),
    ...(isDate ? [{ text: LITERAL_DATE.exec(value.text)?.[0] ?? "", kind: "literal-date" as const, line }] : []),
  ];
}

/** A mode in capitals is a value (`MODE=READ_ONLY`), the variable's own word again is none (`DIR=DATA_DIR`); dots end a text. */
function isMeant({ text, kind }: Placeholder, value: Word, name: string): boolean {
  if (kind === "ellipsis") return !value.quoted || value.text === text;
  if (kind !== "your" || !UPPER.test(text) || !text.includes("_") || NAMES_VALUE.test(text)) return true;
  const own = new Set(name.toUpperCase().split("_"));
  return text.split("_").some((part) => own.has(part));
}

/** An argument of no program in particular. */
const NOBODY: Omit<Invocation, "program" | "args" | "words"> = {
  redirects: [],
  piped: false,
  sudo: false,
  boxed: false,
  dynamic: false,
  carrier: false,
  opaque: false,
};

/** `DATE=20240101` is the date of one backup when a word that names a backup has `$DATE` in it. */
export function datesIn(commands: readonly Command[]): readonly Placeholder[] {
  const dated = commands.flatMap(({ text, line }) => {
    if (text.length > LONGEST || !text.includes("20")) return [];
    const [, name, date] = SET_TO_DATE.exec(text) ?? [];
    return name !== undefined && date !== undefined && LITERAL_DATE.test(date) ? [{ name, date, line }] : [];
  });
  return dated.flatMap(({ name, date, line }) => {
    const use = new RegExp(`\\$(?:${name}\\b|\\{${name}\\b)`);
    const isUsed = commands.some(
      ({ text }) =>
        text.length <= LONGEST && text.split(/\s+/).some((word) => use.test(word) && BACKUP_LIKE.test(word)),
    );
    return isUsed ? [{ text: date, kind: "literal-date" as const, line }] : [];
  });
}

const SET_TO_DATE = /^(?:(?:export|readonly|local|declare)\s+)?([A-Za-z_]\w*)=["']?([\d_.T-]{8,20}Z?)["']?\s*$/;
