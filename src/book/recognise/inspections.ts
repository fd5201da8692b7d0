import type { Duty } from "../../model/duty.ts";
import type { Finding } from "../../model/finding.ts";
import type { List } from "../parse/tree.ts";
import { INSPECTION, STEP_LABEL } from "../words/contexts.ts";
import { fold } from "../words/matcher.ts";
import { detailsOf, dueOf, idOf, isLater, itemsOf, titleOf } from "./duty.ts";
import { join } from "./found.ts";
import type { Place } from "./place.ts";
import { annotated, finding, lists, sourceAt } from "./place.ts";
import type { Found, Recogniser } from "./recogniser.ts";

/**
 * Inspections: an ordered list of what to look at, under a heading that says inspection (Daily inspection). Commands in
 * the same section are never paired with the items: equal number proves nothing.
 */
export const inspections: Recogniser = {
  name: "inspections",
  run(page) {
    return join(lists(page).map(fromList));
  },
};

function fromList(place: Place<List>): Found {
  if (place.above.length > 0 || place.node.items.some((item) => item.checked !== undefined)) return {};
  if (annotated(place, "ignore") !== undefined) return {};
  const heading = INSPECTION.in(fold(place.part.section.title));
  const label = STEP_LABEL.in(fold(place.label));
  if (!heading && !label) return {};
  const due = dueOf(place);
  if (!label && due.kind === "none") return {};
  const title = titleOf(place);
  const source = sourceAt(place.page, place.node.line);
  if (isLater(place)) return { findings: [finding("WB215", "note", source, { title })] };
  if (!place.node.ordered && !label) return { findings: [finding("WB214", "note", source, { title })] };
  // Steps with commands of their own are a procedure; those are read elsewhere.
  if (place.node.items.some((item) => item.children.some((child) => child.kind === "fence"))) return {};
  const id = annotated(place, "duty") ?? idOf(title);
  const duty: Duty = {
    id,
    title,
    source,
    kind: "inspection",
    ...(due.kind === "one" && { every: due.every }),
    items: itemsOf(place, id, place.node.items),
    ...detailsOf(place),
  };
  return { duties: [duty], findings: findingsOf(place, duty, due) };
}

function findingsOf(place: Place<List>, duty: Duty, due: ReturnType<typeof dueOf>): readonly Finding[] {
  const { source, title } = duty;
  const findings: Finding[] = [];
  if (due.kind === "none" || due.kind === "occasion") findings.push(finding("WB210", "warn", source, { title }));
  if (due.kind === "unclear") findings.push(finding("WB211", "warn", source, { title, candidates: due.candidates }));
  const fences = place.part.nodes.filter((node) => node.kind === "fence");
  const commands = fences.flatMap((fence) => fence.text.split("\n").filter((line) => /^\s*[^#\s]/.test(line))).length;
  const [first] = duty.items;
  if (commands > 0 && first)
    findings.push(
      finding("WB213", "warn", sourceAt(place.page, fences[0]?.line ?? source.line), {
        title,
        items: duty.items.length,
        commands,
        item: first.text,
      }),
    );
  return findings;
}
