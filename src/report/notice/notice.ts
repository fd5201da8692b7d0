import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { AlertTold, NoticeRecord } from "../../model/alert.ts";
import type { Book } from "../../model/book.ts";
import type { Notice } from "../../model/notice.ts";
import { at as placeAt } from "../../model/source.ts";
import { incidentNotice } from "./incident.ts";
import { alertLine, becauseSay, seenSay } from "./words.ts";

/** What fires, else all that is told. */
const shown = ({ alerts }: NoticeRecord): readonly AlertTold[] => {
  const firing = alerts.filter(({ ended }) => ended === undefined);
  return firing.length > 0 ? firing : alerts;
};

/** What an alert is about, in a few words. */
function whatOf({ form, title, target }: AlertTold, { lang }: Book): string {
  const { what } = texts(lang).alerts;
  return form in what ? format(what[form as keyof typeof what], { title, target }) : title;
}

function titleOf(record: NoticeRecord, book: Book): string {
  const { one, many } = texts(book.lang).alerts;
  const [first] = shown(record);
  const { event, severity, subject, by = "", ids, alerts } = record;
  // Ends that are told beside what goes on are not what it is about.
  const count =
    first?.ended === undefined ? ids.length - alerts.filter(({ ended }) => ended !== undefined).length : ids.length;
  const name = book.services.find(({ id }) => id === subject)?.title ?? subject;
  const title = first === undefined ? name : whatOf(first, book);
  const args = { severity, by, title, target: first?.target ?? "", subject: name, count };
  const unproven = event === "resolve" && record.alerts.some((one) => one.lapsed || one.closed || one.withdrawn);
  return format((count > 1 ? many : one)[unproven ? "ended" : event], args);
}

function factsOf(record: NoticeRecord, { config, lang }: Book): Notice["facts"] {
  const { fact } = texts(lang).alerts;
  const [first] = shown(record);
  const person = config.people.find(({ id }) => id === record.person)?.name ?? record.person;
  const place = first?.source && placeAt(first.source);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [fact.severity, record.severity],
    [fact.service, record.subject],
    [
      fact.alert,
      shown(record)
        .slice(0, 3)
        .map(({ id }) => id)
        .join(" "),
    ],
    [fact.manual, place],
    [fact.runbook, first?.runbook === undefined ? undefined : `watchbook run ${first.runbook}`],
    [fact.called, person],
    [fact.because, becauseSay(record.because, lang)],
    [fact.answer, record.event === "resolve" || !first ? undefined : `watchbook alerts ack ${first.id}`],
  ];
  return facts.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [{ name, value }]));
}

/** Where the systems that watch over them show them; three at most. */
const pagesOf = (record: NoticeRecord, text: string): Notice["links"] =>
  [...new Set(shown(record).flatMap(({ page = [] }) => page))].slice(0, 3).map((url) => ({ text, url }));

/** A line of the notice log in the book's words; the same on every attempt. */
export function noticeOf({ book }: { readonly book: Book }, record: NoticeRecord, link: string | undefined): Notice {
  if (record.incident) return incidentNotice(book, record, record.incident);
  const { lang, zone } = book;
  const { line, link: answer, there, shortened } = texts(lang).alerts;
  const { id, group, event, severity, rank, at, alerts, ids } = record;
  const left = ids.length - alerts.length;
  const lines = alerts.flatMap((alert) => [
    alertLine(alert, { lang, zone }),
    ...(alert.seen === undefined ? [] : [`  ${seenSay(alert.seen, lang)}`]),
    ...(alert.note === undefined ? [] : alert.note.split("\n").map((text) => `  ${text}`)),
  ]);
  const asks = link !== undefined && event !== "resolve" && event !== "acknowledge";
  return {
    ...{ id, group, event, severity, rank, at, lang },
    title: titleOf(record, book),
    body: [...lines, ...(left > 0 ? [format(line.left, { count: left })] : [])].join("\n"),
    facts: factsOf(record, book),
    links: [...(asks ? [{ text: answer, url: link }] : []), ...pagesOf(record, there)],
    shortened,
  };
}
