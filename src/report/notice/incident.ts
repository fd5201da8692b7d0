import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { IncidentTold, NoticeRecord } from "../../model/alert.ts";
import type { Book } from "../../model/book.ts";
import type { Args } from "../../model/finding.ts";
import type { Lang } from "../../model/lang.ts";
import type { Notice } from "../../model/notice.ts";
import { becauseSay } from "./words.ts";

/** Values of a sentence with the words of their codes beside them. */
export function withWords(args: Args, lang: Lang): Args {
  const { clocks, says, publicStates, outcomes } = texts(lang).incidents;
  const word = (words: Readonly<Record<string, string>>, key: string): string => words[String(args[key])] ?? "";
  return {
    ...args,
    clockSaid: word(clocks, "clock"),
    saysSaid: word(says, "says"),
    stateSaid: word(publicStates, "state"),
    ...("outcome" in args && { outcome: word(outcomes, "outcome") }),
    ...("from" in args && "to" in args && { from: word(outcomes, "from"), to: word(outcomes, "to") }),
  };
}

/** What happened to an incident in the book's words; the same on every attempt. */
export function incidentNotice({ lang, config }: Book, record: NoticeRecord, told: IncidentTold): Notice {
  const { told: titles, fact, first } = texts(lang).incidents;
  const { shortened } = texts(lang).alerts;
  const { id, group, event, severity, rank, at, subject } = record;
  const args = withWords({ priority: severity, id: told.id, title: subject, ...told.args }, lang);
  const person = config.people.find((one) => one.id === record.person)?.name ?? record.person;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [fact.incident, told.id],
    [fact.priority, severity],
    [fact.room, told.room],
    [texts(lang).alerts.fact.called, person],
    [texts(lang).alerts.fact.because, becauseSay(record.because, lang)],
    [fact.next, told.what === "declared" ? first : undefined],
    [fact.answer, event === "resolve" ? undefined : `watchbook incident ack ${told.id}`],
  ];
  const text = told.args["text"];
  return {
    ...{ id, group, event, severity, rank, at, lang, shortened },
    title: format(titles[told.what as keyof typeof titles], args),
    body: typeof text === "string" && text !== "" ? `${subject}\n${text}` : subject,
    facts: facts.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [{ name, value }])),
    links: told.room === undefined ? [] : [{ text: fact.room, url: told.room }],
  };
}
