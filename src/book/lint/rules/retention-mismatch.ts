import type { Artefact } from "../../../model/block.ts";
import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { comparable, covers, globsOf } from "../logrotate.ts";

const PERIODS: Readonly<Record<string, number>> = { daily: 1, weekly: 7, monthly: 30 };

/** What a rotation rule keeps, in days; undefined when it does not say. */
function daysOf({ content }: Artefact): number | undefined {
  const rotate = /^[ \t]*rotate[ \t]+(\d+)/m.exec(content)?.[1];
  const period = /^[ \t]*(daily|weekly|monthly)\b/m.exec(content)?.[1];
  return rotate === undefined || period === undefined ? undefined : Number(rotate) * PERIODS[period]!;
}

/** The log table promises other days than the rotation rule keeps. */
export const retentionMismatch: LintRule = {
  codes: ["WB607"],
  run: (book) => {
    const stanzas = book.artefacts
      .filter(({ form }) => form === "logrotate")
      .map((artefact) => ({ source: artefact.source, days: daysOf(artefact), globs: globsOf(artefact.content) }));
    const locations = book.logs.map(({ location }) => location);
    const globs = stanzas.flatMap((stanza) => stanza.globs);
    if (!comparable(globs, locations)) return [];
    return stanzas.flatMap(({ source, days, globs: own }) =>
      book.logs.flatMap(({ name, location, retention, source: policy }) => {
        if (days === undefined || retention.kind !== "age" || retention.days === days) return [];
        if (!own.some((glob) => covers(glob, location))) return [];
        return [give("WB607", "error", source, { name, days, promised: retention.days, line: policy.line })];
      }),
    );
  },
};
