import type { Texts } from "../../i18n/texts.ts";
import type { Asked } from "../../ui/asking.tsx";

const HOUR = 3_600_000;
const SPANS = { h1: HOUR, h4: 4 * HOUR, h8: 8 * HOUR, d1: 24 * HOUR, d3: 72 * HOUR } as const;
const NAMES = Object.keys(SPANS) as (keyof typeof SPANS)[];

/** For how long, milliseconds, under `forMs`. */
export const spanAsked = (words: Texts["alerts"]): Asked => ({
  ...{ as: "forMs", label: words.hours, start: String(SPANS.h4) },
  of: NAMES.map((name) => ({ value: String(SPANS[name]), word: words.span[name] })),
});
