import { environmentWord } from "../../words/environments.ts";
import { ENVIRONMENT_HEADERS as H } from "../../words/headers.ts";
import type { Named } from "../environment.ts";
import { inOrder } from "../environment.ts";
import { sourceAt } from "../place.ts";
import type { TableRule } from "./sheet.ts";
import { perHeader, columnsOf, filled, textAt } from "./sheet.ts";

const columns = perHeader((header) =>
  columnsOf(header, [
    ["environment", H.environment],
    ["definition", H.definition],
  ]),
);

/** Environment × what it is for. Half of the rows, two at least, must be words for environments. */
export const environments: TableRule = {
  kind: "environments",
  fits: (sheet) => columns(sheet).environment === 0 && sheet.header.length >= 2,
  matches(sheet) {
    if (!environments.fits(sheet)) return false;
    const rows = filled(sheet);
    const known = rows.filter((row) => environmentWord(textAt(row, 0)) !== undefined).length;
    return known >= 2 && known * 2 >= rows.length;
  },
  read(sheet) {
    const { definition } = columns(sheet);
    const named = filled(sheet).map((row): Named => {
      const text = textAt(row, definition);
      return {
        name: textAt(row, 0),
        source: sourceAt(sheet.place.page, row.line),
        ...(text !== "" && { definition: text }),
      };
    });
    return { environments: inOrder(named) };
  },
};
