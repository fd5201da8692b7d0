import { createHash } from "node:crypto";
import type { Args } from "./finding.ts";
import type { Lang } from "./lang.ts";
import { printable } from "./printable.ts";

/**
 * fire: it began · again: it lasts · escalate: nobody answered, so the next are told · acknowledge: somebody has it ·
 * resolve: it is over · test: a person tries the channel.
 */
export const NOTICE_EVENTS = ["fire", "again", "escalate", "acknowledge", "resolve", "test"] as const;
export type NoticeEvent = (typeof NOTICE_EVENTS)[number];

/** What somebody is told. Texts are plain, already said in `lang`, and may hold anything a target or a stranger wrote. */
export interface Notice {
  /** The same on every attempt of this telling: we and receivers deduplicate by it. */
  readonly id: string;
  /** The same for fire, again, escalate, acknowledge and resolve of one group of alerts. */
  readonly group: string;
  readonly event: NoticeEvent;
  /** A name of the book's scale. */
  readonly severity: string;
  /** Place of the severity in its scale: 0 is the worst. */
  readonly rank: number;
  /** When it happened, milliseconds since the epoch. */
  readonly at: number;
  readonly lang: Lang;
  /** One line. */
  readonly title: string;
  /** Plain text, lines apart by `\n`. */
  readonly body: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Http(s) addresses, the most important first (acknowledge, runbook, the manual's sentence): never cut, only left out. */
  readonly links: readonly { readonly text: string; readonly url: string }[];
  /** What stands where text was left out, in `lang`: that something is missing, and where all of it is. */
  readonly shortened: string;
}

/** Outcome of one attempt. `reason` is a key of i18n `notifiers.reasons`; neither it nor its values hold a secret. */
export type Delivery =
  /** The receiver took it; `receipt` is its own name for it. */
  | { readonly kind: "delivered"; readonly receipt?: string }
  /** Not, or not known to be: try again after `afterMs` milliseconds, with the same id. */
  | { readonly kind: "later"; readonly afterMs: number; readonly reason: string; readonly args: Args }
  /** It will never be taken like this: somebody has to change something. */
  | { readonly kind: "refused"; readonly reason: string; readonly args: Args };

export const delivered = (given = ""): Delivery => {
  const receipt = printable(given).trim().slice(0, 200).toWellFormed();
  return { kind: "delivered", ...(receipt !== "" && { receipt }) };
};
export const later = (afterMs: number, reason: string, args: Args = {}): Delivery => ({
  kind: "later",
  afterMs,
  reason,
  args,
});
export const refused = (reason: string, args: Args = {}): Delivery => ({ kind: "refused", reason, args });

/** More than any receiver takes; what is beyond is not even looked at. */
const BODY = 1_000_000;
const FACTS = 50;
const LINE = 2_000;

/** One line without signs that a reader does not see and a program may obey, nor half a character. */
const line = (text: string): string => {
  const short = text.length > LINE ? `${text.slice(0, LINE - 1)}\u2026` : text;
  return printable(short).trim().toWellFormed();
};

/** An id that a program of ours made is short; a longer one is known by its digest. */
const short = (id: string): string =>
  id.length <= 200 && id.isWellFormed() ? id : createHash("sha256").update(id).digest("hex");

const isWeb = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

/** What notifiers are given: every text well-formed and without control signs, a title, links that are web addresses. */
export const tidied = (notice: Notice): Notice => ({
  ...notice,
  id: short(notice.id),
  group: short(notice.group),
  title: line(notice.title) || line(notice.severity) || notice.event,
  severity: line(notice.severity),
  body: notice.body
    .slice(0, BODY)
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((text) => printable(text.replaceAll("\t", "  ")).trimEnd())
    .join("\n")
    .trim()
    .toWellFormed(),
  facts: notice.facts.slice(0, FACTS).map(({ name, value }) => ({ name: line(name), value: line(value) })),
  links: notice.links
    .filter(({ url }) => isWeb(url))
    .slice(0, FACTS)
    .map(({ text, url }) => ({ text: line(text) || new URL(url).host, url: new URL(url).href })),
});
