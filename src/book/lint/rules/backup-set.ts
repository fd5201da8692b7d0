import type { LintRule } from "../../../model/book.ts";
import { nearest } from "../../../model/nearest.ts";
import { fold } from "../../words/matcher.ts";
import { give } from "../give.ts";

/**
 * A declared backup that names a row which no table has (WB043), a set that nothing is asked of when it is restored
 * (WB331), and a row of the manual's table that no set fulfils although the book declares sets (WB332).
 */
export const backupSet: LintRule = {
  codes: ["WB043", "WB331", "WB332"],
  run: ({ backups: policies, config: { backups } }) => {
    const rows = policies.map(({ data }) => data);
    const known = new Set(rows.map(fold));
    const taken = new Set(backups.flatMap(({ data }) => data.map(fold)));
    const unknown = backups.flatMap(({ id, data, source }) =>
      data
        .filter((name) => !known.has(fold(name)))
        .map((name) =>
          give("WB043", "error", source, {
            backup: id,
            data: name,
            nearest: nearest(name, rows) ?? (rows.join(", ") || "–"),
          }),
        ),
    );
    const unasked = backups
      .filter(({ agree, restore }) => agree.length === 0 && restore.probes.length === 0)
      .map(({ id, source }) => give("WB331", "note", source, { backup: id }));
    const untaken = policies
      .filter(({ data }) => backups.length > 0 && !taken.has(fold(data)))
      .map(({ data, source }) => give("WB332", "note", source, { data }));
    return [...unknown, ...unasked, ...untaken];
  },
};
