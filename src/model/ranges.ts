/** A set of whole numbers from 1 as a short text: `1-9,11`. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** Undefined for what is no such text. */
export function rangesIn(text: string): Ranges | undefined {
  if (text === "") return [];
  const found: (readonly [number, number])[] = [];
  for (const part of text.split(",")) {
    const [, from, to = from] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(part) ?? [];
    if (from === undefined || Number(to) < Number(from)) return undefined;
    found.push([Number(from), Number(to)]);
  }
  return found.toSorted((a, b) => a[0] - b[0]);
}

/** The text of some numbers; each once, in any order. */
export function rangesText(numbers: Iterable<number>): string {
  const sorted = [...new Set(numbers)].toSorted((a, b) => a - b);
  const parts: string[] = [];
  for (let at = 0; at < sorted.length;) {
    let end = at;
    while (sorted[end + 1] === sorted[end]! + 1) end += 1;
    parts.push(at === end ? String(sorted[at]) : `${sorted[at]}-${sorted[end]}`);
    at = end + 1;
  }
  return parts.join(",");
}

/** Whether a number is in it. */
export function includes(ranges: Ranges, number: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = ranges[middle]!;
    if (number < from) high = middle - 1;
    else if (number > to) low = middle + 1;
    else return true;
  }
  return false;
}

export const sizeOf = (ranges: Ranges): number => ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);

/** The text of a set; what touches or overlaps in it is put together. */
export function textOfRanges(ranges: Ranges): string {
  const joined: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(",");
}

/** In order, and with a gap between each and the next: then no number is there twice, and there is one text for a set. */
export const isPlain = (ranges: Ranges): boolean =>
  ranges.every(([from], index) => from > (ranges[index - 1]?.[1] ?? -1) + 1);

/** Those of `ranges` that are not in `others`. Both are plain; no number is looked at by itself. */
export function without(ranges: Ranges, others: Ranges): Ranges {
  const left: (readonly [number, number])[] = [];
  let other = 0;
  for (const [from, to] of ranges) {
    let next = from;
    while (other < others.length && others[other]![1] < next) other += 1;
    for (let at = other; at < others.length && others[at]![0] <= to; at += 1) {
      const [start, end] = others[at]!;
      if (start > next) left.push([next, start - 1]);
      next = end + 1;
    }
    if (next <= to) left.push([next, to]);
  }
  return left;
}
