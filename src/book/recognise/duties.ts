import type { Duty } from "../../model/duty.ts";
import { checklists } from "./checklists.ts";
import { unique } from "./duty.ts";
import { join } from "./found.ts";
import { inspections } from "./inspections.ts";
import type { Recogniser } from "./recogniser.ts";

/** All duties of a page in the order of the manual, ids unique on the page. */
export const duties: Recogniser = {
  name: "duties",
  run(page) {
    const found = join([checklists.run(page), inspections.run(page)]);
    const name = unique();
    const all = [...(found.duties ?? [])]
      .sort((a, b) => a.source.line - b.source.line)
      .map((duty) => renamed(duty, name(duty.id)));
    return { ...found, duties: all };
  },
};

const renamed = (duty: Duty, id: string): Duty =>
  id === duty.id
    ? duty
    : { ...duty, id, items: duty.items.map((item) => ({ ...item, id: id + item.id.slice(duty.id.length) })) };
