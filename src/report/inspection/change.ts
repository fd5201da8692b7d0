import type { Reading } from "../../model/check.ts";
import type { Inspection, InspectionItem } from "../../model/inspection.ts";
import type { Outcome } from "../../model/states.ts";
import type { Unit } from "../../model/unit.ts";

/** What is different from the run that a report compares with. */
export type ReadingChange =
  /** There is nothing to compare with. */
  | { readonly kind: "first" }
  /** The run before did not have this check. */
  | { readonly kind: "new" }
  | {
      readonly kind: "compared";
      /** Outcome before, when it was another. */
      readonly outcome?: Outcome;
      /** Value before and how far it moved, when both runs have a value in the same unit. */
      readonly before?: number;
      readonly delta?: number;
      readonly unit?: Unit;
    };

export function readingChange(reading: Reading, previous: Inspection | undefined): ReadingChange {
  if (!previous) return { kind: "first" };
  const before = previous.items
    .flatMap((item) => item.readings)
    .find((one) => one.check === reading.check && one.target === reading.target);
  if (!before) return { kind: "new" };
  const outcome = before.outcome === reading.outcome ? {} : { outcome: before.outcome };
  if (reading.value === undefined || before.value === undefined || reading.unit !== before.unit)
    return { kind: "compared", ...outcome };
  const unit = reading.unit === undefined ? {} : { unit: reading.unit };
  return { kind: "compared", ...outcome, before: before.value, delta: reading.value - before.value, ...unit };
}

/** Outcome of the same item in the run before, when it was another; null when that run did not have it. */
export function itemChange(
  item: InspectionItem,
  previous: Inspection | undefined,
): InspectionItem["outcome"] | null | undefined {
  if (!previous) return undefined;
  const before = previous.items.find((one) => one.id === item.id);
  if (!before) return null;
  return before.outcome === item.outcome ? undefined : before.outcome;
}
