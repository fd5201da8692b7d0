import type { RunJudged } from "../../evidence/run/judge.ts";
import type { RollbackJudged } from "../../evidence/run/rollback.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import { code, markdown } from "../escape.ts";
import { momentSay } from "../inspection/say.ts";
import { attachmentLines } from "./attachments.ts";
import { actSay, remarksSay, whySay } from "./say.ts";

const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** How the page is to be read: the book's language first, times in its zone. */
export interface PageStyle {
  readonly lang: Lang;
  /** IANA zone. */
  readonly zone: string;
}

const secondsSay = (ms: number, lang: Lang): string =>
  format(texts(lang).runPage.seconds, { seconds: (ms / 1000).toFixed(3) });

/** How long it took from the failure, from the decision and from the fault, and whether that was allowed. */
function rollbackSay({ ms, decidedMs, fromFaultMs, within, met }: RollbackJudged, lang: Lang): string {
  const { labels } = texts(lang).runPage;
  const timed = (text: string, value: number | undefined): readonly string[] =>
    value === undefined ? [] : [format(text, { seconds: secondsSay(value, lang) })];
  const allowed = met === undefined ? "" : labels.rollbackWithin[`${met}`];
  return [
    ms === undefined ? labels.rollbackLeft : secondsSay(ms, lang),
    ...timed(labels.rollbackDecided, decidedMs),
    ...timed(labels.rollbackFromFault, fromFaultMs),
    ...(within === undefined || ms === undefined ? [] : timed(allowed, within * 1000)),
  ].join(" · ");
}

function faultSay({ fault }: RunJudged, lang: Lang): string {
  const words = texts(lang).runPage.fault;
  if (!fault?.bit) return words.missed;
  return fault.removed ? words.held : words.left;
}

/** Name and value of what the run was; the first row is the head of the table. */
function facts(run: RunJudged, lang: Lang, zone: string): readonly string[] {
  const { started, journal } = run;
  const words = texts(lang);
  const { labels } = words.runPage;
  const manual = [
    code(started.book),
    ...(started.commit === null ? [] : [format(labels.commit, { commit: code(started.commit) })]),
    ...(started.dirty ? [labels.dirty] : []),
  ];
  const times = [journal[0]!.wall, journal.at(-1)!.wall].map((wall) => momentSay(wall, zone));
  const duration = secondsSay(run.seconds * 1000, lang);
  return [
    row(labels.by, markdown(started.by)),
    row("---", "---"),
    row(labels.reason, markdown(started.reason) || "–"),
    row(labels.host, markdown(started.host)),
    row(labels.time, times.join(" – ")),
    row(labels.duration, run.clock === "wall" ? `${duration} (${labels.wall})` : duration),
    row(labels.state, words.runs.states[run.state]),
    ...(run.rollback ? [row(labels.rollback, rollbackSay(run.rollback, lang))] : []),
    ...(run.fault ? [row(labels.fault, faultSay(run, lang))] : []),
    row(labels.plan, code(started.plan)),
    row(labels.manual, manual.join(" · ")),
  ];
}

/** Objectives of the manual beside what the drill measured. */
function objectives({ drill }: RunJudged, lang: Lang): readonly string[] {
  if (!drill) return [];
  const { objectives: words, runs } = { ...texts(lang).runPage, runs: texts(lang).runs };
  const valueSay = (value: number, unit: keyof typeof runs.units): string => `${value} ${runs.units[unit]}`;
  return [
    `## ${words.title}`,
    "",
    row(words.objective, words.promised, words.measured, words.met),
    row("---", "---:", "---:", "---"),
    ...drill.objectives.map(({ name, comparison, value, unit, measured, met }) =>
      row(
        runs.objectives[name],
        `${comparison} ${valueSay(value, unit)}`,
        measured === undefined ? "–" : valueSay(measured, unit),
        words.answers[`${met}`],
      ),
    ),
    "",
  ];
}

const statusSay = (status: string, lang: Lang): string =>
  (texts(lang).runPage.statuses as Readonly<Record<string, string>>)[status] ?? status;

/** How a step ended; of what only persons saw, who they were. */
function doneSay(line: RunJudged["steps"][number], run: RunJudged, lang: Lang): string {
  const status = statusSay(line.status, lang);
  if (!run.plan.steps.some(({ id, byHand }) => id === line.name && byHand)) return status;
  const { byHand, byNobody } = texts(lang).runPage;
  const own = run.tasks.filter(({ step, target }) => step.id === line.name && line.targets.includes(target));
  const persons = [...new Set(own.flatMap(({ hands }) => hands))].map((person) => markdown(person));
  return persons.length === 0 ? format(byNobody, { status }) : format(byHand, { status, persons });
}

