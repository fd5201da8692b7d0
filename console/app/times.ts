import { useMemo } from "react";
import type { Lang } from "../../src/model/lang.ts";
import { bookNow } from "../api/queries.ts";
import { useRead } from "../api/use.ts";
import { format } from "../i18n/format.ts";
import type { Texts } from "../i18n/texts.ts";
import { wallNow } from "./clock.ts";
import { usePrefs } from "./prefs.tsx";

const locale = (lang: Lang): string => (lang === "zh" ? "zh-CN" : "en-GB");
const HALF_YEAR = 150 * 86_400_000;

export interface Times {
  /** A moment in the book's zone; on another day than today with the date. Milliseconds since the epoch. */
  at(ms: number): string;
  /** Whole, for titles of `time` elements. */
  whole(ms: number): string;
  /** A span in one unit. Seconds. */
  span(seconds: number): string;
}

/** How times are said in one zone and language. */
export function timesOf(zone: string, lang: Lang, age: Texts["shell"]["age"], now: () => number = wallNow): Times {
  const hm = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  const time = new Intl.DateTimeFormat(locale(lang), hm);
  const near = new Intl.DateTimeFormat(locale(lang), { ...hm, month: "short", day: "numeric", weekday: "short" });
  const far = new Intl.DateTimeFormat(locale(lang), { ...hm, year: "numeric", month: "short", day: "numeric" });
  const whole = new Intl.DateTimeFormat(locale(lang), { timeZone: zone, dateStyle: "full", timeStyle: "long" });
  return {
    at: (ms) => {
      if (day.format(ms) === day.format(now())) return time.format(ms);
      return (Math.abs(ms - now()) < HALF_YEAR ? near : far).format(ms);
    },
    whole: (ms) => whole.format(ms),
    span: (seconds) => {
      const s = Math.max(0, Math.round(seconds));
      if (s < 120) return format(age.seconds, { n: s });
      if (s < 7_200) return format(age.minutes, { n: Math.round(s / 60) });
      if (s < 172_800) return format(age.hours, { n: Math.round(s / 3_600) });
      return format(age.days, { n: Math.round(s / 86_400) });
    },
  };
}

/** Times in the book's zone and the reader's language. */
export function useTimes(): Times {
  const { lang, texts } = usePrefs();
  const zone = useRead(bookNow).data?.zone ?? "UTC";
  return useMemo(() => timesOf(zone, lang, texts.shell.age), [zone, lang, texts]);
}
