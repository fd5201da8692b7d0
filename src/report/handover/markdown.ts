import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Handover, HandoverItem, HandoverSection, WeekCard, WeekFigure } from "../../model/handover.ts";
import { at as placeOf } from "../../model/source.ts";
import { markdown } from "../escape.ts";
import { FRONT } from "../inspection/markdown.ts";
import { momentSay } from "../inspection/say.ts";

type Words = ReturnType<typeof texts>["handover"]["page"];

function line({ say, fix, source }: HandoverItem, words: Words): readonly string[] {
  const where = source === undefined ? "" : ` (${markdown(placeOf(source))})`;
  return [
    `- ${markdown(say, 600)}${where}`,
    ...(fix === undefined ? [] : [`  ${format(words.next, { fix: markdown(fix, 600) })}`]),
  ];
}

function section({ id, items }: HandoverSection, words: Words, until: string): readonly string[] {
  const lines = items.flatMap((item) => line(item, words));
  return [`## ${format(words.sections[id], { until })}`, "", ...(lines.length === 0 ? [words.none] : lines), ""];
}

/** `6 of 7; missing: 2026-11-18`, or that it is not known and why. */
export function figureSay({ id, value, of, missing = [] }: WeekFigure, words: Words): string {
  if (value === undefined) return `${words.unknown} — ${words.unknownWhy[id]}`;
  const count = of === undefined ? String(value) : format(words.of, { value, of });
  return missing.length === 0 ? count : `${count} · ${format(words.missing, { dates: missing })}`;
}

function week({ from, to, figures, verdict }: WeekCard, title: string, words: Words): readonly string[] {
  const rows = figures.map(
    (figure) =>
      `| ${words.figures[figure.id]}${figure.subject === undefined ? "" : ` · ${markdown(figure.subject)}`} | ${figureSay(figure, words)} |`,
  );
  return [
    `## ${markdown(format(words.weekTitle, { title, from, to }))}`,
    "",
    `**${format(words.verdict, { verdict: words.verdicts[verdict] })}**`,
    "",
    `| ${words.figure} | ${words.value} |`,
    "| --- | --- |",
    ...rows,
    "",
  ];
}

/** A hand-over as Markdown in the manual's language; `sign`: the command by which it is taken. */
export function handoverMarkdown(found: Handover, sign: string): string {
  const words = texts(found.lang).handover.page;
  const { title, zone, gives, takes, book, watched } = found;
  const names = (list: Handover["gives"]): string =>
    list.length === 0
      ? words.nobody
      : list.map(({ name, contact }) => (contact === undefined ? name : `${name} (${contact})`)).join(", ");
  const until = `${momentSay(found.until, zone)} ${zone}`;
  const commit = book.commit === null ? "" : ` · ${book.commit.slice(0, 12)}`;
  const head = [
    format(words.written, { at: momentSay(found.at, zone), zone }),
    format(words.gives, { who: names(gives) }),
    format(words.takes, { who: names(takes), until }),
    `${format(words.book, { digest: book.digest, commit })}${book.dirty ? ` · ${words.dirty}` : ""}`,
  ];
  return [
    ...FRONT,
    `# ${markdown(format(words.title, { title }))}`,
    "",
    ...head.map((one) => `- ${markdown(one, 600)}`),
    "",
    ...(watched ? [] : [`> ${markdown(words.unwatched, 600)}`, ""]),
    ...(found.week === undefined ? [] : week(found.week, title, words)),
    ...found.sections.flatMap((one) => section(one, words, until)),
    format(words.sign, { command: `\`${sign}\`` }),
    "",
  ].join("\n");
}
