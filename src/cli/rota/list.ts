import { clockTimes } from "../../api/today/times.ts";
import { shifts, type Called } from "../../desk/rota/index.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import type { Rota, RotaOverride, RotaSwap, Shift } from "../../model/rota.ts";
import { namedSay } from "./text.ts";
import { whose } from "./whose.ts";

/** How far ahead is told. */
const AHEAD_MS = 14 * 86_400_000;

/** A rota as it is listed: the shifts of the next two weeks, and what replaces them. */
export interface RotaListed {
  readonly id: string;
  readonly title: string;
  readonly zone: string;
  readonly shifts: readonly Shift[];
  readonly changes: readonly (RotaOverride | RotaSwap)[];
}

export const listed = (rota: Rota, now: number): RotaListed => ({
  ...{ id: rota.id, title: rota.title, zone: rota.zone, shifts: whose(shifts(rota, now, now + AHEAD_MS)) },
  changes: [...rota.overrides, ...rota.swaps]
    .filter(({ ends }) => ends > now)
    .toSorted((a, b) => a.begins - b.begins || (a.id < b.id ? -1 : 1)),
});

interface Speaker {
  readonly lang: Lang;
  readonly now: number;
  readonly called: (id: string) => Called;
}

/** For people: who has it from when to when, and the changes by the id that takes them back. */
export function listText({ title, zone, shifts: all, changes }: RotaListed, { lang, now, called }: Speaker): string {
  const { said } = texts(lang).rota;
  const time = clockTimes(zone, lang, now);
  const turns = all.map(({ from, until, answer }) => {
    const ids = answer.state === "on" ? [answer.person] : answer.state === "unknown" ? answer.candidates : [];
    const because = answer.state === "gap" ? null : answer.because;
    const who = namedSay({ state: answer.state, who: ids.map(called), because }, lang);
    return `  ${format(said.turn, { who, from: time(from), to: time(until) })}`;
  });
  const replaced = changes.map(({ id, begins, ends, reason, by, ...who }) => {
    const names = ("person" in who ? [who.person] : who.persons).map((one) => called(one).name);
    const args = { id, who: names, from: time(begins), to: time(ends), reason, by: by ?? said.book };
    return `  ${format("person" in who ? said.overridden : said.swappedBy, args)}`;
  });
  return `${[`${title} · ${zone}`, ...turns, ...(replaced.length === 0 ? [] : [said.changes, ...replaced])].join("\n")}\n`;
}
