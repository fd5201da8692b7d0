import type { Found } from "./recogniser.ts";

/** Joins what several rules found; lists keep their order. */
export function join(found: readonly Found[]): Found {
  const all: Record<string, unknown[]> = {};
  for (const each of found)
    for (const key in each) for (const one of each[key as keyof Found] ?? []) (all[key] ??= []).push(one);
  return all;
}

export const NOTHING_FOUND: Found = {};
