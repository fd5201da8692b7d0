/** Days of a month `YYYY-MM`, as `YYYY-MM-DD`. */
export function daysOf(month: string): readonly string[] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: count }, (_, day) => `${month}-${String(day + 1).padStart(2, "0")}`);
}

/** The month `by` months later. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** What one day shows: a state, and the address of what proves it. */
export interface Cell {
  readonly state: string;
  readonly href: string | null;
}

/** One line of a month: what is done again and again, with its days by `YYYY-MM-DD`. */
export interface MonthRow {
  readonly id: string;
  readonly title: string;
  readonly cells: ReadonlyMap<string, Cell>;
}
