import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Book } from "../../model/book.ts";
import type { Notice } from "../../model/notice.ts";
import type { OwnSaid } from "../../model/own.ts";
import type { Here } from "./own.ts";

/** That somebody tries a channel, or that the trial is over. */
export function trialNotice(
  { config, title }: Book,
  { id, channel, by, lang, over }: Extract<OwnSaid, { readonly kind: "trial" }>,
  { host, now }: Here,
): Notice {
  const { notice: said } = texts(lang).notifiers;
  return {
    id: over ? `${id}/over` : id,
    group: `test/${id}`,
    event: over ? "resolve" : "test",
    severity: "test",
    rank: config.severities.length,
    at: now,
    lang,
    title: format(over ? said.testOver : said.testTitle, { channel }),
    body: format(said.testBody, { by, host }),
    facts: [
      { name: said.book, value: title },
      { name: said.channel, value: channel },
    ],
    links: [],
    shortened: said.shortened,
  };
}
