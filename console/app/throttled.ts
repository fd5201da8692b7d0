/**
 * Gathers names and gives them on: the first at once, what comes within `gap` milliseconds after that together at its end.
 */
export function throttled(gap: number, give: (names: ReadonlySet<string>) => void): (name: string) => void {
  let names = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    if (names.size === 0) return;
    const gathered = names;
    names = new Set();
    timer = setTimeout(flush, gap);
    give(gathered);
  };
  return (name) => {
    names.add(name);
    // At the end of this turn: names of one event go together.
    if (timer === undefined) timer = setTimeout(flush, 0);
  };
}
