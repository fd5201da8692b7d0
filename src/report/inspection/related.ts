import type { Book } from "../../model/book.ts";
import type { Source } from "../../model/source.ts";

/** Where the manual says what to do: a row of a symptom table, or a procedure. */
export type Related =
  | { readonly kind: "symptom"; readonly symptom: string; readonly look: string; readonly source: Source }
  | { readonly kind: "runbook"; readonly title: string; readonly source: Source };

/** Words of Latin script from three letters on, and every pair of neighbouring Han characters. */
function words(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of text.toLowerCase().match(/[a-z][a-z0-9]{2,}/g) ?? []) found.add(word);
  for (const run of text.match(/\p{Script=Han}+/gu) ?? [])
    for (let at = 0; at + 1 < run.length; at += 1) found.add(run.slice(at, at + 2));
  return found;
}

interface Candidate {
  readonly related: Related;
  readonly words: ReadonlySet<string>;
}

const KINDS = new Set(["troubleshoot", "emergency", "restart", "restore", "failover"]);

/** One shared word is chance; a hint that misleads at night is worse than none. */
const ENOUGH = 2;

type Places = Pick<Book, "duties" | "runbooks" | "symptoms">;

function candidates(book: Places): readonly Candidate[] {
  const symptoms = book.symptoms.map(({ symptom, look, source }) => ({
    related: { kind: "symptom", symptom, look, source } as const,
    words: words(symptom),
  }));
  const runbooks = book.runbooks
    .filter((runbook) => KINDS.has(runbook.kind) && runbook.status !== "planned")
    .map(({ title, symptom, source }) => ({
      related: { kind: "runbook", title, source } as const,
      words: words(`${title} ${symptom ?? ""}`),
    }));
  return [...symptoms, ...runbooks];
}

/**
 * The manual's own places that speak of the same thing as `text`, at most two, best first. Words decide, and only rare
 * ones: what half of the book's items and places say too (check, node, service) says nothing about this one.
 */
export function related(book: Places): (text: string) => readonly Related[] {
  const places = candidates(book);
  const items = book.duties.flatMap((duty) => duty.items.map((item) => words(item.text)));
  const all = [...places.map((place) => place.words), ...items];
  const frequency = new Map<string, number>();
  for (const set of all) for (const word of set) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const common = Math.max(3, all.length / 5);
  const rare = (word: string): boolean => (frequency.get(word) ?? 0) <= common;
  return (text) => {
    const wanted = [...words(text)].filter(rare);
    return places
      .map((place) => ({ place, shared: wanted.filter((word) => place.words.has(word)).length }))
      .filter(({ shared }) => shared >= ENOUGH)
      .toSorted((a, b) => b.shared - a.shared)
      .slice(0, 2)
      .map(({ place }) => place.related);
  };
}
