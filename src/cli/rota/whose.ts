import type { Shift } from "../../model/rota.ts";

/** Shifts of one person that follow each other for different reasons are one to whoever reads them. */
export function whose(list: readonly Shift[]): readonly Shift[] {
  const key = ({ answer }: Shift): string => (answer.state === "on" ? answer.person : JSON.stringify(answer));
  const found: Shift[] = [];
  for (const shift of list) {
    const last = found.at(-1);
    if (last !== undefined && key(last) === key(shift)) found[found.length - 1] = { ...last, until: shift.until };
    else found.push(shift);
  }
  return found;
}
