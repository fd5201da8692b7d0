import type { Duty } from "../../model/duty.ts";
import { checklists } from "./checklists.ts";
import { unique } from "./duty.ts";
import { join } from "./found.ts";
import { inspections } from "./inspections.ts";
import { lists } from "./place.ts";
import type { Recogniser } from "./recogniser.ts";
import { unreadDuties } from "./unread-duties.ts";

/** All duties of a page in the order of the manual, ids unique on the page. */
export const duties: Recogniser = {
  name: "duties",
  run(page) {
    const found = join([checklists.run(page), inspections.run(page)]);
    const name = unique();
    const all = [...(found.duties ?? [])]
      .sort((a, b) => a.source.line - b.source.line)
      .map((duty) => renamed(duty, name(duty.id)));
    const lines = new Set([...all, ...(found.findings ?? [])].map(({ source }) => source.line));
    const read = new Set(lists(page).flatMap(({ part, node }) => (lines.has(node.line) ? part : [])));
    return { ...found, duties: all, findings: [...(found.findings ?? []), ...unreadDuties(page, read)] };
  },
};

const renamed = (duty: Duty, id: string): Duty =>
  id === duty.id
    ? duty
    : { ...duty, id, items: duty.items.map((item) => ({ ...item, id: id + item.id.slice(duty.id.length) })) };