function steps(run: RunJudged, lang: Lang): readonly string[] {
  const { step, targets, status, time } = texts(lang).runPage.columns;
  const titles = new Map(run.plan.steps.map((one) => [one.id, one.title]));
  return [
    row("", step, targets, status, time),
    row("---:", "---", "---", "---", "---:"),
    ...run.steps.map((line) => {
      const title = titles.get(line.name) ?? "";
      const name = title === "" || title === line.name ? code(line.name) : `${code(line.name)} ${markdown(title)}`;
      const places = line.targets.filter((target) => target !== "-").map((target) => code(target));
      return row(String(line.n), name, places.join(", "), doneSay(line, run, lang), secondsSay(line.ms, lang));
    }),
  ];
}

function people(run: RunJudged, lang: Lang, zone: string): readonly string[] {
  return run.journal.flatMap((entry) => {
    const act = actSay(entry, run, lang);
    return act ? [`- ${momentSay(entry.wall, zone)} · **${markdown(act.by)}** ${act.say}`] : [];
  });
}

/** A command whole, in a fence that nothing in it can close. */
function fenced(command: string): readonly string[] {
  const runs = command.match(/~+/g) ?? [];
  const fence = "~".repeat(Math.max(3, ...runs.map((one) => one.length + 1)));
  return [`${fence}text`, command.trimEnd(), fence];
}

const handSay = ({ byHand }: RunJudged["plan"]["steps"][number], lang: Lang): readonly string[] =>
  byHand ? [format(texts(lang).plan.kinds.console, { kind: byHand.kind })] : [];

function plan(run: RunJudged, lang: Lang): readonly string[] {
  const words = texts(lang);
  const { parameters, files } = run.plan;
  return [
    ...run.plan.steps.flatMap((step) => [
      `### ${[code(step.id), words.plan.risks[step.risk], ...handSay(step, lang)].join(" · ")}`,
      "",
      ...fenced(step.command),
      "",
    ]),
    ...(parameters.length === 0 ? [] : [`## ${words.runPage.sections.parameters}`, ""]),
    ...parameters.map(({ name, value, secret }) =>
      secret
        ? `- ${code(name)}: ${format(words.runPage.secret, { reference: code(value) })}`
        : `- ${code(name)}: ${code(value)}`,
    ),
    ...(parameters.length === 0 ? [] : [""]),
    ...(files.length === 0 ? [] : [`## ${words.runPage.sections.files}`, ""]),
    ...files.map(({ path, sha256 }) => `- ${code(path)} ${code(sha256)}`),
    ...(files.length === 0 ? [] : [""]),
  ];
}

function page(run: RunJudged, lang: Lang, zone: string): readonly string[] {
  const words = texts(lang);
  const { title, environment, id } = run.started;
  const why = whySay(run, lang);
  const remarks = remarksSay(run, lang);
  const verdict = format(words.runPage.verdictIs, { verdict: words.report.verdicts[run.verdict] });
  return [
    `# ${format(words.runPage.title, { title: markdown(title), environment: markdown(environment), id: markdown(id) })}`,
    "",
    `**${verdict}**${why.length === 0 ? ` · ${words.runPage.good}` : ""}`,
    "",
    ...(why.length === 0 ? [] : [`## ${words.runPage.sections.why}`, "", ...why.map((line) => `- ${line}`), ""]),
    ...(remarks.length === 0
      ? []
      : [`## ${words.runPage.sections.remarks}`, "", ...remarks.map((line) => `- ${line}`), ""]),
    ...facts(run, lang, zone),
    "",
    ...objectives(run, lang),
    `## ${words.runPage.sections.steps}`,
    "",
    ...steps(run, lang),
    "",
    `## ${words.runPage.sections.people}`,
    "",
    ...people(run, lang, zone),
    "",
    ...attachmentLines(run, lang),
    `## ${words.runPage.sections.plan}`,
    "",
    ...plan(run, lang),
  ];
}

/** result.md of a run: first in the book's language, then in the other. No path of this machine, no secret's value. */
export const runPage = (run: RunJudged, { lang, zone }: PageStyle): string =>
  [...page(run, lang, zone), "---", "", ...page(run, lang === "zh" ? "en" : "zh", zone)].join("\n");
