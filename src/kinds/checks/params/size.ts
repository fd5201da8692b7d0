import { z } from "zod";

const FACTOR: Readonly<Record<string, number>> = { "": 1, K: 1, M: 2, G: 3, T: 4 };
const FORM = /^(\d+(?:\.\d+)?)\s*([KMGT]?)(i?)B?$/i;

/** Bytes: a number, or `512 KB`, `20 MB` (powers of 1000), `2 GiB` (powers of 1024). */
export const size = z.union([z.number().nonnegative(), z.string().regex(FORM, "size")]).transform((given) => {
  if (typeof given === "number") return given;
  const [, amount, letter = "", binary] = FORM.exec(given)!;
  if (letter === "") return Number(amount);
  return Number(amount) * (binary ? 1_024 : 1_000) ** FACTOR[letter.toUpperCase()]!;
});

/** `812 B`, `1.4 GB`: three figures, powers of 1000, for sentences. */
export function sizeText(bytes: number): string {
  const power = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(bytes))) / 3)));
  return `${Number((bytes / 1_000 ** power).toPrecision(3))} ${["B", "KB", "MB", "GB", "TB"][power]}`;
}
