import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { shellLines } from "../lines.ts";

const PIPED = /\b(?:curl|wget)\b[^|;]*\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b/;
const UNCHECKED = /\bcurl\s+(?:[^|;]*\s)?(?:-\w*k\w*|--insecure)\b|\bwget\s+[^|;]*--no-check-certificate/;
/** Stands in whatever one of the three finds. */
const SIGN = /curl|wget|chmod/;
const OPEN = /\bchmod\s+(?:-R\s+)?0?777\b/;

/** Unread code from the network, unchecked certificates and files open to everybody. */
export const unsafeFetch: LintRule = {
  codes: ["WB713", "WB714", "WB715"],
  run: (book) =>
    shellLines(book).flatMap(({ text, source }) => {
      if (!SIGN.test(text)) return [];
      const args = { command: text.trim() };
      return [
        ...(PIPED.test(text) ? [give("WB713", "warn", source, args)] : []),
        ...(UNCHECKED.test(text) ? [give("WB714", "warn", source, args)] : []),
        ...(OPEN.test(text) ? [give("WB715", "warn", source, args)] : []),
      ];
    }),
};
