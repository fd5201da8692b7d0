import { z } from "zod";
import { DAYS } from "../../model/session.ts";
import { when } from "./drill-schema.ts";
import { date, hour, hours, id, like, text, zone } from "./forms.ts";

const day = z.enum(DAYS);
const people = z.array(id).min(1, "[wei, li]");

const WHO = "Who is on call, in order, by id.";
const layer = {
  people: people.optional().describe(WHO),
  every: like(/^(?:daily|weekly|[1-9]\d?[dw]|(?:1|2|3|4|6|8|12)h)$/, "daily | weekly | 2w | 12h")
    .optional()
    .describe(
      "How long one has it before the next: days, weeks, or hours that divide a day. Absent: always the first.",
    ),
  at: hour
    .optional()
    .describe("Time of day of the hand-over. Default: when `hours` begin, 00:00 for certain `days`, else 09:00."),
  from: date.optional().describe("First day of the first one's turn. Default: turns are counted from a Monday."),
  to: date.optional().describe("Last day."),
  days: z
    .union([z.enum(["workdays", "holidays"]), z.array(day).min(1, "[sat, sun]")], "workdays | holidays | [sat, sun]")
    .optional()
    .describe(
      "Only on these days; `workdays` and `holidays` are a calendar's. Hours over midnight belong to the day before.",
    ),
  hours: hours.optional().describe("Only in these hours, as clocks of its zone show them; they may cross midnight."),
  calendar: id.optional().describe("Calendar that says what a workday is, by id."),
  zone: zone.optional().describe("IANA time zone of its dates and hours. Default: the rota's, then the book's."),
};

/** Turns and hours without anybody, or days that no calendar explains. */
const needsCalendar = ({ days, calendar: named }: { readonly days?: unknown; readonly calendar?: unknown }): boolean =>
  typeof days !== "string" || named !== undefined;
const CALENDAR = "calendar: …";

const span = {
  from: when.describe("First day, or first moment, in the rota's zone."),
  to: when.describe("Last day, or the moment at which it is over."),
  reason: text.describe("Why."),
};
const ordered = ({ from, to }: { readonly from: string; readonly to: string }): boolean => to >= from;

/** Who is on call: the keys of one layer, or `layers`. */
export const rota = z
  .strictObject({
    ...layer,
    title: text.optional().describe("Name for people; default: the id."),
    layers: z
      .array(
        z
          .strictObject({
            name: text.optional().describe("Name for people; default: its number."),
            ...layer,
            people: people.describe(WHO),
          })
          .refine(needsCalendar, CALENDAR),
      )
      .min(1, "[{ people: [wei] }]")
      .optional()
      .describe("Several, of which the first that has anybody at a moment counts."),
    overrides: z
      .array(
        z.strictObject({ person: id.describe("Who has it instead, by id."), ...span }).refine(ordered, "from <= to"),
      )
      .optional()
      .describe("One-off replacements; of several the last counts."),
    swaps: z
      .array(
        z
          .strictObject({
            persons: z.tuple([id, id], "[wei, li]").describe("Two who take each other's shifts, by id."),
            ...span,
          })
          .refine(ordered, "from <= to"),
      )
      .optional()
      .describe("Two who take each other's shifts for a time."),
  })
  .refine(({ people: one, layers }) => (one === undefined) !== (layers === undefined), "people: […] | layers: […]")
  .refine(needsCalendar, CALENDAR);
export type RawRota = z.output<typeof rota>;

/** Which days are worked. */
export const calendar = z.strictObject({
  holidays: z.array(date).optional().describe("Dates that are off although their weekday is worked."),
  workdays: z.array(date).optional().describe("Dates that are worked although their weekday is off: make-up days."),
  weekend: z.array(day).optional().describe("Weekdays that are off. Default [sat, sun]."),
  knownUntil: date.describe("Last date that this calendar is about: later nobody knows, and nothing is guessed."),
});
export type RawCalendar = z.output<typeof calendar>;
