import { WatchbookError } from "../../model/error.ts";
import { nearest } from "../../model/nearest.ts";
import type { Source } from "../../model/source.ts";

/** A list for a sentence: the first dozen names. */
const listed = (names: readonly string[]): string =>
  names.length === 0 ? "–" : names.slice(0, 12).join(", ") + (names.length > 12 ? ", …" : "");

/** The name that was probably meant, else all there are. */
export const nearestOf = (name: string, known: readonly string[]): string => nearest(name, known) ?? listed(known);

/** A name that the book does not have: error `code` with what is nearest. */
export const unknownName = (
  code: string,
  name: string,
  known: readonly string[],
  more: Readonly<Record<string, string | number>> = {},
  source?: Source,
): WatchbookError =>
  new WatchbookError(code, { name, nearest: nearestOf(name, known), ...more }, source ? { source } : {});
