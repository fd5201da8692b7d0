import type { Lang } from "../../model/lang.ts";

const locale = (lang: Lang): string => (lang === "zh" ? "zh-CN" : "en-GB");

/** Times of one zone: on another day than `now` with the date. */
export function clockTimes(zone: string, lang: Lang, now: number): (at: number) => string {
  const hm = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  const time = new Intl.DateTimeFormat(locale(lang), hm);
  const near = new Intl.DateTimeFormat(locale(lang), { ...hm, month: "short", day: "numeric", weekday: "short" });
  const far = new Intl.DateTimeFormat(locale(lang), { ...hm, year: "numeric", month: "short", day: "numeric" });
  const half = 150 * 86_400_000;
  return (at) => {
    if (day.format(at) === day.format(now)) return time.format(at);
    return (Math.abs(at - now) < half ? near : far).format(at);
  };
}
