import type { Duty } from "../../model/duty.ts";
import type { Finding } from "../../model/finding.ts";
import type { List } from "../parse/tree.ts";
import { CHECKLIST, CHECKLIST_TITLE, PROJECT_CONTEXT } from "../words/contexts.ts";
import { detailsOf, dueOf, idOf, isLater, itemsOf, titleOf } from "./duty.ts";
import { join } from "./found.ts";
import type { Place } from "./place.ts";
import { annotated, context, finding, lists, sourceAt } from "./place.ts";
import type { Found, Recogniser } from "./recogniser.ts";

/**
 * Duties that are task lists (`- [ ]`) under a heading or label with a frequency. Without one the list stays a manual
 * checklist; lists that track a project (roadmap, to do, action items) and forms of templates and reports are none.
 */
export const checklists: Recogniser = {
  name: "checklists",
  run(page) {
    return join(lists(page).map(fromList));
  },
};

function fromList(place: Place<List>): Found {
  const items = place.node.items.filter((item) => item.checked !== undefined);
  // Boxes that are all ticked are the record of what was done once.
  if (items.every((item) => item.checked) || annotated(place, "ignore") !== undefined) return {};
  // Boxes inside a box are its parts; the outer list is the duty.
  if (place.inTask) return {};
  const due = dueOf(place);
  if (!wanted(place, due.kind !== "none")) return {};
  const title = titleOf(place);
  const source = sourceAt(place.page, place.node.line);
  if (isLater(place)) return { findings: [finding("WB215", "note", source, { title })] };
  const id = annotated(place, "duty") ?? idOf(title);
  const duty: Duty = {
    id,
    title,
    source,
    kind: "checklist",
    ...(due.kind === "one" && { every: due.every }),
    items: itemsOf(place, id, items),
    ...detailsOf(place),
  };
  const findings: Finding[] = [];
  if (due.kind === "none" || due.kind === "occasion") findings.push(finding("WB210", "warn", source, { title }));
  if (due.kind === "unclear") findings.push(finding("WB211", "warn", source, { title, candidates: due.candidates }));
  return { duties: [duty], findings };
}

/** A frequency makes it a duty; without one the words around must speak of checks. Projects and forms are none. */
function wanted(place: Place<List>, frequent: boolean): boolean {
  if (annotated(place, "duty") !== undefined || annotated(place, "every") !== undefined) return true;
  const near = context(place);
  const { kind } = place.page.document;
  if (frequent) return kind !== "report";
  if (kind === "template" || kind === "report") return false;
  if (near.slice(0, 2).some((text) => PROJECT_CONTEXT.in(text))) return false;
  return near.some((text, distance) => (distance < 2 ? CHECKLIST : CHECKLIST_TITLE).in(text));
}
