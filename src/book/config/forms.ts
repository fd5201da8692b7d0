import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { DURATION } from "./duration.ts";

/** An id: what other keys and the command line name it by. */
const ID = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;
const RELATIVE = /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\0]+$/;

/** A regular expression in Unicode mode; a broken one is told with its line, not met later as a crash. */
export function isRegex(source: string): boolean {
  try {
    return new RegExp(source, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

/** Text of a form; `example` is what findings show instead of a sentence, so that it needs no language. */
export const like = (pattern: RegExp, example: string) => z.string(example).regex(pattern, example);

export const id = like(ID, "db-1");
export const text = z.string('"…"').min(1, '"…"');
export const path = like(RELATIVE, "docs/ops.md");
export const duration = like(DURATION, "15m | 2h | 1d | 1w");
export const date = like(/^\d{4}-\d{2}-\d{2}$/, "2026-01-31").refine(isDay, "2026-01-31");
export const hour = like(/^(?:[01]\d|2[0-3]):[0-5]\d$/, '"09:00"');
/** Hours of a day, as windows and layers have them. */
export const hours = like(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/, '"22:00-06:00"');
export const zone = z.string("Asia/Shanghai").refine(isZone, "Asia/Shanghai");

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** A day that no calendar has is told with its line. */
export function isDay(given: string): boolean {
  try {
    return Temporal.PlainDate.from(given.slice(0, 10)).toString() === given.slice(0, 10);
  } catch {
    return false;
  }
}
