import type { IncidentShown } from "../../../src/api/contract.ts";

export const FILTERS = ["all", "people", "machine", "pinned"] as const;
export type Filter = (typeof FILTERS)[number];
type Entry = IncidentShown["timeline"][number];

/** Lines that fit, pinned ones first, then the newest first. Pure. */
export function byFilter(timeline: readonly Entry[], filter: Filter): readonly Entry[] {
  const fits = ({ by, pinned }: Entry): boolean =>
    filter === "all" || (filter === "pinned" ? pinned === true : (filter === "people") === (by !== undefined));
  const found = timeline.filter(fits).toReversed();
  return [...found.filter(({ pinned }) => pinned), ...found.filter(({ pinned }) => !pinned)];
}
