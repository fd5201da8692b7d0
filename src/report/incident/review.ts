import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { clocksNow, type ClockNow } from "../../model/incident-clocks.ts";
import type { Incident } from "../../model/incident.ts";
import type { Lang } from "../../model/lang.ts";
import type { RunRecord } from "../../model/run.ts";
import { markdown } from "../escape.ts";
import { momentSay } from "../inspection/say.ts";
import { entrySay } from "./entry.ts";

/** What a review is filled in from. */
export interface ReviewFacts {
  readonly incident: Incident;
  readonly clocks: readonly ClockNow[];
  /** Those that the incident names, as far as they are on record. */
  readonly runs: readonly RunRecord[];
  readonly lang: Lang;
  readonly zone: string;
}

/** What lies between these lines is written anew; what follows is the authors'. */
const BEGIN = "<!-- watchbook: facts begin -->";
const END = "<!-- watchbook: facts end -->";

const minutes = (ms: number): number => Math.round(ms / 60_000);

function rowsOf(facts: ReviewFacts): readonly (readonly [string, string])[] {
  const { incident: one, clocks, runs, lang, zone } = facts;
  const { review: words, clocks: names, clockStates } = texts(lang).incidents;
  const { states } = texts(lang).runs;
  const time = (at: number | undefined): string => (at === undefined ? words.never : `${momentSay(at, zone)} ${zone}`);
  const span = (from: number, to: number | undefined): string =>
    to === undefined ? words.never : format(words.minutes, { minutes: minutes(to - from) });
  const { since, acknowledged, resolved, pauses } = one.clocks;
  const holders = Object.entries(one.roles).map(([role, person]) => `${role} ${person}`);
  const { kind, ...origin } = one.origin;
  const said = runs.map(({ id, title, environment, by, state }) =>
    format(words.run, { id, title, environment, by, state: states[state] }),
  );
  const evidence = [one.evidence, ...runs.map((run) => run.evidence)].filter((path) => path !== undefined);
  const { word } = one;
  return [
    [words.priority, one.priority],
    [words.service, one.service ?? words.none],
    [words.declaredFrom, format(words.origins[kind], origin)],
    [words.noticed, time(since)],
    [words.declared, `${time(one.declared)} (${one.by})`],
    [words.acknowledged, time(acknowledged)],
    [words.resolved, time(resolved)],
    [words.toDetect, span(since, one.declared)],
    [words.toAcknowledge, span(since, acknowledged)],
    [words.toResolve, span(since, resolved)],
    ...clocks.map(({ clock, limitMs, usedMs, state }): readonly [string, string] => [
      format(words.clock, { clock: names[clock] }),
      format(words.clockValue, { limit: minutes(limitMs), used: minutes(usedMs), state: clockStates[state] }),
    ]),
    [words.pauses, pauses.map(({ id, from, to }) => `${id}: ${time(from)} – ${time(to)}`).join("; ") || words.none],
    [words.people, holders.join(", ") || words.none],
    [
      words.path,
      word
        ? format(words.word, word as never)
        : one.readings.map(({ check, outcome }) => `${check}: ${texts(lang).incidents.outcomes[outcome]}`).join(", ") ||
          words.none,
    ],
    [words.alerts, one.alerts.map(({ id, title, target }) => `${title} · ${target} (${id})`).join("; ") || words.none],
    [words.runs, said.join("; ") || words.none],
    [words.evidence, evidence.join(", ") || words.none],
    [words.problem, one.problem ?? words.none],
    [words.procedure, one.sop?.file ?? words.none],
  ];
}

function timelineRows({ incident, lang, zone }: ReviewFacts): readonly string[] {
  const { review: words } = texts(lang).incidents;
  const lines = incident.timeline
    .filter(({ hidden }) => hidden === undefined)
    .toSorted((a, b) => a.at - b.at)
    .map((entry) => {
      const { at, by = words.self, pinned } = entry;
      const what = markdown(entrySay(entry, lang), 1_000);
      return `| ${momentSay(at, zone)} | ${markdown(by)} | ${pinned ? `**${what}**` : what} |`;
    });
  return [`| ${words.when} | ${words.who} | ${words.what} |`, "| --- | --- | --- |", ...lines];
}

function actionRows({ incident, lang }: ReviewFacts): readonly string[] {
  const { review: words } = texts(lang).incidents;
  if (incident.actions.length === 0) return [words.none];
  const rows = incident.actions.map(
    ({ id, text, owner, due, done }) =>
      `| ${id} | ${markdown(text, 1_000)} | ${markdown(owner)} | ${due} | ${done ? words.done : words.open} |`,
  );
  return [words.head, "| --- | --- | --- | --- | --- |", ...rows];
}

/** The facts, between their marks. */
function factsOf(facts: ReviewFacts): string {
  const { incident, lang } = facts;
  const { review: words } = texts(lang).incidents;
  const rows = rowsOf(facts).map(([name, value]) => `| ${name} | ${markdown(value, 2_000)} |`);
  return [
    BEGIN,
    `# ${markdown(format(words.title, { id: incident.id, title: incident.title }))}`,
    "",
    `## ${words.facts}`,
    "",
    "| | |",
    "| --- | --- |",
    ...rows,
    "",
    `## ${words.timeline}`,
    "",
    ...timelineRows(facts),
    "",
    `## ${words.actions}`,
    "",
    ...actionRows(facts),
    END,
  ].join("\n");
}

/** Sections that only people can write. */
function ownOf({ incident, lang }: ReviewFacts): string {
  const { review: words } = texts(lang).incidents;
  return [
    "",
    `> ${words.yours}`,
    `> ${format(words.actionsAsk, { id: incident.id })}`,
    "",
    `## ${words.causes}`,
    "",
    words.causesAsk,
    "",
    `## ${words.well}`,
    "",
    `## ${words.badly}`,
    "",
    `## ${words.manual}`,
    "",
  ].join("\n");
}

/** Whether a page has facts of this incident between our marks. Pure. */
export const isReviewOf = (text: string, { id }: Pick<Incident, "id">): boolean => {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  return from >= 0 && to > from && text.slice(from, to).split("\n", 2)[1]?.includes(id) === true;
};

/**
 * The review of an incident as Markdown. `before`: the page that lies there; what its authors wrote is kept. Undefined for a page
 * that is not ours. Pure.
 */
export function reviewMarkdown(facts: ReviewFacts, before?: string): string | undefined {
  if (before === undefined) return `${factsOf(facts)}\n${ownOf(facts)}`;
  const [from, to] = [before.indexOf(BEGIN), before.indexOf(END)];
  if (from < 0 || to < from) return undefined;
  return `${before.slice(0, from)}${factsOf(facts)}${before.slice(to + END.length)}`;
}

/** The facts for its evidence, in both languages. */
export const incidentPage = (facts: Pick<ReviewFacts, "incident" | "runs" | "zone">): string => {
  const { incident } = facts;
  const clocks = clocksNow(incident, incident.clocks.resolved ?? incident.declared);
  return (["zh", "en"] as const).map((lang) => `${factsOf({ ...facts, clocks, lang })}\n`).join("\n---\n\n");
};
