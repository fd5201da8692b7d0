import type { Lang } from "../../src/model/lang.ts";
import type { Texts } from "../i18n/texts.ts";
import { usePrefs } from "./prefs.tsx";

const BINARY = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** A value with its unit as a person reads it: `47.3 %`, `1.5 GiB`, `350 ms`; never rounded to zero. */
export function figure(
  value: number,
  unit: string | null | undefined,
  lang: Lang,
  units: Texts["states"]["units"],
): string {
  const plain = (one: number): string =>
    new Intl.NumberFormat(lang === "zh" ? "zh-CN" : "en-GB", {
      maximumSignificantDigits: Math.abs(one) < 1_000 ? 4 : 12,
    }).format(one);
  if (unit === "%") return `${plain(value)} %`;
  if (unit === "bytes" || unit === "bytes/day") {
    const step = Math.min(BINARY.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10)));
    return `${plain(value / 1024 ** step)} ${BINARY[step]}${unit === "bytes/day" ? units.perDay : ""}`;
  }
  if (unit === "seconds") {
    const size = Math.abs(value);
    if (size !== 0 && size < 1) return `${plain(value * 1_000)} ms`;
    if (size < 120) return `${plain(value)} s`;
    return size < 7_200 ? `${plain(value / 60)} min` : `${plain(value / 3_600)} h`;
  }
  if (unit === "days") return `${plain(value)} ${units.days}`;
  if (unit === "per-minute") return `${plain(value)} ${units.perMinute}`;
  return plain(value);
}

/** Figures in the reader's language. */
export function useFigure(): (value: number, unit: string | null | undefined) => string {
  const { lang, texts } = usePrefs();
  return (value, unit) => figure(value, unit, lang, texts.states.units);
}
