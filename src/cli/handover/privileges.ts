import { clockTimes } from "../../api/today/times.ts";
import type { KeptToken } from "../../api/tokens.ts";
import { dateIn } from "../../book/lint/today.ts";
import { isOn } from "../../desk/access/times.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Emergency } from "../../model/account.ts";
import type { Book } from "../../model/book.ts";
import type { HandoverItem } from "../../model/handover.ts";
import type { Lang } from "../../model/lang.ts";
import type { Permission } from "../../model/tables.ts";

/** What is known of rights when a shift is handed over. */
export interface Privileged {
  readonly book: Book;
  readonly lang: Lang;
  readonly now: number;
  /** End of the shift that begins, milliseconds since the epoch. */
  readonly until: number;
  readonly emergencies: readonly Emergency[];
  readonly tokens: readonly KeptToken[];
}

/** Rights without an end that are told one by one. */
const TOLD = 20;

/** Rights for a while, the most urgent first: emergencies, tokens that end in the shift, what the manual grants and until when. */
export function privilegeItems(all: Privileged): readonly HandoverItem[] {
  const { emergencies, tokens, book, lang, now, until } = all;
  const words = texts(lang).handover.page;
  const time = clockTimes(book.zone, lang, now);
  const name = (id: string): string => book.config.people.find((one) => one.id === id)?.name ?? id;
  return [
    ...emergencies
      .filter((one) => isOn(one, now))
      .map(({ person, reason, until: end }) => ({
        say: format(words.emergency, { person: name(person), reason, until: time(end) }),
        fix: words.emergencyFix,
      })),
    ...tokens
      .filter(({ expires }) => expires <= until)
      .map(({ id, person, expires }) => ({
        say: format(words.token, { id, person: name(person), until: time(expires) }),
        fix: format(words.tokenFix, { person }),
      })),
    ...granted(all),
  ];
}

function granted({ book, lang, now, until }: Privileged): readonly HandoverItem[] {
  const words = texts(lang).handover.page;
  const [today, last] = [dateIn(now, book.zone), dateIn(until, book.zone)];
  const ending = book.permissions.filter(({ until: end, ends }) => (end ?? ends) !== undefined);
  const endless = book.permissions.filter(({ until: end, ends }) => end === undefined && ends === undefined);
  const rank = ({ until: end }: Permission): string => end ?? "9999";
  const items = [...ending.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)), ...endless.slice(0, TOLD)].map(
    (one): HandoverItem => {
      const { who, object, rights, until: end, ends, source } = one;
      const { file, line } = source;
      const what = { who, object, rights, until: end ?? ends ?? "" };
      const place = { source: { file, line } };
      if (end === undefined) return { say: format(ends === undefined ? words.may : words.mayUnclear, what), ...place };
      if (end < today) return { say: format(words.mayOver, what), fix: words.mayOverFix, ...place };
      return { say: format(words.mayUntil, what), ...(end <= last && { fix: words.mayEndsFix }), ...place };
    },
  );
  const more = endless.length - TOLD;
  return more <= 0 ? items : [...items, { say: format(words.mayMore, { count: more }), fix: words.mayMoreFix }];
}
