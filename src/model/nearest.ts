/**
 * Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`; gives up above `limit` and says limit + 1.
 * Optimal string alignment distance, O(a × b) for short words only.
 */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = above;
    above = row;
  }
  return Math.min(above[b.length]!, limit + 1);
}

/**
 * The candidate a mistyped word most likely meant: at most a third of its letters wrong (at least one, at most three).
 * Upper and lower case, `-` and `_` are the same. Undefined when nothing is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 64) return undefined;
  const plain = fold(word);
  let best: string | undefined;
  let least = Math.min(3, Math.max(1, Math.floor(plain.length / 3))) + 1;
  for (const candidate of candidates) {
    const far = distance(plain, fold(candidate), least - 1);
    if (far >= least) continue;
    least = far;
    best = candidate;
  }
  return best;
}

/** What a mistyped word may have meant: the nearest spelling, else the three candidates that come closest to it. */
export function likely(word: string, candidates: readonly string[]): readonly string[] {
  const near = nearest(word, candidates);
  if (near !== undefined) return [near];
  const plain = fold(word.slice(0, 64));
  const far = new Map(candidates.map((candidate) => [candidate, distance(plain, fold(candidate), 64)]));
  return candidates.toSorted((a, b) => far.get(a)! - far.get(b)!).slice(0, 3);
}

const fold = (word: string): string => word.toLowerCase().replace(/[-_\s]/g, "");
