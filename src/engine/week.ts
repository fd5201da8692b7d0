import { existsSync } from "node:fs";
import { Temporal } from "temporal-polyfill";
import type { Book } from "../model/book.ts";
import type { Duty } from "../model/duty.ts";
import type { WeekCard, WeekFigure } from "../model/handover.ts";
import { momentOf } from "../model/window.ts";
import type { Store } from "../store/store.ts";
import { rulesNow } from "./alerts/rules-now.ts";
import { gapsNow } from "./gaps.ts";
import { dismissed } from "./incidents/dismiss.ts";
import { published } from "./inspect/keys.ts";
import { dueIn, timetable } from "./schedule.ts";

const DAYS = 7;
const NEWEST = 1_000;
/** Alerts and incidents of a week that are looked at. */
const MOST = 100_000;

/** Whether a day's inspection is done and its report lies there: a report that was taken away is none. */
async function isDone(store: Store, duty: string, period: string): Promise<boolean> {
  const record = await store.duty(duty, period);
  if (record?.state !== "done") return false;
  const places = await Promise.all(record.runs.map((run) => published(store, run)));
  return places.some(({ report }) => report !== undefined && existsSync(report));
}

/** What is looked at or ticked every day. */
const dailyOf = ({ duties }: Book): readonly Duty[] =>
  duties.filter(({ kind, every }) => (kind === "inspection" || kind === "checklist") && every === "daily");

async function inspections(store: Store, book: Book, dates: readonly string[]): Promise<readonly WeekFigure[]> {
  const daily = dailyOf(book);
  if (daily.length === 0) return [{ id: "inspections", wanted: false }];
  return Promise.all(
    daily.map(async ({ id, title }) => {
      const done = await Promise.all(dates.map((date) => isDone(store, id, date)));
      const missing = dates.filter((_, index) => !done[index]);
      const value = dates.length - missing.length;
      return { id: "inspections", subject: title, value, of: dates.length, missing, wanted: missing.length === 0 };
    }),
  );
}

/**
 * Red alerts that became incidents or were said to be none, of all of the week. Red: what the book maps to a priority, else the worst
 * severity. A book without rules tells nothing.
 */
async function incidents(store: Store, book: Book, from: number, to: number): Promise<WeekFigure> {
  const { rules, policy } = rulesNow(book);
  const alerts = await store.desk("alert", { limit: MOST });
  if (rules.length === 0 && alerts.length === 0) return { id: "incidents", wanted: false };
  const mapped = Object.keys(book.config.incidents?.priorities ?? {});
  const red = mapped.length > 0 ? mapped : policy.severities.slice(0, 1).map(({ id }) => id);
  const here = alerts.filter(
    ({ started, severity, form }) => form !== "channel" && started >= from && started <= to && red.includes(severity),
  );
  const linked = new Set(
    (await store.desk("incident", { limit: MOST })).flatMap((one) => one.alerts.map(({ id }) => id)),
  );
  const said = await dismissed(store);
  const handled = here.filter(({ id }) => linked.has(id) || said.has(id)).length;
  return { id: "incidents", value: handled, of: here.length, wanted: handled === here.length };
}

/** The last date that can be judged: today, or yesterday while nothing of today is due or done yet. */
async function lastDate(store: Store, book: Book, at: number): Promise<Temporal.PlainDate> {
  const today = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(book.zone).toPlainDate();
  const begins = momentOf(today, "00:00", book.zone);
  for (const duty of dailyOf(book)) {
    const table = timetable(duty, book.zone);
    if ((table && dueIn(table, begins) <= at) || (await isDone(store, duty.id, today.toString()))) return today;
  }
  return today.subtract({ days: 1 });
}

/**
 * The seven days up to `at` (milliseconds since the epoch), as the store has them; a day whose inspection is not due yet is not
 * counted. What nothing records has no value: it is not known, and the week is unproven.
 */
export async function weekCard(store: Store, book: Book, at: number): Promise<WeekCard> {
  const last = await lastDate(store, book, at);
  const first = last.subtract({ days: DAYS - 1 });
  const dates = Array.from({ length: DAYS }, (_, index) => first.add({ days: index }).toString());
  const begins = momentOf(first, "00:00", book.zone);
  const runs = (await store.runs({ limit: NEWEST })).filter(
    ({ created, rehearsal }) => created >= begins && created <= at && !rehearsal,
  );
  const ended = runs.filter(({ state }) => state === "done").length;
  const asked = (await gapsNow(store)).filter((gap) => gap.at >= begins && gap.at <= at).length;
  const figures: readonly WeekFigure[] = [
    ...(await inspections(store, book, dates)),
    { id: "unauthorised", wanted: false },
    await incidents(store, book, begins, at),
    { id: "questions", value: asked, wanted: asked === 0 },
    { id: "runs", value: ended, of: runs.length },
  ];
  return { from: first.toString(), to: last.toString(), figures, verdict: verdictOf(figures) };
}

/** Something that is known and wrong fails the week; what is not known leaves it unproven. */
function verdictOf(figures: readonly WeekFigure[]): WeekCard["verdict"] {
  const judged = figures.filter(({ wanted }) => wanted !== undefined);
  if (judged.some(({ wanted, value }) => wanted === false && value !== undefined)) return "failed";
  return judged.some(({ value }) => value === undefined) ? "unproven" : "passed";
}
