import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Alert, AlertTold, Because } from "../../model/alert.ts";
import type { Lang } from "../../model/lang.ts";
import { figure } from "../figure.ts";
import { momentSay } from "../inspection/say.ts";

/** In whose language and zone something is said. */
export interface Said {
  readonly lang: Lang;
  readonly zone: string;
}

/** One alert as a line: what, where, how bad, since when. */
export function alertLine(alert: AlertTold | Alert, { lang, zone }: Said): string {
  const { line } = texts(lang).alerts;
  const { title, target, form, value, unit, started, ended } = alert;
  const args = { title, target, since: momentSay(started, zone) };
  if (ended !== undefined) return format(line.over, { ...args, ended: momentSay(ended, zone) });
  const flaps = alert.flapping ? ` (${line.flapping})` : "";
  if (form === "absence" || form === "channel") return `${format(line[form], args)}${flaps}`;
  if (value === undefined) return `${format(line.plain, args)}${flaps}`;
  return `${format(line.value, { ...args, value: figure(value, unit, lang) })}${flaps}`;
}

/** By what somebody is told: step, chain, rota, and what failed before. */
export function becauseSay({ chain, step, rota, instead = [] }: Because, lang: Lang): string {
  const { because } = texts(lang).alerts;
  const args = { chain, step: step + 1, rota: rota ?? "", channels: instead.join(", ") };
  const base = format(rota === undefined ? because.step : because.rota, args);
  return instead.length === 0 ? base : `${base}; ${format(because.instead, args)}`;
}
