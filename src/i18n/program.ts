import { resolve } from "node:path";
import type { Texts } from "./texts.ts";

/** As the texts write it. */
const USUAL = "watchbook";

/** One process is called once: what its sentences call the program is settled before any of them is said. */
let here = USUAL;
let anywhere = USUAL;
/** Options that say which book and data are meant, as they were given; "" where the reader's folder says it. */
let place = "";

/** Verbs about a book that there is, and those of them that a second word belongs to. */
const PLACED = new Set(
  "lint show inspect serve status who rota tonight gap handover run runs target channel evidence".split(" "),
);
const PAIRED = ["rota", "gap", "runs", "target", "channel", "evidence"];

/** A path as one word of a shell, for a line that the reader copies. */
export const quote = (path: string): string =>
  /^[\p{L}\p{N}_./@%+=:,-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;

/** Says how the program was called: `./wb`, `npx watchbook`, a path. `cwd`: where a relative path begins. */
export function calledAs(name: string, cwd: string): void {
  const isPath = name.includes("/");
  here = isPath ? quote(name) : name;
  anywhere = isPath ? quote(resolve(cwd, name)) : name;
}

export interface Named {
  readonly book?: string | undefined;
  readonly data?: string | undefined;
}

/** `--book DIR --data DIR` of those that are named, each a word of a shell. */
const optionsOf = (named: Named): string =>
  (["book", "data"] as const)
    .flatMap((name) => (named[name] === undefined ? [] : [`--${name} ${quote(named[name])}`]))
    .join(" ");

/** Says which book and data the caller named: commands in sentences name them too, so that they work as they stand. */
export const calledWith = (named: Named): void => void (place = optionsOf(named));

/**
 * From now on sentences are read elsewhere than where the program was called: a daemon's. `named`: absolute paths of
 * what its commands are about.
 */
export function calledFromAnywhere(named: Named = {}): void {
  here = anywhere;
  place = optionsOf(named);
}

/** How the reader of a sentence calls the program. `anywhere`: in what is read in another folder, such as a report. */
export const program = (where: "here" | "anywhere" = "here"): string => (where === "here" ? here : anywhere);

/** A table of texts in which every command is written as the program was called here, about the book it was called for. */
export function spoken(table: Texts): Texts {
  if (here === USUAL && place === "") return table;
  const way = `${here} ${place}`;
  const known = tables.get(table);
  if (known?.way === way) return known.table;
  const verbs = [...Object.keys(table.cli.verbs), "help", "VERB", "\u52A8\u8BCD", "--\\w+", "\\{(?:verb|near)\\}"].join(
    "|",
  );
  const command = new RegExp(`(?<![\\w./-])${USUAL} (${verbs})(?!\\w)((?<=(?:${PAIRED.join("|")})) [a-z]+)?`, "gu");
  const called = (_: string, verb: string, second = ""): string => {
    const words = `${here} ${verb}${second}`;
    return place !== "" && PLACED.has(verb) ? `${words} ${place}` : words;
  };
  const bare = (_: string, verb: string, second = ""): string => `${here} ${verb}${second}`;
  const say = (text: unknown, how: typeof called): unknown => {
    if (typeof text === "string") return text.includes(USUAL) ? text.replace(command, how) : text;
    if (typeof text !== "object" || text === null) return text;
    if (Array.isArray(text)) return text.map((part) => say(part, how));
    // The help of a verb shows its forms, not a command about this book.
    return Object.fromEntries(
      Object.entries(text).map(([name, part]) => [name, say(part, name === "verbs" ? bare : how)]),
    );
  };
  // A run says a part of all there is to say: each area is gone through when it is first asked for.
  const said = {};
  for (const [name, area] of Object.entries(table)) {
    let part: unknown;
    Object.defineProperty(said, name, { enumerable: true, get: () => (part ??= say(area, called)) });
  }
  tables.set(table, { way, table: said as Texts });
  return said as Texts;
}

const tables = new WeakMap<Texts, { readonly way: string; readonly table: Texts }>();
