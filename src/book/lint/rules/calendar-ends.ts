import { Temporal } from "temporal-polyfill";
import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

/** Days before its last one at which a calendar needs its next year: holidays are published in autumn. */
const WARN = 60;

/** A calendar that ends soon: after its last day nobody knows what is worked, and nothing is guessed. */
export const calendarEnds: LintRule = {
  codes: ["WB912"],
  run: ({ config: { calendars, sessions } }, { today }) => {
    const from = Temporal.PlainDate.from(today);
    return [...calendars, ...sessions].flatMap(({ id, knownUntil, source }) => {
      const { days } = from.until(Temporal.PlainDate.from(knownUntil), { largestUnit: "days" });
      return days > WARN
        ? []
        : [give("WB912", "warn", source, { calendar: id, until: knownUntil, days: Math.max(days, 0) })];
    });
  },
};
