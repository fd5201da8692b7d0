import { clockTimes } from "../../api/today/times.ts";
import type { Called, WhoNow } from "../../desk/rota/index.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import { at } from "../../model/source.ts";

type Named = Pick<WhoNow, "state" | "who" | "because">;

const names = (who: readonly Called[]): readonly string[] => who.map(({ name }) => name);

/** Who it is, in one phrase. */
export function namedSay({ state, who, because }: Named, lang: Lang): string {
  const { said } = texts(lang).rota;
  if (state === "on") return names(who).join(", ");
  if (state === "gap" || because?.kind !== "calendar") return said.gap;
  const { calendar, knownUntil } = because;
  return format(who.length === 0 ? said.unknownNobody : said.unknown, {
    names: names(who),
    calendar,
    until: knownUntil,
  });
}

/** Why it is this person. */
export function whySay(
  { because, source }: Pick<WhoNow, "because" | "source">,
  lang: Lang,
  nameOf: (id: string) => string,
): string {
  const { said } = texts(lang).rota;
  if (because === null || because.kind === "calendar") return "";
  if (because.kind === "layer") return format(said.layer, { layer: because.layer, place: at(source) });
  const { id, reason, by, instead } = because;
  return format(said[because.kind], {
    ...{ id, reason, by: by ?? said.book },
    instead: instead === undefined ? said.nobody : nameOf(instead),
  });
}

/** Who is on call by one rota, for people. */
export function whoText(now: WhoNow, lang: Lang, nameOf: (id: string) => string): string {
  const { said } = texts(lang).rota;
  const { colon } = texts(lang).cli;
  const time = clockTimes(now.zone, lang, now.at);
  const until = now.until === null ? said.endless : format(said.until, { time: time(now.until) });
  const lines = [`${now.title}${colon}${namedSay(now, lang)} · ${until} · ${now.zone}`];
  for (const { name, contact, duty } of now.who) {
    const before = now.who.length > 1 ? `${name}${colon}` : "";
    lines.push(`  ${before}${contact === undefined ? said.noContact : format(said.reach, { contact })}`);
    if (duty !== undefined) lines.push(`  ${format(said.for, { duty })}`);
  }
  const why = whySay(now, lang, nameOf);
  if (why !== "") lines.push(`  ${format(said.why, { why })}`);
  if (now.next !== null)
    lines.push(`  ${format(said.next, { who: namedSay(now.next, lang), time: time(now.next.from) })}`);
  return `${lines.join("\n")}\n`;
}
