import { basename } from "node:path/posix";
import type { LintRule } from "../../../model/book.ts";
import { CHECK_SCRIPT } from "../../words/lint.ts";
import { give } from "../give.ts";

/** A health-check or backup script that no timer, crontab or text of the manual starts (S-096). */
export const unscheduledScript: LintRule = {
  codes: ["WB306"],
  run: (book, { texts }) =>
    book.artefacts
      .filter(({ form, path }) => form === "script" && CHECK_SCRIPT.test(basename(path)))
      .filter(({ path, block }) => {
        const own = book.blocks[block];
        return ![...texts].some(([file, text]) =>
          text
            .split("\n")
            .some(
              (line, index) =>
                line.includes(basename(path)) &&
                !(own && file === own.source.file && index + 1 >= own.source.line && index + 1 <= own.end),
            ),
        );
      })
      .map(({ path, source }) => give("WB306", "warn", source, { path })),
};
