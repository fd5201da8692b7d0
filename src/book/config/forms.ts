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
