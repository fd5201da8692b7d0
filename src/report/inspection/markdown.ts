import { at } from "../../model/source.ts";
import type { Lang } from "../../model/lang.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { code, markdown } from "../escape.ts";
import { limits } from "../figure.ts";
import {
  actionsSay,
  becauseSay,
  changeSay,
  factsSay,
  itemChangeSay,
  MARKS,
  momentSay,
  nothingSay,
  outcomeSay,
  readingSay,
  tickSay,
} from "./say.ts";
import type { Writing } from "./say.ts";
import type { ItemView, ReportView, RunView } from "./view.ts";

const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const WRITING: Writing = { text: (text) => markdown(text), place: (place) => code(place) };

/** `**Verdict: failed** · 1 of 5 items failed.` */
function verdictLine(view: RunView, lang: Lang): string {
  const words = texts(lang).report;
  const broke = view.run.interrupted ? ` (${words.interrupted})` : "";
  const verdict = format(words.verdictIs, { verdict: words.verdicts[view.run.verdict] });
  return `**${verdict}**${broke} · ${becauseSay(view, lang)}`;
}

/** Keeps a report from being read as a manual: its lists are no duties and its lines no procedures. */
export const FRONT = ["---", "watchbook:", "  kind: report", "---", ""];

/** What makes the run repeatable and provable; its first row is the head of the table. */
function proof(view: RunView, lang: Lang): readonly string[] {
  const { run, evidence, previous, verify } = view;
  const { labels, verdicts } = texts(lang).report;
  const { place } = run;
  const manual = [
    code(place.bookDigest),
    ...(place.commit === undefined ? [] : [format(labels.commit, { commit: code(place.commit) })]),
    ...(place.dirty ? [labels.dirty] : []),
  ].join(" · ");
  const time = `${momentSay(run.started, run.zone)} · ${format(labels.seconds, { seconds: run.seconds.toFixed(3) })}`;
  const against = previous
    ? format(labels.runOf, { period: previous.period, verdict: verdicts[previous.verdict] })
    : labels.noPrevious;
  return [
    row(labels.host, markdown(place.host)),
    row("---", "---"),
    row(labels.by, markdown(run.by)),
    row(labels.time, time),
    row(labels.manual, manual),
    row(labels.program, `watchbook ${markdown(place.version)} · Node ${markdown(place.node)}`),
    ...(view.alone ? [] : [row(labels.previous, markdown(against))]),
    ...(view.alone ? [] : [row(labels.evidence, evidence ? code(evidence.directory, 2000) : labels.notRecorded)]),
    ...(verify === undefined ? [] : [row(labels.verify, code(verify, 2000))]),
  ];
}

/** A row per reading, or one for an item that nothing measured. */
function itemRows(view: ItemView, run: RunView, lang: Lang): readonly string[] {
  const { item } = view;
  const text = markdown(item.text);
  const cells = (last: string, ...rest: readonly string[]): string => (run.alone ? row(...rest) : row(...rest, last));
  if (view.readings.length === 0) {
    const change = itemChangeSay(view, run.previous === undefined, lang);
    return [cells(change, text, outcomeSay(item.outcome, lang), markdown(tickSay(item, run.run.zone, lang)), "")];
  }
  return view.readings.map((one) => {
    const { reading, title } = one;
    return cells(
      changeSay(one, lang),
      title === item.text ? text : `${text} · ${markdown(title)}`,
      outcomeSay(reading.outcome, lang, reading.elevated),
      markdown(readingSay(reading, lang)),
      limits(reading.bands, reading.unit, lang),
    );
  });
}

/** The table of all items. */
function items(view: RunView, lang: Lang): readonly string[] {
  const { item, result, reading, limits: limit, change } = texts(lang).report.columns;
  const head = [item, result, reading, limit, ...(view.alone ? [] : [change])];
  return [row(...head), row(...head.map(() => "---")), ...view.items.flatMap((one) => itemRows(one, view, lang))];
}

