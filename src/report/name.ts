import { Temporal } from "temporal-polyfill";

/** What a pattern's words stand for. `at`: milliseconds since the epoch; the date is that of `zone`. */
export interface NameParts {
  readonly at: number;
  readonly zone: string;
  /** For `<topic>` and the like. */
  readonly topic: string;
}

const pad = (value: number, width = 2): string => String(value).padStart(width, "0");

/** Letters and digits of any script, dots, dashes and underscores; everything else becomes a dash. */
export const slug = (text: string): string =>
  text
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")
    .replaceAll(/^[-.]+|-+$/g, "")
    .slice(0, 60) || "duty";

/**
 * A name pattern of the manual with its date and topic: `YYYYMMDD`, `YYYY-MM-DD` (and their parts, `HH` for the hour),
 * `<topic>`. `XX` stays: it is counted where the file is made.
 */
export function fill(pattern: string, parts: NameParts): string {
  const at = Temporal.Instant.fromEpochMilliseconds(parts.at).toZonedDateTimeISO(parts.zone);
  const [year, month, day] = [pad(at.year, 4), pad(at.month), pad(at.day)];
  return pattern
    .replaceAll(/<[^<>/]*>|\{[^{}/]*\}/g, slug(parts.topic))
    .replaceAll(/YYYY(.?)MM\1DD/g, (_, gap: string) => `${year}${gap}${month}${gap}${day}`)
    .replaceAll(/YYYY(.?)MM(?![A-Za-z])/g, (_, gap: string) => `${year}${gap}${month}`)
    .replaceAll(/YYYY(?![A-Za-z])/g, year)
    .replaceAll(/(?<![A-Za-z])HH(?![A-Za-z])/g, pad(at.hour));
}

/** Where `XX` stands in a file name, as a number from 1 in two digits or more. */
export const numbered = (name: string, number: number): string =>
  name.replace(/(?<![A-Za-z])XX(?![A-Za-z])/, pad(number));
export const isNumbered = (name: string): boolean => numbered(name, 1) !== name;
