import { CONTACT_CONTEXT } from "../../words/contexts.ts";
import { CONTACT_HEADERS as H } from "../../words/headers.ts";
import { REACHABLE } from "../../words/places.ts";
import { context, sourceAt } from "../place.ts";
import type { TableRule } from "./sheet.ts";
import { perHeader, columnsOf, filled, textAt } from "./sheet.ts";

const columns = perHeader((header) =>
  columnsOf(header, [
    ["contact", H.contact],
    ["role", H.role],
    ["name", H.name],
    ["duty", H.duty],
  ]),
);

/** Role or person × how to reach them. Cells must be addresses. Without a role and its duty, or
 * a header that says contact, the heading must: a list of authors with their mail is none. */
export const contacts: TableRule = {
  kind: "contacts",
  fits: (sheet) => {
    const { contact, role, name } = columns(sheet);
    return contact !== undefined && (role !== undefined || name !== undefined);
  },
  matches(sheet) {
    if (!contacts.fits(sheet)) return false;
    const { contact, role, duty } = columns(sheet);
    const told = role !== undefined && (duty !== undefined || H.address.in(sheet.header[contact ?? 0] ?? ""));
    if (!told && !context(sheet.place).some((text) => CONTACT_CONTEXT.in(text))) return false;
    return filled(sheet).some((row) => REACHABLE.test(textAt(row, contact)));
  },
  read(sheet) {
    const { contact, role, name, duty } = columns(sheet);
    return {
      contacts: filled(sheet).map((row) => ({
        role: [textAt(row, role), textAt(row, name)].filter(Boolean).join(" · "),
        contact: textAt(row, contact),
        duty: textAt(row, duty),
        source: sourceAt(sheet.place.page, row.line),
      })),
    };
  },
};
