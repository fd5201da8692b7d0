import { resolve } from "node:path";
import type { Texts } from "./texts.ts";

/** As the texts write it. */
const USUAL = "watchbook";

/** One process is called once: what its sentences call the program is settled before any of them is said. */
let here = USUAL;
let anywhere = USUAL;

/** A path as one word of a shell, for a line that the reader copies. */
export const quote = (path: string): string =>
  /^[\p{L}\p{N}_./@%+=:,-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;

/** Says how the program was called: `./wb`, `npx watchbook`, a path. `cwd`: where a relative path begins. */
export function calledAs(name: string, cwd: string): void {
  const isPath = name.includes("/");
  here = isPath ? quote(name) : name;
  anywhere = isPath ? quote(resolve(cwd, name)) : name;
}

/** From now on sentences are read elsewhere than where the program was called: a daemon's. */
export const calledFromAnywhere = (): void => void (here = anywhere);

/** How the reader of a sentence calls the program. `anywhere`: in what is read in another folder, such as a report. */
export const program = (where: "here" | "anywhere" = "here"): string => (where === "here" ? here : anywhere);

/** A table of texts in which every command is written as the program was called here. */
export function spoken(table: Texts): Texts {
  if (here === USUAL) return table;
  const known = tables.get(table);
  if (known?.name === here) return known.table;
  const verbs = [...Object.keys(table.cli.verbs), "help", "VERB", "\u52A8\u8BCD", "--\\w+", "\\{(?:verb|near)\\}"].join(
    "|",
  );
  const command = new RegExp(`(?<![\\w./-])${USUAL}(?= (?:${verbs})(?!\\w))`, "gu");
  const say = (text: unknown): unknown => {
    if (typeof text === "string") return text.includes(USUAL) ? text.replace(command, () => here) : text;
    if (typeof text !== "object" || text === null) return text;
    return Array.isArray(text)
      ? text.map(say)
      : Object.fromEntries(Object.entries(text).map(([name, part]) => [name, say(part)]));
  };
  // A run says a part of all there is to say: each area is gone through when it is first asked for.
  const said = {};
  for (const [name, area] of Object.entries(table)) {
    let part: unknown;
    Object.defineProperty(said, name, { enumerable: true, get: () => (part ??= say(area)) });
  }
  tables.set(table, { name: here, table: said as Texts });
  return said as Texts;
}

const tables = new WeakMap<Texts, { readonly name: string; readonly table: Texts }>();
