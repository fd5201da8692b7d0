import type { Lang } from "../../model/lang.ts";
import { at } from "../../model/source.ts";
import type { InspectionItem } from "../../model/inspection.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { columns } from "../columns.ts";
import { plain } from "../escape.ts";
import { limits } from "../figure.ts";
import { actionsSay, becauseSay, changeSay, outcomeSay, readingSay, tickSay } from "./say.ts";
import type { Writing } from "./say.ts";
import type { ItemView, ReportView, RunView } from "./view.ts";

/** Colours an outcome on a terminal that has colours. */
export type Paint = (outcome: InspectionItem["outcome"] | "dim", text: string) => string;

/** Longest foreign text on a line. */
const WIDE = 100;

const WRITING: Writing = { text: (text) => plain(text, 2 * WIDE), place: (place) => plain(place) };

function rows(view: ItemView, run: RunView, lang: Lang): readonly (readonly string[])[] {
  const { item } = view;
  const mark = outcomeSay(item.outcome, lang);
  const words = texts(lang);
  if (view.readings.length === 0) {
    const owner = format(words.inspect.said.owner, { owner: item.owner ?? words.report.anyone });
    const said = item.tick ? tickSay(item, run.run.zone, lang) : item.outcome === "open" ? owner : "";
    return [[mark, plain(item.text, WIDE), plain(said, WIDE), ""]];
  }
  return view.readings.map((one, index) => {
    const { reading, title } = one;
    const change = run.previous ? changeSay(one, lang) : "";
    const seen = [plain(readingSay(reading, lang), WIDE), change].filter((part) => part !== "").join(" · ");
    return [
      outcomeSay(reading.outcome, lang, reading.elevated),
      index === 0 || title !== item.text ? plain(title === item.text ? title : `${item.text} · ${title}`, WIDE) : "",
      seen,
      limits(reading.bands, reading.unit, lang),
    ];
  });
}

/** Where to look for what is not green, as lines under the table. */
function places(run: RunView, lang: Lang): readonly string[] {
  const wrong = run.items.filter(
    ({ item }) => item.outcome === "fail" || item.outcome === "unknown" || item.outcome === "warn",
  );
  return wrong.flatMap((view) => [
    `  ${outcomeSay(view.item.outcome, lang)}  ${plain(view.item.text, WIDE)}`,
    ...actionsSay(view, lang, WRITING).map((action) => `     → ${action}`),
  ]);
}

/** What an untouched manual lacks: the lines to add, ready to copy. */
function teach(run: RunView, lang: Lang): readonly string[] {
  if (run.snippet === "") return [];
  const words = texts(lang).report;
  const lacking = run.items.filter(({ item }) => item.needs !== undefined && item.needs.code !== "interrupted");
  return [
    words.sections.teach,
    ...lacking.map(({ item }) => {
      const args = { ...item.needs!.args, item: `${plain(item.text, WIDE)} (${at(item.source)})` };
      return `  ${format(words.needs[item.needs!.code as keyof typeof words.needs], args)}`;
    }),
    "",
    words.teach,
    "",
    run.snippet,
    words.teachMore,
    "",
  ];
}

/** The last run of a report for people at a terminal: a table, the verdict with its reason, what to do, what to add. */
export function terminalText(view: ReportView, lang: Lang, paint: Paint): string {
  const words = texts(lang).report;
  const run = view.runs.at(-1)!;
  const table = columns(run.items.flatMap((item) => rows(item, run, lang)));
  const marked = table.replaceAll(/^ {2}([✓⚠✗?○]) ?/gm, (start, mark: string) =>
    start.replace(mark, paint(OUTCOMES[mark]!, mark)),
  );
  const todo = places(run, lang);
  const tone = run.run.verdict === "pass" ? "pass" : run.run.verdict === "fail" ? "fail" : "unknown";
  const verdict = paint(tone, words.verdicts[run.run.verdict]);
  return [
    format(words.titleZone, { title: plain(view.title), period: plain(view.period), zone: plain(view.zone) }),
    "",
    marked.trimEnd(),
    "",
    ...(todo.length === 0 ? [] : [words.sections.attention, ...todo, ""]),
    ...teach(run, lang),
    `${format(words.verdictIs, { verdict })} · ${becauseSay(run, lang)}`,
    "",
  ].join("\n");
}

const OUTCOMES: Readonly<Record<string, InspectionItem["outcome"]>> = {
  "✓": "pass",
  "⚠": "warn",
  "✗": "fail",
  "?": "unknown",
  "○": "open",
};
