import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import { code, markdown } from "../escape.ts";
import type { SloFault, SloReport } from "./schema.ts";

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  row(head) + row(head.map(() => "---")) + rows.map(row).join("");

/** Three places, as they were measured; what was not measured has a dash. */
const number = (value: number | null, lang: Lang): string =>
  value === null ? texts(lang).slo.page.never : value.toFixed(3);

const secondsOf = (value: number | null, lang: Lang): string => {
  const { page } = texts(lang).slo;
  return value === null ? page.never : format(page.seconds, { value: number(value, lang) });
};

/** One reason or warning as a sentence. */
export function sayTold({ code: name, args }: SloReport["reasons"][number], report: SloReport, lang: Lang): string {
  const { reasons } = texts(lang).slo;
  const held = report.objective.heldSeconds;
  return format(reasons[name as keyof typeof reasons], { held, ...args });
}

const told = (all: SloReport["reasons"], title: string, report: SloReport, lang: Lang): string =>
  all.length === 0
    ? ""
    : `\n## ${title}\n\n${all.map((one) => `- ${markdown(sayTold(one, report, lang))}\n`).join("")}`;

function verdict(report: SloReport, lang: Lang): string {
  const { page, verdicts } = texts(lang).slo;
  const { colon } = texts(lang).words;
  const { belowP99Seconds: target, heldSeconds: held } = report.objective;
  return [
    `- ${page.verdict}${colon}**${verdicts[report.verdict]}**\n`,
    `- ${page.objective}${colon}${format(page.objectiveSay, { target, held })}\n`,
    `- ${page.clock}${colon}${page.clocks[report.clock]}\n`,
  ].join("");
}

function summary({ summary: all, link }: SloReport, lang: Lang): string {
  const { page, links } = texts(lang).slo;
  const { colon } = texts(lang).words;
  const at = link.at === null ? "" : ` (${link.at})`;
  return [
    `- ${page.link}${colon}${links[link.state]}${at}\n`,
    `- ${page.recovered}${colon}${format(page.ofFaults, { recovered: all.recovered, faults: all.faults })}\n`,
    `- ${page.p99}${colon}${secondsOf(all.p99Seconds, lang)}\n`,
    `- ${page.worst}${colon}${secondsOf(all.worstSeconds, lang)}\n`,
    `- ${page.worstDown}${colon}${secondsOf(all.worstDownSeconds, lang)}\n`,
  ].join("");
}

function faultRow(fault: SloFault, lang: Lang): readonly string[] {
  const { page, states } = texts(lang).slo;
  const parameters = Object.entries(fault.parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
  return [
    markdown(fault.scenario),
    parameters === "" ? page.never : code(parameters),
    ...[fault.appliedAt, fault.disconnectedAt, fault.clearedAt, fault.reconnectedAt].map((at) => at ?? page.never),
    ...[fault.detectSeconds, fault.downSeconds, fault.recoverySeconds].map((value) => number(value, lang)),
    states[fault.state],
    fault.seen.length === 0 ? page.never : code(fault.seen.join(", ")),
  ];
}

function faultsOf({ faults }: SloReport, lang: Lang): string {
  const { head, ...page } = texts(lang).slo.page;
  if (faults.length === 0) return "";
  const { scenario, parameters, applied, disconnected, cleared, reconnected, detect, down, recovery, state, reason } =
    head;
  const heads = [
    scenario,
    parameters,
    applied,
    disconnected,
    cleared,
    reconnected,
    detect,
    down,
    recovery,
    state,
    reason,
  ];
  return `\n## ${page.faults}\n\n${table(
    heads,
    faults.map((fault) => faultRow(fault, lang)),
  )}\n${page.times}\n`;
}

function unmatchedOf({ unmatched }: SloReport, lang: Lang): string {
  const { page, phases } = texts(lang).slo;
  const { head } = page;
  const { count, probes, events } = unmatched;
  const lines =
    count === 0
      ? `${page.unmatchedNone}\n`
      : `${format(page.unmatchedSay, { count, listed: probes.length })}\n\n${table(
          [head.line, head.at, head.reason],
          probes.map(({ line, at, reason }) => [String(line), at, reason === "" ? page.never : code(reason)]),
        )}`;
  const unpaired =
    events.length === 0
      ? ""
      : `\n${format(page.unpairedSay, { count: events.length })}\n\n${table(
          [head.line, head.at, head.scenario, head.state],
          events.map(({ line, at, scenario, phase }) => [String(line), at, markdown(scenario), phases[phase]]),
        )}`;
  return `\n## ${page.unmatched}\n\n${lines}${unpaired}`;
}

function inputsOf({ inputs }: SloReport, lang: Lang): string {
  const { page } = texts(lang).slo;
  const { head } = page;
  const rows = [inputs.faultEvents, inputs.probeLog].map(({ file, lines, other, skipped, sha256 }) => [
    code(file),
    ...[lines, other, skipped].map(String),
    code(sha256),
  ]);
  return `\n## ${page.inputs}\n\n${table([head.file, head.lines, head.other, head.skipped, head.digest], rows)}`;
}

/** What became of every fault: Markdown, from the report alone. */
export function resultPage(report: SloReport, lang: Lang): string {
  const { page } = texts(lang).slo;
  return [
    `# ${page.result}\n\n`,
    verdict(report, lang),
    told(report.reasons, page.why, report, lang),
    `\n## ${page.summary}\n\n`,
    summary(report, lang),
    faultsOf(report, lang),
    unmatchedOf(report, lang),
    told(report.warnings, page.warnings, report, lang),
    inputsOf(report, lang),
  ].join("");
}

/** How the link is and how it held: Markdown, from the report alone. */
export function healthPage(report: SloReport, lang: Lang): string {
  const { page } = texts(lang).slo;
  return [
    `# ${page.health}\n\n`,
    verdict(report, lang),
    summary(report, lang),
    told(report.reasons, page.why, report, lang),
    told(report.warnings, page.warnings, report, lang),
    inputsOf(report, lang),
  ].join("");
}

/** The report in a few lines for whoever asked. */
export function shortText(report: SloReport, lang: Lang): string {
  const { verdicts } = texts(lang).slo;
  const why = [...report.reasons, ...report.warnings].map((one) => `  - ${sayTold(one, report, lang)}\n`);
  return `${verdicts[report.verdict]}\n${summary(report, lang)}${why.join("")}`;
}
