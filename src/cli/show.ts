import type { Book } from "../model/book.ts";
import { EXIT, WatchbookError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { compileBook } from "../book/compile/compile.ts";
import { coverageOf } from "../book/coverage.ts";
import { indexOf } from "../book/index-of.ts";
import { namedFiles } from "../book/read/named.ts";
import { showCoverage, showIndex } from "../report/show/coverage.ts";
import { showDuties, showRota, showServices } from "../report/show/lists.ts";
import { find, idsOf, showFacts, showRunbook } from "../report/show/object.ts";
import type { Lang } from "../model/lang.ts";
import type { Verb } from "./verb.ts";

interface Shown {
  readonly text: string;
  readonly json: unknown;
}

/** What was recognised, by which rule, and where it stands. */
export const show: Verb = {
  name: "show",
  options: {},
  run: async (call) => {
    const [what = "coverage", ...words] = call.positionals;
    const book = await compileBook(await namedFiles([call.book]));
    const lang = call.values["lang"] === undefined ? book.lang : call.lang;
    const { text, json } = shown(book, what, words, lang);
    call.world.stdout.write(call.json ? `${JSON.stringify(json, null, 2)}\n` : text);
    return EXIT.ok;
  },
};

function shown(book: Book, what: string, words: readonly string[], lang: Lang): Shown {
  if (what !== "index" && words.length > 0) throw new WatchbookError("SHOW-EXTRA", { what, extra: words });
  switch (what) {
    case "coverage": {
      const coverage = coverageOf(book);
      return { text: showCoverage(coverage, lang), json: coverage };
    }
    case "index": {
      const entries = indexOf(book).filter((entry) =>
        words.every((word) => `${entry.title} ${entry.words}`.toLowerCase().includes(word.toLowerCase())),
      );
      return { text: showIndex(entries, lang), json: entries };
    }
    case "services":
      return { text: showServices(book, lang), json: { services: book.services, environments: book.environments } };
    case "duties":
      return { text: showDuties(book, lang), json: book.duties };
    case "rota":
      return {
        text: showRota(book, lang),
        json: { rota: book.config.rota, people: book.config.people, contacts: book.contacts },
      };
    default:
      return object(book, what, lang);
  }
}

function object(book: Book, id: string, lang: Lang): Shown {
  const named = find(book, id);
  if (named === undefined) {
    const near = nearest(id, idsOf(book));
    throw new WatchbookError(near === undefined ? "SHOW-UNKNOWN" : "SHOW-NEAR", { id, near: near ?? "" });
  }
  if (named.kind === "runbook") return { text: showRunbook(named.runbook, lang), json: named.runbook };
  const json =
    named.kind === "duty"
      ? book.duties.find((duty) => duty.id === named.id)!
      : named.kind === "check"
        ? book.checks.find((check) => check.id === named.id)!
        : book.documents.find(({ file }) => file === named.id)!;
  return { text: showFacts(json), json };
}
