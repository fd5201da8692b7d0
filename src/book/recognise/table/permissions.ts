import type { Permission } from "../../../model/tables.ts";
import { fold } from "../../words/matcher.ts";
import { isEndless, isMode, lastDateIn, PERMISSION_CONTEXT, PERMISSION_HEADERS as H } from "../../words/permissions.ts";
import { context, sourceAt } from "../place.ts";
import type { TableRule } from "./sheet.ts";
import { perHeader, columnsOf, filled, textAt } from "./sheet.ts";

const columns = perHeader((header) =>
  columnsOf(header, [
    ["until", H.until],
    ["rights", H.rights],
    ["who", H.who],
    ["object", H.object],
  ]),
);

/** Its last day, or what is written where that is no date. */
function untilOf(text: string): Pick<Permission, "until" | "ends"> {
  if (isEndless(fold(text))) return {};
  const until = lastDateIn(text);
  return until === undefined ? { ends: text } : { until };
}

/**
 * Person or role × object × rights × until when. Without an end the heading must say that people are granted something: a
 * table of roles describes a program. A list of files and their modes is none.
 */
export const permissions: TableRule = {
  kind: "permissions",
  fits: (sheet) => {
    const { who, rights } = columns(sheet);
    return who !== undefined && rights !== undefined;
  },
  matches(sheet) {
    const { object, rights, until } = columns(sheet);
    if (!permissions.fits(sheet) || object === undefined) return false;
    if (until === undefined && !context(sheet.place).some((text) => PERMISSION_CONTEXT.in(text))) return false;
    const rows = filled(sheet);
    return rows.length > 0 && rows.every((row) => textAt(row, rights) !== "" && !isMode(textAt(row, rights)));
  },
  read(sheet) {
    const { who, object, rights, until } = columns(sheet);
    return {
      permissions: filled(sheet).map((row) => ({
        who: textAt(row, who),
        object: textAt(row, object),
        rights: textAt(row, rights),
        ...untilOf(textAt(row, until)),
        source: sourceAt(sheet.place.page, row.line),
      })),
    };
  },
};
