import { z } from "zod";

const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;
const FORM = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)$/;

/** Seconds: a number, or `500ms`, `30s`, `5m`, `24h`, `7d`, `2w`. */
export const duration = z.union([z.number().nonnegative(), z.string().regex(FORM, "duration")]).transform((given) => {
  if (typeof given === "number") return given;
  const [, amount, unit] = FORM.exec(given)!;
  return Number(amount) * SECONDS[unit as keyof typeof SECONDS];
});

/** `90 s`, `15 min`, `26.5 h`, `3.2 d`: two or three figures, for sentences. */
export function durationText(seconds: number): string {
  const size = Math.abs(seconds);
  const say = (value: number, unit: string) => `${Number(value.toPrecision(3))} ${unit}`;
  if (size < 1) return say(seconds * 1_000, "ms");
  if (size < 120) return say(seconds, "s");
  if (size < 7_200) return say(seconds / 60, "min");
  return size < 172_800 ? say(seconds / 3_600, "h") : say(seconds / 86_400, "d");
}
