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
  const sorted = [...numbers].toSorted((a, b) => a - b);
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
