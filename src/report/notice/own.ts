import { createHash } from "node:crypto";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Book } from "../../model/book.ts";
import type { Notice } from "../../model/notice.ts";
import type { OwnSaid } from "../../model/own.ts";
import { figure } from "../figure.ts";
import { momentSay } from "../inspection/say.ts";
import { trialNotice } from "./trial.ts";

/** Where and when it is said. */
export interface Here {
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function aboutOf(said: Exclude<OwnSaid, { kind: "trial" }>, now: number): string {
  if (said.kind === "down") return `down/${said.from}`;
  return said.kind === "beat" ? `beat/${now}` : `emergency/${said.id}/${said.ended ?? "on"}`;
}

type Emergency = Extract<OwnSaid, { kind: "emergency" }>;

/** Who has taken rights, why and until when; or that it is over. */
function emergencyWords(
  { person, reason, until, ended, second }: Emergency,
  { title, zone, lang }: Pick<Book, "title" | "zone" | "lang">,
): Pick<Notice, "title" | "body"> {
  const { notice } = texts(lang).access;
  const args = { title, person, reason, until: momentSay(ended ?? until, zone), second: second ?? "" };
  const lines = [
    format(ended === undefined ? notice.began : notice.ended, args),
    format(notice.reason, args),
    ...(second === undefined ? [] : [format(notice.second, args)]),
  ];
  return { title: format(ended === undefined ? notice.titleBegan : notice.titleEnded, args), body: lines.join("\n") };
}

/**
 * What watchbook says of itself, in the book's words. It opens nothing that somebody would have to close: `test` is told
 * once. The same words about the same time are the same notice, however often they are sent.
 */
export function ownNotice({ book }: { readonly book: Book }, said: OwnSaid, { host, now }: Here): Notice {
  if (said.kind === "trial") return trialNotice(book, said, { host, now });
  const { lang, zone, title } = book;
  const { beat, down } = texts(lang).watcher;
  const about = aboutOf(said, now);
  const id = createHash("sha256").update(`${host}/${about}`).digest("hex").slice(0, 20);
  const common = { ...{ id, group: `watcher/${id}`, event: "test" as const, severity: "watchbook" }, rank: 99, lang };
  const rest = { ...common, facts: [], links: [], shortened: texts(lang).alerts.shortened };
  if (said.kind === "emergency") return { ...rest, at: now, ...emergencyWords(said, { title, zone, lang }) };
  if (said.kind === "beat") return { ...rest, at: now, title: format(beat.title, { title, host }), body: beat.body };
  const args = { title, host, from: momentSay(said.from, zone), to: momentSay(said.to, zone) };
  const body = format(down.body, { ...args, span: figure(Math.round((said.to - said.from) / 1000), "seconds", lang) });
  const missed = said.missed.length === 0 ? down.none : format(down.missed, { missed: said.missed.join(", ") });
  return { ...rest, at: said.to, title: format(down.title, args), body: `${body}\n${missed}` };
}
