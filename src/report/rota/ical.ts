import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import type { Answer, Rota, Shift } from "../../model/rota.ts";
import { utc } from "../../model/time.ts";

/** Octets of a line, RFC 5545, 3.1. */
const LONGEST = 75;

/** `20261120T083300Z` */
const stamp = (at: number): string => `${utc(at).slice(0, 19).replaceAll(/[-:]/g, "")}Z`;

/** A TEXT value: what is a sign of the format is escaped, what no text may hold is left out. */
const text = (value: string): string =>
  value
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F]/g, " ")
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll("\n", String.raw`\n`);

/** A content line in pieces of at most 75 octets, none of them cut within a character. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  for (const sign of line) {
    if (Buffer.byteLength(piece + sign) > LONGEST) {
      pieces.push(piece);
      piece = " ";
    }
    piece += sign;
  }
  return `${[...pieces, piece].join("\r\n")}\r\n`;
}

/** A person, or a role, by name with contact. */
export type NameOf = (id: string) => { readonly name: string; readonly contact?: string };

function summary(answer: Answer, lang: Lang, nameOf: NameOf): string {
  const { said } = texts(lang).rota;
  if (answer.state === "on") return format(said.event, { who: nameOf(answer.person).name });
  return answer.state === "gap" ? said.eventGap : said.eventUnknown;
}

function about(answer: Answer, nameOf: NameOf): string {
  const ids = answer.state === "on" ? [answer.person] : answer.state === "unknown" ? answer.candidates : [];
  return ids.map((id) => [nameOf(id).name, nameOf(id).contact].filter(Boolean).join(" · ")).join("\n");
}

/**
 * Shifts as an iCalendar file (RFC 5545), one event each, times in UTC. `made`: milliseconds since the epoch. A shift keeps its UID
 * from one asking to the next as long as it begins at the same moment.
 */
export function iCalendar(
  rota: Pick<Rota, "id" | "title">,
  shifts: readonly Shift[],
  { made, lang, nameOf }: { readonly made: number; readonly lang: Lang; readonly nameOf: NameOf },
): string {
  const name = text(format(texts(lang).rota.said.calendarName, { rota: rota.title }));
  const events = shifts.flatMap(({ from, until, answer }) => [
    "BEGIN:VEVENT",
    `UID:${text(rota.id)}-${stamp(from)}@watchbook`,
    `DTSTAMP:${stamp(made)}`,
    `DTSTART:${stamp(from)}`,
    `DTEND:${stamp(until)}`,
    `SUMMARY:${text(summary(answer, lang, nameOf))}`,
    ...(about(answer, nameOf) === "" ? [] : [`DESCRIPTION:${text(about(answer, nameOf))}`]),
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ]);
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//watchbook//on call//EN", "CALSCALE:GREGORIAN"];
  const lines = [...head, `NAME:${name}`, `X-WR-CALNAME:${name}`, ...events, "END:VCALENDAR"];
  return lines.map(folded).join("");
}
