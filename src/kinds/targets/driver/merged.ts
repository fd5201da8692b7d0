import type { Desired } from "../../../model/driver.ts";

/** Several wishes for one thing as one: what is said later wins. */
export function merged(desired: readonly Desired[]): readonly Desired[] {
  const byName = new Map<string, Desired>();
  for (const wish of desired) byName.set(wish.name, { ...byName.get(wish.name), ...wish });
  return [...byName.values()];
}
