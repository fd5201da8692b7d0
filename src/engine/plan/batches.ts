import type { BatchSize } from "../../model/runbook-spec.ts";

/** One target first, then the rest. */
export const ONE_FIRST: readonly BatchSize[] = [{ count: 1 }, { part: 1 }];

/**
 * Names of targets cut into batches of these sizes; the last size is repeated until no target is left. A part is one of
 * all targets, rounded up, at least one. No target is in two batches.
 */
export function batchesOf(names: readonly string[], sizes: readonly BatchSize[]): readonly (readonly string[])[] {
  const batches: (readonly string[])[] = [];
  let at = 0;
  for (let index = 0; at < names.length; index++) {
    const size = sizes[Math.min(index, sizes.length - 1)] ?? { part: 1 };
    // A tenth of thirty is three, not four: what binary fractions leave over is no target.
    const count = "count" in size ? size.count : Math.ceil(names.length * size.part - 1e-9);
    const next = at + Math.max(1, count);
    batches.push(names.slice(at, next));
    at = next;
  }
  return batches;
}
