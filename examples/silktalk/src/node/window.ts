/** Counts of the last seconds: what the error rate is made of. */
export interface Window {
  add(failed: boolean): void;
  /** `percent` is null while the window is empty: no messages is not the same as no errors. */
  read(): { readonly total: number; readonly failed: number; readonly percent: number | null };
}

/** A window in whole-second slots. `now` gives seconds that never step back. */
export function slidingWindow(seconds: number, now: () => number): Window {
  const slots = new Map<number, { total: number; failed: number }>();
  const drop = () => {
    for (const slot of slots.keys()) if (slot <= Math.floor(now()) - seconds) slots.delete(slot);
  };
  return {
    add(failed) {
      drop();
      const key = Math.floor(now());
      const slot = slots.get(key) ?? { total: 0, failed: 0 };
      slots.set(key, { total: slot.total + 1, failed: slot.failed + (failed ? 1 : 0) });
    },
    read() {
      drop();
      let [total, failed] = [0, 0];
      for (const slot of slots.values()) {
        total += slot.total;
        failed += slot.failed;
      }
      return { total, failed, percent: total === 0 ? null : (failed / total) * 100 };
    },
  };
}

/** Middle value; null of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
