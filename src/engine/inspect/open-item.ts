import { WatchbookError } from "../../model/error.ts";
import type { InspectionItem } from "../../model/inspection.ts";
import { nearest } from "../../model/nearest.ts";

const folded = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

/**
 * The open item meant by `name`: its id, its text, or a part of its text that no other open item has. Throws
 * WatchbookError ANSWER-NOT-OPEN, ANSWER-ITEM-AMBIGUOUS or ANSWER-ITEM-UNKNOWN, with the items that are open.
 */
export function findOpenItem(items: readonly InspectionItem[], name: string): InspectionItem {
  const wanted = folded(name);
  const exact = items.find(({ id }) => id === name) ?? items.find(({ text }) => folded(text) === wanted);
  if (exact?.outcome === "open") return exact;
  const open = items.filter(({ outcome }) => outcome === "open");
  const known = open.map(({ text }) => text);
  if (exact) throw new WatchbookError("ANSWER-NOT-OPEN", { item: exact.text, known });
  const within = wanted === "" ? [] : open.filter(({ text }) => folded(text).includes(wanted));
  if (within.length === 1) return within[0]!;
  if (within.length > 1)
    throw new WatchbookError("ANSWER-ITEM-AMBIGUOUS", { item: name, known: within.map(({ text }) => text) });
  throw new WatchbookError("ANSWER-ITEM-UNKNOWN", { item: name, near: nearest(name, known) ?? "", known });
}
