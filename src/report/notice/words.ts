import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { endOf } from "../../model/alert-end.ts";
import {
  OWN_FORMS,
  type Alert,
  type AlertForm,
  type AlertTold,
  type Because,
  type OwnForm,
  type SeenReason,
} from "../../model/alert.ts";
import type { Lang } from "../../model/lang.ts";
import { figure } from "../figure.ts";
import { momentSay } from "../inspection/say.ts";

/** In whose language and zone something is said. */
export interface Said {
  readonly lang: Lang;
  readonly zone: string;
}

const isOwn = (form: AlertForm): form is OwnForm => OWN_FORMS.some((own) => own === form);

/** One alert as a line: what, where, how bad, since when. */
export function alertLine(alert: AlertTold | Alert, { lang, zone }: Said): string {
  const { line } = texts(lang).alerts;
  const { title, target, form, value, unit, started, ended } = alert;
  const args = { title, target, since: momentSay(started, zone) };
  if (ended !== undefined) {
    const how = "trail" in alert ? endOf(alert) : alert;
    const said = how.lapsed ? line.lapsed : how.withdrawn ? line.withdrawn : how.closed ? line.closed : line.over;
    return format(said, { ...args, ...how.closed, ended: momentSay(ended, zone) });
  }
  const flaps = alert.flapping ? ` (${line.flapping})` : "";
  if (form === "absence" || form === "channel" || isOwn(form)) return `${format(line[form], args)}${flaps}`;
  if (value === undefined) return `${format(line.plain, args)}${flaps}`;
  return `${format(line.value, { ...args, value: figure(value, unit, lang) })}${flaps}`;
}

/** By what somebody is told: step, chain, rota, and what failed before. */
export function becauseSay({ chain, step, rota, instead = [], summed, told }: Because, lang: Lang): string {
  if (summed !== undefined) return format(texts(lang).alerts.because.summed, { count: summed });
  const { because } = texts(lang).alerts;
  const args = { chain, step: step + 1, rota: rota ?? "", channels: instead.join(", ") };
  const base = format(told ? because.told : rota === undefined ? because.step : because.rota, args);
  return instead.length === 0 ? base : `${base}; ${format(because.instead, args)}`;
}

/** What stands below an alert: what its check said, or who tells of it and what that system says. */
export function saidOf({ seen, outside, ended }: Alert, lang: Lang): readonly string[] {
  const { from } = texts(lang).alerts;
  const said = outside?.annotations["description"] ?? outside?.annotations["message"];
  return [
    ...(seen === undefined || ended !== undefined ? [] : [seenSay(seen, lang)]),
    ...(outside === undefined ? [] : [format(from, { source: outside.origin })]),
    ...(said === undefined ? [] : said.split("\n").slice(0, 5)),
  ];
}

/** What a check said of what it found: the sentence of the report. */
export function seenSay({ reason, args }: SeenReason, lang: Lang): string {
  const { reasons }: { readonly reasons: Readonly<Record<string, string>> } = texts(lang).checks;
  return format(reasons[reason] ?? reason, args);
}
