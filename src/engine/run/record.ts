import { isEnded, type RunRecord } from "../../model/run.ts";
import type { RunView } from "./core/view.ts";

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value, index) => value === other[index]);

/** The record that lists show after the entries folded so far; the same object when nothing that it shows has changed. */
export function recordOf(before: RunRecord, view: RunView, now: number): RunRecord {
  const all = view.waits;
  const waits = all.length === 0 ? [] : [...new Set(all.map(({ kind }) => kind))].toSorted();
  if (before.state === view.state && same(before.waits, waits)) return before;
  return {
    ...before,
    state: view.state,
    updated: now,
    done: view.done,
    total: view.total,
    waits,
    ...(isEnded(view.state) && { ended: now }),
  };
}
