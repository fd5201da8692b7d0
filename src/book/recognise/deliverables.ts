import type { Deliverable } from "../../model/policy.ts";
import { fold, unnumbered } from "../words/matcher.ts";
import { DELIVERABLES_HEADING } from "../words/policies.ts";
import { lists, sourceAt } from "./place.ts";
import type { Recogniser } from "./recogniser.ts";
import { labelled } from "./sentences.ts";

/** What must be handed over: a list under a heading that says deliverables; items with a list below are groups. */
export const deliverables: Recogniser = {
  name: "deliverables",
  run: (page) => ({
    deliverables: lists(page).flatMap((place): readonly Deliverable[] => {
      if (place.above.length > 0 || !DELIVERABLES_HEADING.in(fold(place.part.section.title))) return [];
      const groups = place.node.items.map((item) => {
        const below = item.children.flatMap((child) =>
          child.kind === "list" ? child.items.map((each) => each.text) : [],
        );
        const label = labelled({ text: item.text, item });
        return { title: label?.label ?? item.text, below, line: item.line };
      });
      if (groups.every(({ below }) => below.length === 0))
        return [
          {
            title: unnumbered(place.part.section.title),
            items: place.node.items.map((item) => item.text),
            source: sourceAt(page, place.node.line),
          },
        ];
      return groups.map(({ title, below, line }) => ({ title, items: below, source: sourceAt(page, line) }));
    }),
  }),
};
