import { z } from "zod";
import type { Unit } from "../../../model/unit.ts";
import { search } from "../../../model/pattern.ts";
import { lookUp, pointer, pointerText } from "../answer/pointer.ts";
import { excerpt } from "../answer/text.ts";
import { Unjudged } from "../answer/unjudged.ts";
import { regex } from "./regex.ts";

/** Units that a book may name for a number. */
export const UNITS = [
  "none",
  "%",
  "seconds",
  "bytes",
  "count",
  "days",
  "bytes/day",
  "per-minute",
  "fraction",
] as const satisfies readonly Unit[];

/** Where in a text the number stands that the bands judge. */
export const figure = z
  .strictObject({
    json: pointer.optional().describe("Place in a JSON document."),
    regex: regex.optional().describe("Regular expression whose first group is the number."),
    lines: z.boolean().optional().describe("The number of lines that are not empty."),
    unit: z.enum(UNITS).default("none").describe("Unit of the number, after scaling."),
    scale: z.number().default(1).describe("Factor: 0.001 turns milliseconds into seconds, 100 a share into %."),
  })
  .refine(
    (given) => [given.json, given.regex, given.lines].filter((each) => each !== undefined).length === 1,
    "one-of",
  );

export type Figure = z.infer<typeof figure>;

/** `12`, `-3.5`, `1e3`, `45%`, `1,234.5`; throws Unjudged for anything else. */
export function toNumber(given: unknown, where: string): number {
  const text = typeof given === "number" || typeof given === "string" ? String(given).trim() : "";
  const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text.replace(/\s*%$/, "");
  const value = plain === "" ? Number.NaN : Number(plain);
  if (!Number.isFinite(value)) throw new Unjudged("unparsable", `${where}: ${excerpt(text || typeof given, 60)}`);
  return value;
}

function found(text: string, wanted: Figure, parse: () => unknown): number {
  if (wanted.json) return toNumber(lookUp(parse(), wanted.json), pointerText(wanted.json));
  if (wanted.regex === undefined) return text.split("\n").filter((line) => line.trim() !== "").length;
  const [whole, group] = search(wanted.regex, text) ?? [];
  return toNumber(group ?? whole, `/${wanted.regex}/`);
}

/** The number, scaled. `parse` gives the document when JSON is asked for. */
export const readFigure = (text: string, wanted: Figure, parse: () => unknown): number =>
  // Twelve figures: 0.1 % must not become 0.10000000000000001 by scaling.
  Number((found(text, wanted, parse) * wanted.scale).toPrecision(12));
