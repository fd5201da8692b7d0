import { IDLE, THINGS } from "../../i18n/subjects.ts";
import type { Book } from "../../model/book.ts";
import type { Runbook } from "../../model/runbook.ts";
import { at } from "../../model/source.ts";
import type { Source } from "../../model/source.ts";

/** Where the manual says what to do: a row of a symptom table, or a procedure. */
export type Related =
  | { readonly kind: "symptom"; readonly symptom: string; readonly look: string; readonly source: Source }
  | { readonly kind: "runbook"; readonly title: string; readonly source: Source };

/** What is looked for: an item's own place, and the words for what is wrong with it. */
export interface Wanted {
  readonly text: string;
  readonly source: Source;
}

interface Candidate {
  readonly related: Related;
  readonly words: ReadonlySet<string>;
}

type Places = Pick<Book, "documents" | "duties" | "runbooks" | "symptoms">;

const KINDS = new Set(["troubleshoot", "emergency", "restart", "restore", "failover"]);
/** A name of a program, host or file: it stands for itself in any language. */
const NAME = /[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*|\d{3}\b/g;
/** Characters of a title or an item that are compared. */
const LONGEST = 400;

/**
 * What a text is about: things by one name in both languages, names in Latin script, and pairs of neighbouring Han
 * characters of what is left when words that say nothing are out.
 */
export function subjects(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  let rest = text.slice(0, LONGEST).normalize("NFKC").toLowerCase();
  for (const [thing, names] of THINGS)
    rest = rest.replace(names, () => {
      found.add(thing);
      return " ";
    });
  rest = rest.replace(IDLE, " ");
  for (const name of rest.match(NAME) ?? []) if (name.length > 1) found.add(name.replace(/(?<=\w{3})s$/, ""));
  for (const run of rest.match(/\p{Script=Han}+/gu) ?? [])
    for (let from = 0; from + 1 < run.length; from += 1) found.add(run.slice(from, from + 2));
  return found;
}

const isHelp = (runbook: Runbook): boolean => KINDS.has(runbook.kind) && runbook.status !== "planned";

const asRelated = ({ title, source }: Runbook): Related => ({ kind: "runbook", title, source });

function candidates(book: Places): readonly Candidate[] {
  const symptoms = book.symptoms.map(({ symptom, look, source }) => ({
    related: { kind: "symptom", symptom, look, source } as const,
    words: subjects(symptom),
  }));
  const runbooks = book.runbooks.filter(isHelp).flatMap((runbook) => {
    const titled = { related: asRelated(runbook), words: subjects(runbook.title) };
    return runbook.symptom === undefined ? [titled] : [titled, { ...titled, words: subjects(runbook.symptom) }];
  });
  return [...symptoms, ...runbooks];
}

/** Procedures that a link on the item's own line leads to: the author's word, whatever the titles say. */
function linked(book: Places, { source }: Wanted): readonly Related[] {
  const document = book.documents.find(({ file }) => file === source.file);
  const links = (document?.links ?? []).filter((link) => link.source.line === source.line && link.state === "ok");
  return links.flatMap(({ target, anchor }) => {
    const there = book.runbooks.filter((runbook) => runbook.source.file === target && runbook.status !== "planned");
    if (anchor === undefined) return there.length === 1 ? there.map(asRelated) : [];
    const section = book.documents
      .find(({ file }) => file === target)
      ?.sections.find(({ slug }) => slug === anchor.toLowerCase());
    return there.filter((runbook) => runbook.source.line === section?.source.line).map(asRelated);
  });
}

/** Of what a place is about the item must say at least this share, rare words counting more: half a title may be another's. */
const OF_PLACE = 0.75;
/** And the place this share of what the item is about. */
const OF_ITEM = 0.2;
/** As many places as this equally near tell nothing apart. */
const MOST = 2;

/**
 * The manual's own places that speak of the same thing, at most two, best first; none where that is not clear, because
 * a hint that misleads at night is worse than none. A link of the item decides; else words do: what the place is about
 * must be what the item is about, by words weighed with their rarity in the book.
 */
export function related(book: Places): (wanted: Wanted) => readonly Related[] {
  const places = candidates(book);
  const items = book.duties.flatMap((duty) => duty.items.map((item) => subjects(item.text)));
  const all = [...places.map((place) => place.words), ...items];
  const frequency = new Map<string, number>();
  for (const set of all) for (const word of set) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const weigh = (words: Iterable<string>): number => {
    let sum = 0;
    for (const word of words) sum += Math.log(1 + (all.length + 1) / (frequency.get(word) ?? 1));
    return sum;
  };
  return (wanted) => {
    const own = linked(book, wanted);
    if (own.length > 0) return distinct(own).slice(0, MOST);
    const words = subjects(wanted.text);
    const whole = weigh(words);
    const near = places
      .map((place) => {
        const shared = weigh([...words].filter((word) => place.words.has(word)));
        return { related: place.related, ofPlace: shared / (weigh(place.words) || 1), ofItem: shared / (whole || 1) };
      })
      .filter(({ ofPlace, ofItem }) => ofPlace >= OF_PLACE && ofItem >= OF_ITEM)
      .toSorted((a, b) => b.ofPlace + b.ofItem - a.ofPlace - a.ofItem);
    const best = distinct(near.map((each) => each.related));
    return best.length > MOST ? [] : best;
  };
}

function distinct(found: readonly Related[]): readonly Related[] {
  const seen = new Set<string>();
  return found.filter(({ source }) => !seen.has(at(source)) && seen.add(at(source)));
}
