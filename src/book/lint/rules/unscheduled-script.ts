import { basename } from "node:path/posix";
import type { Artefact } from "../../../model/block.ts";
import type { Book, LintRule } from "../../../model/book.ts";
import type { Source } from "../../../model/source.ts";
import { CHECK_SCRIPT } from "../../words/lint.ts";
import { give } from "../give.ts";

/** A health-check or backup script that no timer, crontab or text of the manual starts (S-096). */
export const unscheduledScript: LintRule = {
  codes: ["WB306"],
  run: (book, { texts }) => {
    const scripts = book.artefacts.filter(({ form, path }) => form === "script" && CHECK_SCRIPT.test(basename(path)));
    if (scripts.length === 0) return [];
    const mentions = mentionsOf(new Set(scripts.map(({ path }) => basename(path))), texts);
    return scripts
      .filter((script) => !(mentions.get(basename(script.path)) ?? []).some((place) => outside(book, script, place)))
      .map(({ path, source }) => give("WB306", "warn", source, { path }));
  },
};

/** Names of files as texts have them; one look at each text, however many scripts there are. */
const NAME = /[\w@+~%-][\w@+~%.-]*/g;
const PLAIN = new RegExp(`^${NAME.source}$`);
/** Names that have other signs are looked for one by one: so many of them, and not more. */
const MOST_OTHERS = 100;

/** Where the texts have each of the names. */
function mentionsOf(
  names: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Source[]> {
  const mentions = new Map<string, Source[]>([...names].map((name) => [name, []]));
  const others = [...names].filter((name) => !PLAIN.test(name)).slice(0, MOST_OTHERS);
  for (const [file, text] of texts)
    for (const [index, line] of text.split("\n").entries()) {
      const place = { file, line: index + 1 };
      for (const [word] of line.matchAll(NAME)) (mentions.get(word) ?? mentions.get(word.slice(0, -1)))?.push(place);
      for (const name of others) if (line.includes(name)) mentions.get(name)!.push(place);
    }
  return mentions;
}

/** Not in the script's own text, which may name itself. */
function outside(book: Book, { block }: Artefact, { file, line }: Source): boolean {
  const own = book.blocks[block];
  return !(own && file === own.source.file && line >= own.source.line && line <= own.end);
}
