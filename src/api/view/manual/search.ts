import type { BookState } from "../../../engine/book-state.ts";
import { at } from "../../../model/source.ts";
import type { Hit } from "../../contract.ts";
import { subjects } from "../../../report/inspection/related.ts";

/** Something that can be found, with what it is found by. */
interface Entry {
  readonly hit: Hit;
  readonly title: string;
  readonly text: string;
  /** Lines of a section, for showing the one that was found. */
  readonly lines?: readonly string[];
  readonly things: ReadonlySet<string>;
  /** Of equal hits the one that says what to do comes first. */
  readonly weight: number;
}

/** Characters of a section's own text that are searched; of a line that is shown. */
const LONGEST = 20_000;
const SHOWN = 200;

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();

function entry(hit: Hit, weight: number, more: string, lines?: readonly string[]): Entry {
  const title = plain(hit.title);
  const text = plain(`${hit.look} ${hit.action} ${hit.id ?? ""} ${more}`.slice(0, LONGEST));
  return { hit, title, text, weight, things: subjects(`${hit.title} ${hit.look}`), ...(lines && { lines }) };
}

/** Everything of a book that can be found. */
function entriesOf({ open: { book }, texts }: BookState): readonly Entry[] {
  const nothing = { look: "", action: "", id: null };
  const symptoms = book.symptoms.map(({ symptom, look, action = "", cause = "", source }) =>
    entry({ kind: "symptom", title: symptom, look, action, id: null, source }, 4, cause),
  );
  const runbooks = book.runbooks.map(({ id, title, symptom = "", source }) =>
    entry({ ...nothing, kind: "runbook", title, id, source }, 3, symptom),
  );
  const checks = book.checks.map(({ id, title, source }) =>
    entry({ ...nothing, kind: "check", title, id, source }, 2, ""),
  );
  const duties = book.duties.map(({ id, title, source }) =>
    entry({ ...nothing, kind: "duty", title, id, source }, 2, ""),
  );
  const sections = book.documents.flatMap(({ file, sections }) => {
    const lines = (texts?.get(file) ?? "").split("\n");
    return sections.map(({ source, title, path }, index) => {
      const next = sections[index + 1]?.source.line ?? lines.length + 1;
      const own = lines.slice(source.line, next - 1);
      return entry({ ...nothing, kind: "section", title, source }, 1, `${path.join(" ")} ${own.join("\n")}`, own);
    });
  });
  return [...symptoms, ...runbooks, ...checks, ...duties, ...sections];
}

const KEPT = new WeakMap<BookState["open"], readonly Entry[]>();

/** Made once for each book. */
function entriesNow(state: BookState): readonly Entry[] {
  const entries = KEPT.get(state.open) ?? entriesOf(state);
  KEPT.set(state.open, entries);
  return entries;
}

/** Words of a query: by blanks, and every word must be found somewhere. */
const wordsOf = (query: string): readonly string[] => plain(query).split(/\s+/).filter(Boolean).slice(0, 12);

/** How well an entry fits, 0 not at all: its title before its text; else the same things under another name or language. */
function fit({ title, text, things, weight }: Entry, words: readonly string[], wanted: ReadonlySet<string>): number {
  const each = words.map<number>((word) =>
    title.startsWith(word) ? 4 : title.includes(word) ? 3 : text.includes(word) ? 1 : 0,
  );
  if (each.every((one) => one > 0)) return 10 * each.reduce((sum, one) => sum + one, 0) + weight;
  const shared = [...wanted].filter((thing) => things.has(thing)).length;
  return wanted.size > 0 && shared * 2 >= wanted.size ? 5 * shared + weight : 0;
}

/** The line of a section in which a word stands, and its number. */
function lineFound({ hit, lines = [] }: Entry, words: readonly string[]): Hit {
  const found = lines.findIndex((line) => words.some((word) => plain(line).includes(word)));
  if (found < 0) return hit;
  const { file, line } = hit.source;
  return {
    ...hit,
    look: lines[found]!.replaceAll("**", "").trim().slice(0, SHOWN),
    source: { file, line: line + found + 1 },
  };
}

/** What the manual says about a query, best first: a symptom with where to look and what to do before a mere mention. */
export function search(state: BookState, query: string, limit: number): readonly Hit[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const wanted = subjects(query);
  const best = entriesNow(state)
    .map((one) => ({ one, score: fit(one, words, wanted) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ one }) => (one.hit.kind === "section" ? lineFound(one, words) : one.hit));
  // A row of a table is a symptom, and a line of its section: it is told once, as what it is.
  const places = new Map<string, Hit>();
  for (const hit of best) {
    const place = at(hit.source);
    if (!places.has(place)) places.set(place, hit);
    if (places.size === limit) break;
  }
  return [...places.values()];
}
