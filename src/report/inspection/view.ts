import type { Book } from "../../model/book.ts";
import type { CheckSpec, Reading } from "../../model/check.ts";
import type { EvidencePlace } from "../../model/evidence.ts";
import type { Inspection, InspectionItem } from "../../model/inspection.ts";
import type { Lang } from "../../model/lang.ts";
import type { Source } from "../../model/source.ts";
import type { Outcome } from "../../model/states.ts";
import { itemChange, readingChange } from "./change.ts";
import type { ReadingChange } from "./change.ts";
import { related } from "./related.ts";
import type { Related } from "./related.ts";
import { snippet } from "./snippet.ts";

/** Everything a report says, before it is Markdown, HTML or JSON, in no language yet. */
export interface ReportView {
  readonly duty: string;
  readonly title: string;
  readonly period: string;
  readonly zone: string;
  readonly lang: Lang;
  readonly runs: readonly RunView[];
}

export interface RunView {
  /** From 1: the first doing of the duty in its period. */
  readonly number: number;
  readonly run: Inspection;
  readonly counts: Readonly<Record<Outcome | "open", number>>;
  readonly items: readonly ItemView[];
  /** Run it is compared with: the one before in this period, else the last of the period before. */
  readonly previous: Inspection | undefined;
  /** Where its record lies; undefined while it is not written. */
  readonly evidence: EvidencePlace | undefined;
  /** The command that verifies it. */
  readonly verify: string | undefined;
  /** The page is part of the record: it names no place of this machine and compares with nothing. */
  readonly alone: boolean;
  /** YAML that would let the machine judge more; "" when nothing lacks. */
  readonly snippet: string;
}

/** Where the record of a run lies, and the command that verifies it. */
export interface Proof {
  readonly place: EvidencePlace;
  readonly verify: string;
}

export interface ItemView {
  readonly item: InspectionItem;
  /** Outcome before when it changed, null when the item is new, undefined when nothing is to be said. */
  readonly change: InspectionItem["outcome"] | null | undefined;
  readonly readings: readonly ReadingView[];
  /** The manual's own places to look, for what is not green. */
  readonly related: readonly Related[];
}

export interface ReadingView {
  readonly reading: Reading;
  /** The manual's words for what was measured. */
  readonly title: string;
  /** Where its limits stand in the manual. */
  readonly source: Source | undefined;
  readonly change: ReadingChange;
}

function counted(items: readonly InspectionItem[]): RunView["counts"] {
  const counts = { pass: 0, warn: 0, fail: 0, unknown: 0, open: 0 };
  for (const item of items) counts[item.outcome] += 1;
  return counts;
}

/**
 * What is said of the runs of one duty in one period. Pure. `evidence`: where the record of a run lies, by its id;
 * absent for a page that is itself part of the record.
 */
export function reportView(
  book: Pick<Book, "checks" | "documents" | "duties" | "lang" | "runbooks" | "symptoms">,
  runs: readonly Inspection[],
  before: Inspection | undefined,
  evidence?: (run: string) => Proof | undefined,
): ReportView {
  const [first] = runs;
  if (!first) throw new Error("a report needs a run");
  const checks = new Map<string, CheckSpec>(book.checks.map((check) => [check.id, check]));
  const find = related(book);
  const titleOf = (check: string): string => checks.get(check)?.title ?? check;
  /** What is wrong, in the manual's words: of an item with several measures only those that are not green. */
  const wrongOf = (item: InspectionItem): string => {
    const wrong = item.readings.filter((reading) => reading.outcome !== "pass");
    if (wrong.length === 0 || wrong.length === item.readings.length) return item.text;
    return wrong.map((reading) => titleOf(reading.check)).join(" ");
  };
  /** Two measures of one item that are called the same are told apart by their ids. */
  const nameOf = (check: string, item: InspectionItem): string => {
    const title = titleOf(check);
    const same = new Set(item.readings.map((one) => one.check).filter((one) => titleOf(one) === title));
    return same.size > 1 ? `${title} (${check})` : title;
  };
  const itemView = (item: InspectionItem, previous: Inspection | undefined): ItemView => ({
    item,
    change: itemChange(item, previous),
    related:
      item.outcome === "pass" || item.outcome === "open" ? [] : find({ text: wrongOf(item), source: item.source }),
    readings: item.readings.map((reading) => {
      const check = checks.get(reading.check);
      return {
        reading,
        title: nameOf(reading.check, item),
        source: check?.source,
        change: readingChange(reading, previous),
      };
    }),
  });
  const taken = book.checks.map((check) => check.id);
  return {
    duty: first.duty,
    title: first.title,
    period: first.period,
    zone: first.zone,
    lang: book.lang,
    runs: runs.map((run, index) => {
      const previous = runs.slice(0, index).findLast((one) => !one.interrupted) ?? before;
      return {
        number: index + 1,
        run,
        counts: counted(run.items),
        items: run.items.map((item) => itemView(item, previous)),
        previous,
        evidence: evidence?.(run.id)?.place,
        verify: evidence?.(run.id)?.verify,
        alone: evidence === undefined,
        snippet: snippet(run.items, taken),
      };
    }),
  };
}
