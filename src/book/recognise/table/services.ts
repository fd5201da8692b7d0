import type { Service } from "../../../model/policy.ts";
import { environmentWord } from "../../words/environments.ts";
import { SERVICE_HEADERS as H } from "../../words/headers.ts";
import { splitPlaces } from "../../words/places.ts";
import { sourceAt } from "../place.ts";
import { serviceId } from "../service.ts";
import type { Sheet, TableRow, TableRule } from "./sheet.ts";
import { perHeader, columnsOf, filled, textAt } from "./sheet.ts";

const columns = perHeader((header) =>
  columnsOf(header, [
    ["service", H.service],
    ["owner", H.owner],
    ["needs", H.needs],
    ["environments", H.environments],
    ["tier", H.tier],
    ["purpose", H.purpose],
  ]),
);

/** Service × owner, needs, tier …: two of these beside the first column, or a table of ports would be one. */
export const services: TableRule = {
  kind: "services",
  fits: (sheet) => columns(sheet).service === 0 && sheet.header.length >= 2,
  matches(sheet) {
    const { service, owner, needs, environments, tier, purpose } = columns(sheet);
    const telling = [owner, needs, tier].filter((column) => column !== undefined).length;
    const more = [environments, purpose].filter((column) => column !== undefined).length;
    return service === 0 && telling > 0 && telling + more >= 2 && filled(sheet).length > 0;
  },
  read: (sheet) => ({ services: filled(sheet).map((row) => readRow(sheet, row)) }),
};

function readRow(sheet: Sheet, row: TableRow): Service {
  const at = columns(sheet);
  const [title, owner, purpose] = [textAt(row, 0), textAt(row, at.owner), textAt(row, at.purpose)];
  return {
    id: serviceId(title),
    title,
    ...(purpose !== "" && { purpose }),
    ...(owner !== "" && { owner }),
    environments: splitPlaces(textAt(row, at.environments)).flatMap((name) => environmentWord(name)?.id ?? []),
    needs: splitPlaces(textAt(row, at.needs)),
    posture: { availability: "single", automation: "assist", unstated: ["availability", "automation"] },
    source: sourceAt(sheet.place.page, row.line),
  };
}
