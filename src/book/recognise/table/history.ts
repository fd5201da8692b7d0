import { HISTORY_CONTEXT } from "../../words/contexts.ts";
import { HISTORY_HEADERS as H } from "../../words/headers.ts";
import { DATE } from "../../words/places.ts";
import { context, sourceAt } from "../place.ts";
import type { TableRule } from "./sheet.ts";
import { perHeader, columnsOf, filled, textAt } from "./sheet.ts";

const columns = perHeader((header) =>
  columnsOf(header, [
    ["version", H.version],
    ["date", H.date],
    ["author", H.author],
    ["change", H.change],
  ]),
);

/**
 * History of the document: version × date × author × change. With a column missing the heading must say history; a column
 * of product data (end of life, download) makes it something else.
 */
export const history: TableRule = {
  kind: "history",
  fits: (sheet) => {
    const { version, date, change } = columns(sheet);
    return date !== undefined && (version !== undefined || change !== undefined);
  },
  matches(sheet) {
    if (!history.fits(sheet) || sheet.header.some((text) => H.product.in(text))) return false;
    const { version, date, author, change } = columns(sheet);
    const whole = version !== undefined && author !== undefined && change !== undefined;
    if (!whole && !context(sheet.place).some((text) => HISTORY_CONTEXT.in(text))) return false;
    return filled(sheet).some((row) => DATE.test(textAt(row, date)));
  },
  read(sheet) {
    const { version, date, author, change } = columns(sheet);
    return {
      history: filled(sheet).map((row) => ({
        version: textAt(row, version),
        date: textAt(row, date),
        author: textAt(row, author),
        change: textAt(row, change),
        source: sourceAt(sheet.place.page, row.line),
      })),
    };
  },
};
