import type { Book } from "../../model/book.ts";
import type { CheckSpec, Reading } from "../../model/check.ts";
import type { Duty, DutyItem, Proposal } from "../../model/duty.ts";
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

/** Names of the parameters that a kind cannot do without and that are not given; of alternatives the first. */
function required(registry: Registry, kind: string, given: Proposal["params"]): readonly string[] {
  const parsed = registry.checks.get(kind)?.params.safeParse(given);
  if (!parsed || parsed.success) return [];
  const names = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? String(path[0]) : camel(message.split("-or-")[0]!),
  );
  return [...new Set(names)];
}

/** A value that a person has still to fill in. */
const isOpen = (value: unknown): boolean => [value].flat().some((one) => typeof one === "string" && one.includes("<"));

/**
 * What an item lacks to be judged by a machine: `declare` names the kinds of check that measure what it says (by the
 * manual's own threshold table, or the compiler's proposals) and what has to be filled in, `add` such that need nothing;
 * `console` where only a person can look, `person` for work to be done, `tick` when no probe is known.
 */
function needsOf(book: Book, registry: Registry, item: DutyItem): NonNullable<InspectionItem["needs"]> {
  if (item.consoles) return { code: "console", args: { item: item.text, where: item.consoles.join("; ") } };
  const known = (item.proposals ?? []).filter(({ kind }) => registry.checks.has(kind));
  if (known.length === 0) return { code: item.work ? "person" : "tick", args: { item: item.text } };
  const proposals = known.map((proposal) => {
    const row = book.thresholds.find(({ metric, probe }) => probe === proposal.kind && item.needs.includes(metric));
    const lacking = required(registry, proposal.kind, proposal.params);
    return { ...proposal, required: lacking, ...(row && { metric: row.metric }) };
  });
  const open = proposals.some(
    ({ required: lacking, params }) => lacking.length > 0 || Object.values(params).some(isOpen),
  );
  const kinds = [...new Set(proposals.map(({ kind }) => kind))].join(", ");
  return { code: open ? "declare" : "add", args: { item: item.text, kind: kinds }, proposals };
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
