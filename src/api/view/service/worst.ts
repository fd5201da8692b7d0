import type { Outcome } from "../../../model/states.ts";

/** Nothing that is not known is better than a warning. */
const WORST = ["pass", "warn", "unknown", "fail"] as const satisfies readonly Outcome[];

/** The worst of what is known; null: nothing is. */
export function worst(outcomes: Iterable<Outcome | null | undefined>): Outcome | null {
  let rank = -1;
  for (const one of outcomes) if (one) rank = Math.max(rank, WORST.indexOf(one));
  return WORST[rank] ?? null;
}
