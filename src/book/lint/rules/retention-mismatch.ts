import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { covers, globsOf } from "../logrotate.ts";

/** The log table promises other days than the rotation rule keeps. */
export const retentionMismatch: LintRule = {
  codes: ["WB607"],
  run: (book) =>
    book.artefacts
      .filter(({ form }) => form === "logrotate")
      .flatMap(({ content, source }) => {
        const rotate = /^\s*rotate\s+(\d+)/m.exec(content)?.[1];
        const period = /^\s*(daily|weekly|monthly)\b/m.exec(content)?.[1];
        const globs = globsOf(content);
        if (rotate === undefined || period === undefined) return [];
        const days = Number(rotate) * (period === "daily" ? 1 : period === "weekly" ? 7 : 30);
        return book.logs
          .filter(
            ({ location, retention }) =>
              globs.some((glob) => covers(glob, location)) && retention.kind === "age" && retention.days !== days,
          )
          .map(({ name, retention, source: policy }) =>
            give("WB607", "error", source, {
              name,
              days,
              promised: retention.kind === "age" ? retention.days : 0,
              line: policy.line,
            }),
          );
      }),
};
