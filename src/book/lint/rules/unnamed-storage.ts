import type { LintRule } from "../../../model/book.ts";
import { UNNAMED_STORAGE } from "../../words/lint.ts";
import { give } from "../give.ts";

/** "Secure storage" is a quality, not a place: at night nobody finds the key (S-095). */
export const unnamedStorage: LintRule = {
  codes: ["WB609"],
  run: (book) =>
    book.backups
      .filter(({ shown }) => UNNAMED_STORAGE.test(shown.location.trim()))
      .map(({ data, shown, source }) => give("WB609", "warn", source, { data, location: shown.location })),
};
