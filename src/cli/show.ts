import type { Book } from "../model/book.ts";
import { expectManual } from "./book-source.ts";
import { EXIT, WatchbookError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { compileBook } from "../book/compile/compile.ts";
import { coverageOf } from "../book/coverage.ts";
import { indexOf } from "../book/index-of.ts";
import { dateIn } from "../book/lint/today.ts";
import { namedFiles } from "../book/read/named.ts";
import { flatWhole } from "../report/lint/flat.ts";
import { showCoverage, showIndex } from "../report/show/coverage.ts";
import { showPermissions } from "../report/show/permissions.ts";
import { showDuties, showRota, showServices } from "../report/show/lists.ts";
import { showCheck, showDocument, showDuty } from "../report/show/facts.ts";
import { find, idsOf, showRunbook } from "../report/show/object.ts";
import type { Lang } from "../model/lang.ts";
import { dutyIfAny } from "./duty.ts";
import { kept } from "./kept.ts";
import { proofDates } from "./proofs.ts";
import type { Call, Verb } from "./verb.ts";

interface Shown {
  readonly text: string;
  readonly json: unknown;
}

/** What was recognised, by which rule, and where it stands. */
export const show: Verb = {
  name: "show",
  words: "any",
  options: { format: { type: "string" } },
  run: async (call) => {
    const wantsJson = asJson(call);
    const [what = "coverage", ...words] = call.positionals;
    const { book } = expectManual({ book: await compileBook(await kept(await namedFiles([call.book]))) }, call.book);
    const lang = call.values["lang"] === undefined ? book.lang : call.lang;
    const now = call.world.clock.wall();
    const place = { config: book.config, root: call.book, data: call.data, now, zone: book.zone };
    const proofs = what === "coverage" ? await proofDates(place) : new Map<string, string>();
    const { text, json } = shown(book, what, words, lang, { proofs, today: dateIn(now, book.zone) });
    call.world.stdout.write(wantsJson ? `${JSON.stringify(flatWhole(json), null, 2)}\n` : text);
    return EXIT.ok;
  },
};

/** What was proven, and when now is. */
interface Proven {
  readonly proofs: ReadonlyMap<string, string>;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

function shown(book: Book, what: string, words: readonly string[], lang: Lang, { proofs, today }: Proven): Shown {
  if (what !== "index" && words.length > 0) throw new WatchbookError("SHOW-EXTRA", { what, extra: words });
  switch (what) {
    case "coverage": {
      const coverage = coverageOf(book, proofs, today);
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
        json: {
          rota: book.config.rota,
          calendars: book.config.calendars,
          people: book.config.people,
          contacts: book.contacts,
        },
      };
    case "permissions":
      return { text: showPermissions(book, lang), json: book.permissions };
    default:
      return object(book, what, lang);
  }
}

function object(book: Book, id: string, lang: Lang): Shown {
  const named = find(book, id);
  if (named === undefined) {
    const duty = dutyIfAny(book, id);
    if (duty) return { text: showDuty(duty, lang), json: duty };
    const near = nearest(id, idsOf(book));
    throw new WatchbookError(near === undefined ? "SHOW-UNKNOWN" : "SHOW-NEAR", { id, near: near ?? "" });
  }
  if (named.kind === "runbook") return { text: showRunbook(named.runbook, lang), json: named.runbook };
  if (named.kind === "duty") return { text: showDuty(named.duty, lang), json: named.duty };
  if (named.kind === "check") return { text: showCheck(named.check, book, lang), json: named.check };
  return { text: showDocument(named.document, lang), json: named.document };
}

/** `--format text|json`; `--json` is the latter. Throws WatchbookError LINT-FORMAT. */
function asJson({ values, json }: Call): boolean {
  const { format = json ? "json" : "text" } = values;
  if (format !== "text" && format !== "json")
    throw new WatchbookError("LINT-FORMAT", { format: String(format), known: ["text", "json"] });
  return format === "json";
}
