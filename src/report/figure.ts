import type { Bands } from "../model/check.ts";
import type { Lang } from "../model/lang.ts";
import type { Unit } from "../model/unit.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";

/** At most three significant digits after the point that matter, no exponent, no trailing zeros, never rounded to zero. */
function digits(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15) return value.toExponential(3);
  if (Number.isInteger(value)) return String(value);
  const places = size >= 100 ? 1 : size >= 1 ? 2 : 4;
  const text = value.toFixed(places).replace(/\.?0+$/, "");
  return text === "0" || text === "-0" ? value.toPrecision(2) : text;
}

const BINARY = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

function bytes(value: number): string {
  let size = value;
  let step = 0;
  while (Math.abs(size) >= 1024 && step < BINARY.length - 1) {
    size /= 1024;
    step += 1;
  }
  return `${digits(Number(size.toFixed(2)))} ${BINARY[step]}`;
}

function seconds(
  value: number,
  words: Readonly<Record<"seconds" | "milliseconds" | "minutes" | "hours", string>>,
): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 1) return `${digits(value * 1000)} ${words.milliseconds}`;
  if (size < 120) return `${digits(value)} ${words.seconds}`;
  if (size < 7200) return `${digits(value / 60)} ${words.minutes}`;
  return `${digits(value / 3600)} ${words.hours}`;
}

/** A value with its unit as a person reads it: `47.3 %`, `1.5 GiB`, `350 ms`. Units: model/unit.ts. */
export function figure(value: number, unit: Unit | undefined, lang: Lang): string {
  const { units } = texts(lang).report;
  switch (unit) {
    case "%":
      return `${digits(value)} %`;
    case "bytes":
      return bytes(value);
    case "bytes/day":
      return `${bytes(value)} ${units["bytes/day"]}`;
    case "seconds":
      return seconds(value, units);
    case "days":
      return `${digits(value)} ${units.days}`;
    case "per-minute":
      return `${digits(value)} ${units["per-minute"]}`;
    default:
      return digits(value);
  }
}

/** How far two values lie apart: shares differ by points, not by per cent of each other. */
export const distance = (value: number, unit: Unit | undefined, lang: Lang): string =>
  unit === "%" ? `${digits(value)} ${texts(lang).report.units.points}` : figure(value, unit, lang);

/** A figure that rounding must not move onto a limit which the value has not reached: then it keeps its digits. */
export function besideLimits(value: number, unit: Unit | undefined, bands: Bands | undefined, lang: Lang): string {
  const shown = figure(value, unit, lang);
  const all = bands === undefined ? [] : [bands.normal, bands.warn, bands.critical];
  const misleading = all.some((limit) => limit !== undefined && limit !== value && figure(limit, unit, lang) === shown);
  if (!misleading) return shown;
  const { units } = texts(lang).report;
  const sign: Readonly<Record<string, string>> = { "%": "%", bytes: "B", seconds: units.seconds, days: units.days };
  return `${Number(value.toPrecision(12))} ${sign[unit ?? ""] ?? ""}`.trimEnd();
}

/** The limits of a value: `warning ≥ 70 % · critical ≥ 90 %`. A value on a limit has reached it. Empty without bands. */
export function limits(bands: Bands | undefined, unit: Unit | undefined, lang: Lang): string {
  if (!bands) return "";
  const words = texts(lang).report.limits[bands.bad];
  return (["normal", "warn", "critical"] as const)
    .flatMap((name) => {
      const limit = bands[name];
      return limit === undefined ? [] : [format(words[name], { [name]: figure(limit, unit, lang) })];
    })
    .join(" · ");
}
