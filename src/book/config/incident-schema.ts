import { z } from "zod";
import { CLOCKS } from "../../model/incident.ts";
import { DAYS } from "../../model/session.ts";
import { duration, hours, id, path, text, zone } from "./forms.ts";

const share = z.number("75").min(1, "75").max(99, "75");
const many = z.number("3").int("3").min(2, "3").max(100, "3");

const clocks = z.strictObject({
  priorities: z
    .array(text)
    .min(1, "[P2, P3]")
    .optional()
    .describe("Which ones; default: all that no other entry names."),
  zone: zone.optional().describe("IANA time zone of its hours; default: the book's."),
  days: z
    .union([z.literal("workdays"), z.array(z.enum(DAYS)).min(1, "[mon, tue]")], "workdays | [mon, tue]")
    .optional()
    .describe("Days on which time passes: workdays of a calendar, or days of the week. Default: every day."),
  hours: hours.optional().describe("Hours in which it passes. Default: all day."),
  calendar: id.optional().describe("Calendar that says which days are worked, by id."),
  day: duration.optional().describe("Working time that a day of a limit stands for, for example 9h. Default: 24h."),
  week: duration.optional().describe("Working time that a week of a limit stands for, for example 45h."),
});

const pause = z.strictObject({
  title: text.optional().describe("Words for people; default: the id."),
  clocks: z
    .array(z.enum(CLOCKS))
    .min(1, "[resolve]")
    .optional()
    .describe("Clocks that stand still. Default [resolve]."),
});

const group = z.strictObject({
  people: z.array(id).optional().describe("People who hear of it, by id."),
  channels: z.array(id).optional().describe("Channels that hear of it, by id."),
});

/** Section `incidents:`. */
export const incidents = z.strictObject({
  priorities: z
    .record(text, text)
    .optional()
    .describe("Severity of an alert → priority of the incident that is declared from it. Nothing is guessed."),
  matrix: z
    .record(text, z.record(text, text))
    .optional()
    .describe("Impact → urgency → priority: `high: { high: P0, low: P2 }`."),
  channels: z.array(id).optional().describe("Where the war room is: channels that hear of everything, by id."),
  room: text.optional().describe("Address of the room in which people meet; {incident} in it is the incident's id."),
  escalation: id.optional().describe("Chain by which incidents are told, by id; a priority may name its own."),
  roles: z.array(id).min(1, "[commander]").optional().describe("Roles. Default commander, communications, scribe."),
  paths: z
    .record(id, z.array(id).min(1, "[login]"))
    .optional()
    .describe("Checks that measure what users do, by service. Default: the http checks of the service."),
  clocks: z.array(clocks).optional().describe("When the time of limits passes. Default: always."),
  pauses: z.record(id, pause).optional().describe("Reasons for which clocks may stand still, by id."),
  classes: z
    .record(id, group)
    .optional()
    .describe("Kinds of incidents with contacts of their own, for example security."),
  warn: share.optional().describe("Percent of a limit after which it is told that it runs out. Default 75."),
  review: duration.optional().describe("Time from the end to the review, whole days. Default 7d."),
  sop: path.optional().describe("The procedure for incidents, relative to the root; it must be there."),
  recurring: z
    .strictObject({
      count: many.optional().describe("So many. Default 3."),
      within: duration.optional().describe("In so long, whole days. Default 30d."),
    })
    .optional()
    .describe("When incidents of one rule or symptom become a problem."),
  page: z
    .strictObject({ title: text.optional().describe("Its title; default: the book's.") })
    .optional()
    .describe("Serves /status to everybody who reaches the daemon: what was published, and nothing else."),
});
export type RawIncidents = z.output<typeof incidents>;
