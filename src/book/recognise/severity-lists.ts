import type { Severity } from "../../model/tables.ts";
import type { Item, List } from "../parse/tree.ts";
import { everyItem } from "../parse/walk.ts";
import { sentTo } from "../words/channels.ts";
import { ALERT_CONTEXT, INCIDENT_CONTEXT, LEVEL_CONTEXT, RULE_LEAD, SEVERITY_CONTEXT } from "../words/contexts.ts";
import { DURATION, WORKING, secondsIn } from "../words/duration.ts";
import { fold } from "../words/matcher.ts";
import { ENUMERATES, PHRASE_END, withoutEnd } from "../words/punctuation.ts";
import type { SeverityName } from "../words/severities.ts";
import { clockOf, severityName, severityNames } from "../words/severities.ts";
import { join } from "./found.ts";
import type { Place } from "./place.ts";
import { annotated, context, finding, lists, sourceAt } from "./place.ts";
import type { Found, Recogniser } from "./recogniser.ts";
import { headOf } from "./rules.ts";
import { scaleOf, undecided } from "./scale.ts";
import { channelsIn } from "./channels.ts";
import { labelled, sentences } from "./sentences.ts";

/** A line that lists levels is short. */
const LONGEST_LINE = 120;

interface Level {
  readonly item: Item;
  readonly name: SeverityName;
  readonly definition: string;
  readonly respond?: number;
  readonly resolve?: number;
}

/** Levels as list items (`P1 (urgent): …`), and levels that one line lists (`Alert levels: critical, warning, info`). */
export const severityLists: Recogniser = {
  name: "severity-lists",
  run: (page) => join([...lists(page).map(fromList), ...sentences(page).map((sentence) => fromLine(sentence))]),
};

function fromList(place: Place<List>): Found {
  const known: Level[] = [];
  for (const item of place.node.items) {
    const level = readItem(item);
    if (level === undefined) return {};
    known.push(level);
  }
  if (known.length < 2) return {};
  const timed = known.some((level) => (level.respond ?? level.resolve) !== undefined);
  const coded = known.every((level) => level.name.code);
  const [near = "", next = ""] = context(place);
  const words = known.every((level) => /^level\b/i.test(level.name.id)) ? SEVERITY_CONTEXT : LEVEL_CONTEXT;
  const named = [near, next].some((text) => words.in(text));
  if (!named && !(coded && timed) && annotated(place, "list") !== "severities") return {};
  const scale = scaleOf(
    place,
    [],
    known.some((level) => level.resolve !== undefined),
  );
  if (scale === undefined) return { findings: [undecided(place)] };
  const routes = channelsIn(place.page);
  return {
    severities: known.map(({ item, name, definition, respond, resolve }): Severity => {
      const routed = routes.filter((route) => route.severities.includes(name.id)).map((route) => route.kind);
      return {
        id: name.id,
        definition,
        ...(respond !== undefined && { respond }),
        ...(resolve !== undefined && { resolve }),
        channels: [...new Set([...sentTo(definition), ...routed])],
        scale,
        source: sourceAt(place.page, item.line),
      };
    }),
  };
}

function readItem(item: Item): Level | undefined {
  const label = labelled({ text: item.text, item });
  const name = severityName(label?.label ?? headOf(item.text));
  if (!name) return undefined;
  // Example rules under a level are rules, not part of what the level means.
  const below = everyItem(item.children)
    .map((each) => each.text)
    .filter((text) => !RULE_LEAD.in(fold(headOf(text))));
  const definition = [name.gloss, label?.rest ?? "", ...below].filter(Boolean).join(" · ");
  return { item, name, definition, ...clocks(definition) };
}

/** Durations of a definition, clause by clause; two for one clock are none. */
function clocks(definition: string): Pick<Level, "respond" | "resolve"> {
  const found: Record<"respond" | "resolve", number[]> = { respond: [], resolve: [] };
  for (const clause of fold(definition).split(PHRASE_END)) {
    const clock = clockOf(clause);
    const durations = clause.match(new RegExp(DURATION, "g")) ?? [];
    if (clock && durations.length === 1 && !WORKING.test(clause)) found[clock].push(secondsIn(durations[0] ?? ""));
  }
  const [respond, resolve] = [found.respond, found.resolve].map((all) => (all.length === 1 ? all[0] : undefined));
  return { ...(respond !== undefined && { respond }), ...(resolve !== undefined && { resolve }) };
}

function fromLine(sentence: ReturnType<typeof sentences>[number]): Found {
  if (sentence.text.length > LONGEST_LINE || !ENUMERATES.test(sentence.text)) return {};
  const head = fold(sentence.text).split(/[(:]/)[0] ?? "";
  if (!LEVEL_CONTEXT.in(head)) return {};
  const names = severityNames(withoutEnd(sentence.text));
  if (names.length === 0) return {};
  const [alert, incident] = [ALERT_CONTEXT.in(head), INCIDENT_CONTEXT.in(head)];
  const scale = alert === incident ? scaleOf(sentence.place, [], false) : alert ? "alert" : "incident";
  const source = sourceAt(sentence.place.page, sentence.line);
  if (scale === undefined) return { findings: [finding("WB226", "warn", source, { shape: "list=severities" })] };
  return {
    severities: names.map((id): Severity => ({ id, definition: "", channels: [], scale, source })),
  };
}