function attention(view: RunView, lang: Lang): readonly string[] {
  const rank = { fail: 0, unknown: 1, warn: 2, pass: 3, open: 4 };
  const wrong = view.items
    .filter(({ item }) => rank[item.outcome] < 3)
    .toSorted((a, b) => rank[a.item.outcome] - rank[b.item.outcome]);
  if (wrong.length === 0) return [nothingSay(view, lang)];
  return wrong.flatMap((one) => [
    `- **${outcomeSay(one.item.outcome, lang)}** ${markdown(one.item.text)}`,
    ...one.readings
      .filter(({ reading }) => reading.outcome !== "pass")
      .flatMap(({ reading, title }) => [
        `  - ${MARKS[reading.outcome]} ${[markdown(title), markdown(readingSay(reading, lang)), limits(reading.bands, reading.unit, lang)].filter((part) => part !== "").join(" · ")}`,
        ...factsSay(reading, lang).map(
          ([name, value]) => `    - ${markdown(name)}${texts(lang).cli.colon}${code(value)}`,
        ),
      ]),
    ...actionsSay(one, lang, WRITING).map((action) => `  - → ${action}`),
  ]);
}

function open(view: RunView, lang: Lang): readonly string[] {
  const words = texts(lang).report;
  const waiting = view.items.filter(({ item }) => item.outcome === "open");
  if (waiting.length === 0) return [];
  return [
    `### ${words.sections.open}`,
    "",
    ...waiting.map(({ item }) => {
      const owner = markdown(item.owner ?? words.anyone);
      return `- ${format(words.tick, { mark: MARKS.open, text: markdown(item.text), place: code(at(item.source)), owner })}`;
    }),
    "",
  ];
}

function teach(view: RunView, lang: Lang): readonly string[] {
  if (view.snippet === "") return [];
  const words = texts(lang).report;
  const lacking = view.items.flatMap(({ item }) => (item.needs && item.needs.code in words.needs ? [item] : []));
  return [
    `### ${words.sections.teach}`,
    "",
    ...lacking.map(({ needs }) => {
      const args = Object.fromEntries(
        Object.entries(needs!.args).map(([name, value]) => [name, markdown(String(value))]),
      );
      return `- ${format(words.needs[needs!.code as keyof typeof words.needs], args)}`;
    }),
    "",
    words.teach,
    "",
    "~~~~yaml",
    view.snippet.trimEnd(),
    "~~~~",
    "",
    words.teachMore,
    "",
  ];
}

/** Invisible line above a run's section: tells which runs a report that a person edited already has. */
export const runMark = (run: string): string => `<!-- run ${run} -->`;

/** One run as a section, headings from level 2. */
export function runMarkdown(view: RunView, lang: Lang, several = true): string {
  const words = texts(lang).report;
  const { run } = view;
  const from = momentSay(run.started, run.zone);
  const to = momentSay(run.ended, run.zone);
  return [
    ...(view.alone ? [] : [runMark(run.id), ""]),
    `## ${format(run.answers === undefined ? words.run : words.answersRun, { number: view.number, from, to, by: markdown(run.by) })}`,
    "",
    ...(run.answers === undefined ? [] : [format(words.restated, { run: code(run.answers) }), ""]),
    ...(several ? [verdictLine(view, lang), ""] : []),
    `### ${words.sections.attention}`,
    "",
    ...attention(view, lang),
    "",
    `### ${words.sections.items}`,
    "",
    ...items(view, lang),
    "",
    ...open(view, lang),
    ...teach(view, lang),
    `### ${words.sections.proof}`,
    "",
    ...proof(view, lang),
    "",
  ].join("\n");
}

/** One run as a page of its record, first in the book's language, then in the other. */
export function pageMarkdown(view: ReportView): string {
  const page = (lang: Lang): readonly string[] => [
    `# ${format(texts(lang).report.title, { title: markdown(view.title), period: markdown(view.period) })}`,
    "",
    ...view.runs.map((run) => runMarkdown(run, lang)),
  ];
  return [...page(view.lang), "---", "", ...page(view.lang === "zh" ? "en" : "zh")].join("\n");
}

/** The whole report: title, where it stands now, a section per run. */
export function reportMarkdown(view: ReportView): string {
  const words = texts(view.lang).report;
  const last = view.runs.at(-1)!;
  const title = format(words.title, { title: markdown(view.title), period: markdown(view.period) });
  return [
    ...FRONT,
    `# ${title}`,
    "",
    verdictLine(last, view.lang),
    "",
    format(words.periodIs, { period: markdown(view.period), zone: markdown(view.zone) }),
    "",
    ...view.runs.map((run) => runMarkdown(run, view.lang, view.runs.length > 1)),
    format(words.footer, { version: markdown(last.run.place.version) }),
    "",
  ].join("\n");
}
