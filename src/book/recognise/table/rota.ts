import { CONTACT_CONTEXT } from "../../words/contexts.ts";
import { ROTA_HEADERS as H } from "../../words/headers.ts";
import { context, finding, sourceAt } from "../place.ts";
import type { TableRule } from "./sheet.ts";
import { perHeader, columnsOf, filled } from "./sheet.ts";

const columns = perHeader((header) =>
  columnsOf(header, [
    ["who", H.who],
    ["when", H.when],
  ]),
);

/** Dates or shifts × who is on call. Names alone cannot be reached: the rota that counts stands in watchbook.yaml. */
export const rota: TableRule = {
  kind: "rota",
  fits: (sheet) => {
    const { when, who } = columns(sheet);
    return when !== undefined && who !== undefined;
  },
  matches: (sheet) =>
    rota.fits(sheet) && filled(sheet).length > 0 && context(sheet.place).some((text) => CONTACT_CONTEXT.in(text)),
  read: ({ place }) =>
    place.page.config.rota.length > 0
      ? {}
      : { findings: [finding("WB243", "note", sourceAt(place.page, place.node.line), {})] },
};
