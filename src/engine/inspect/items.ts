import type { Book } from "../../model/book.ts";
import type { CheckSpec, Reading } from "../../model/check.ts";
import type { Duty, DutyItem } from "../../model/duty.ts";
import type { Inspection, InspectionItem, Tick } from "../../model/inspection.ts";
import { itemOutcome } from "../../model/inspection.ts";
import type { Registry } from "../../model/registry.ts";

/** What a person says of an item: looked and found it right, found it wrong, or did not look. */
export interface Answer {
  readonly outcome: Tick["outcome"];
  readonly note?: string;
}

/** Checks that judge this duty, each once, in the manual's order. An id the book does not know stays without a probe. */
export function checksOf(book: Book, duty: Duty): readonly CheckSpec[] {
  const wanted = new Set(duty.items.flatMap((item) => item.checks));
  const known = new Map(book.checks.map((check) => [check.id, check]));
  return [...wanted].map((id) => known.get(id) ?? { id, title: id, kind: id, params: {}, source: duty.source });
}

/** A person is asked only for what no check serves; a measured item cannot be ticked away. */
export const needsPerson = (item: Pick<DutyItem, "checks" | "needs">): boolean =>
  item.checks.length === 0 || item.needs.length > 0;

/** A rule over several parameters is named after them: `pid-file-or-pattern`. */
const camel = (name: string): string => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Names of the parameters that a kind cannot do without; of alternatives the first. */
function required(registry: Registry, kind: string): readonly string[] {
  const parsed = registry.checks.get(kind)?.params.safeParse({});
  if (!parsed || parsed.success) return [];
  const names = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? String(path[0]) : camel(message.split("-or-")[0]!),
  );
  return [...new Set(names)];
}

/**
 * What an item lacks to be judged by a machine: `declare` names the kind of check that measures its words (from the
 * manual's own threshold table, or from the compiler's suggestion) and the parameters it needs, `add` one that needs
 * none; `tick` when no probe is known.
 */
function needsOf(book: Book, registry: Registry, item: DutyItem): NonNullable<InspectionItem["needs"]> {
  const words = item.needs.length > 0 ? item.needs : [];
  const threshold = book.thresholds.find((row) => words.includes(row.metric) && row.probe !== undefined);
  const kind = threshold?.probe ?? item.suggest?.[0];
  if (kind === undefined) return { code: "tick", args: { item: item.text } };
  const lacking = required(registry, kind);
  return {
    code: lacking.length > 0 ? "declare" : "add",
    args: { item: item.text, kind, required: lacking, ...(threshold && { metric: threshold.metric }) },
  };
}

/** Items of a run in the manual's order: worst of their readings, or the person's tick, or open with who must tick. */
export function itemsOf(
  book: Book,
  registry: Registry,
  duty: Duty,
  readings: readonly Reading[],
  ticks: ReadonlyMap<string, Tick>,
): readonly InspectionItem[] {
  return duty.items.map((item) => {
    const mine = item.checks.flatMap((id) => readings.filter((reading) => reading.check === id));
    const tick = ticks.get(item.id);
    const lacking = needsPerson(item);
    const outcomes = mine.map((reading) => reading.outcome);
    return {
      id: item.id,
      text: item.text,
      source: item.source,
      outcome: itemOutcome(outcomes, tick?.outcome, lacking),
      readings: mine,
      ...(tick && { tick }),
      ...(duty.owner !== undefined && { owner: duty.owner }),
      ...(lacking && { needs: needsOf(book, registry, item) }),
    };
  });
}

/** Items of a run that broke off before anything was known: open, so that nothing of it looks judged. */
export const unjudged = (duty: Duty): Inspection["items"] =>
  duty.items.map((item) => ({
    id: item.id,
    text: item.text,
    source: item.source,
    outcome: "open",
    readings: [],
    ...(duty.owner !== undefined && { owner: duty.owner }),
    needs: { code: "interrupted", args: {} },
  }));
