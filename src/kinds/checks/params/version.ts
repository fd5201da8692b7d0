import { z } from "zod";

/** `15.20`, `2.40.0`: numbers between dots; what follows a `-`, `+` or `~` is another matter. */
export const version = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((given) => /^\d+(?:\.\d+)*(?:[-+~].*)?$/.test(given), "version");

const numbers = (given: string): readonly number[] =>
  given
    .replace(/[-+~].*/, "")
    .split(".")
    .map(Number);

/** Whether `found` is `wanted` or newer, number by number; one that is missing is 0. */
export function atLeast(found: string, wanted: string): boolean {
  const [a, b] = [numbers(found), numbers(wanted)];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [mine, theirs] = [a[at] ?? 0, b[at] ?? 0];
    if (mine !== theirs) return mine > theirs;
  }
  return true;
}
