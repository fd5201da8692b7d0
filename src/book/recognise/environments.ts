import type { Fence, List } from "../parse/tree.ts";
import { ENVIRONMENT_CONTEXT } from "../words/contexts.ts";
import {
  environmentPhrases,
  environmentWord,
  filedEnvironments,
  joinedEnvironments,
  saysEnvironment,
} from "../words/environments.ts";
import { fold } from "../words/matcher.ts";
import type { Named } from "./environment.ts";
import { inOrder } from "./environment.ts";
import { context, lists, places, sourceAt, tables } from "./place.ts";
import type { Place } from "./place.ts";
import type { Page, Recogniser } from "./recogniser.ts";
import { environments as rule } from "./table/environments.ts";
import { sheetOf } from "./table/sheet.ts";
import { labelled, sentences } from "./sentences.ts";

/**
 * Environments where the manual names them beyond doubt: a list of them under an environment heading, names joined by
 * slashes, phrases with the word environment in a diagram. Two at least; one word alone is only a mention.
 */
export const environments: Recogniser = {
  name: "environments",
  run(page) {
    // A table says it best, then a list; prose and diagrams only count where neither stands.
    if (tables(page).some((place) => rule.matches(sheetOf(place)))) return {};
    const listed = lists(page).flatMap(fromList);
    const named = listed.length > 0 ? listed : [...fromProse(page), ...fromDiagrams(page)];
    return { environments: inOrder(named.length > 0 ? named : fromPaths(page)) };
  },
};

/** Files in a folder of environments that commands and text name, where nothing else says which there are. */
function fromPaths(page: Page): readonly Named[] {
  if (!/\/(?<=(?:environments|envs)\/)/i.test(page.text)) return [];
  const named = page.text
    .split("\n")
    .flatMap((line, index) =>
      filedEnvironments(line.slice(0, LONGEST_LINE)).map((name) => ({ name, source: sourceAt(page, index + 1) })),
    );
  const different = new Set(named.map(({ name }) => name));
  const known = [...different].some((name) => environmentWord(name) !== undefined);
  return different.size >= 2 && different.size <= MOST && known ? named : [];
}

/** Enough of a line of commands. */
const LONGEST_LINE = 1_000;

/** Enough of a line of a flow chart. */
const LONGEST_NODE = 400;

/** No one runs more; a longer list is something else. */
const MOST = 20;

function fromList(place: Place<List>): readonly Named[] {
  if (place.node.items.length > MOST) return [];
  const [near = "", next = ""] = context(place);
  if (![near, next].some((text) => ENVIRONMENT_CONTEXT.in(text))) return [];
  const named = place.node.items.map((item): (Named & { known: boolean }) | undefined => {
    const label = labelled({ text: item.text, item });
    const name = (label?.label ?? item.text).trim();
    const known = environmentWord(name) !== undefined;
    if (!known && !saysEnvironment(name)) return undefined;
    const below = item.children.flatMap((child) => (child.kind === "list" ? child.items.map((each) => each.text) : []));
    const definition = [label?.rest ?? "", ...below].filter(Boolean).join("; ");
    const source = sourceAt(place.page, item.line);
    return { name, known, source, ...(definition !== "" && { definition }) };
  });
  const all = named.filter((each) => each !== undefined);
  if (all.length !== named.length || all.filter((each) => each.known).length < 2) return [];
  return all.map(({ name, definition, source }) => ({ name, source, ...(definition !== undefined && { definition }) }));
}

/** `Sandbox / Staging / Prod`: three joined, or two under an environment heading. */
function fromProse(page: Page): readonly Named[] {
  return sentences(page).flatMap((sentence) => {
    const joined = joinedEnvironments(sentence.text);
    if (joined.length === 0) return [];
    const under = ENVIRONMENT_CONTEXT.in(fold(sentence.place.part.section.title));
    const enough = joined.filter((names) => names.length >= (under ? 2 : 3));
    return enough.flat().map((name) => ({ name, source: sourceAt(page, sentence.line) }));
  });
}

function fromDiagrams(page: Page): readonly Named[] {
  return places(page)
    .map((place) => place.node)
    .filter((node): node is Fence => node.kind === "fence" && fold(node.info).startsWith("mermaid"))
    .flatMap((fence) => {
      const named = fence.text.split("\n").flatMap((line, index) =>
        environmentPhrases(line.slice(0, LONGEST_NODE).replace(/<[^<>]*>/g, "")).map((name) => ({
          name: name.trim(),
          source: sourceAt(page, fence.first + index),
        })),
      );
      const ids = new Set(named.map(({ name }) => environmentWord(name)?.id));
      return ids.size >= 2 ? named : [];
    });
}
