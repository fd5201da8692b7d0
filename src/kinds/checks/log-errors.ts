import { z } from "zod";
import {
  defineCheck,
  type CheckContext,
  type Facts,
  type Measured,
  type Sample,
  type UnknownReason,
} from "../../model/check.ts";
import { utc } from "../../model/time.ts";
import { guarded } from "./answer/guarded.ts";
import { fail, pass, rounded } from "./answer/measured.ts";
import { perWindow, sameHour, usual } from "./history/usual.ts";
import { markOf, readMarks, writeMarks, type Mark } from "./log/mark.ts";
import { matcher } from "./log/match.ts";
import { partsOf, type Work } from "./log/parts.ts";
import { readPart } from "./log/read.ts";
import { Tally } from "./log/tally.ts";
import { duration } from "./params/duration.ts";
import { regex } from "./params/regex.ts";
import { size, sizeText } from "./params/size.ts";

const texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const params = z
  .strictObject({
    files: texts.describe(
      "Path or glob (`*`, `?` in its last part), or list of them; rotated files are followed, also packed as .gz or .zst.",
    ),
    contains: texts
      .optional()
      .describe("Text, or list of texts, of which a line must contain one; counts as `grep -F` does."),
    regex: regex
      .optional()
      .describe("Regular expression a line must match; default: the levels error and above of the usual formats."),
    excludes: regex.optional().describe("Regular expression of lines that do not count."),
    ignoreCase: z.boolean().default(false).describe("Capital and small letters are the same."),
    window: duration
      .refine((seconds) => seconds >= 60, "window-minute")
      .default(600)
      .describe("Stretch of time in which lines are counted together."),
    floor: z.int().positive().default(20).describe("Fewer lines in one window than this are never a spike."),
    factor: z.number().min(1).default(3).describe("How many times the usual rate is a spike."),
    hold: duration
      .default(3_600)
      .describe(
        "How long a spike keeps failing after it was seen, so that an inspection meets what the daemon has read.",
      ),
    judge: z
      .enum(["spike", "bands"])
      .default("spike")
      .describe("`bands`: only count, and let the bands judge the lines per minute of the busiest window."),
    maxBytes: size.default(268_435_456).describe("Bytes read in one run; of more than that, the newest."),
  })
  .refine((given) => given.contains === undefined || given.regex === undefined, "contains-or-regex");

type Params = z.infer<typeof params>;

/** What of each file a first run looks at. */
const FIRST_TAIL = 8_388_608;
/** Facts that begin with `_` are for the next run, not for readers. */
const MARKS = "_marks";
const WINDOW = "_window";

interface Counted {
  readonly tally: Tally;
  readonly marks: readonly Mark[];
  readonly bytes: number;
  readonly skipped: number;
}

async function count(
  work: Work,
  given: Params,
  last: Sample | undefined,
  { reach, signal }: CheckContext,
): Promise<Counted> {
  const match = matcher(given);
  const [window, before] = String(last?.facts?.[WINDOW] ?? "")
    .split(":")
    .map(Number);
  const tally = new Tally(given.window / 60, window && before ? { window, count: before } : undefined);
  const marks: Mark[] = [];
  let [bytes, skipped] = [0, 0];
  for (const part of [...work.rotated, ...work.current]) {
    signal.throwIfAborted();
    const room = given.maxBytes - bytes;
    const from = part.packing === "none" ? Math.max(part.from, part.to - room) : part.from;
    skipped += from - part.from;
    const read = await readPart(reach, { ...part, from }, match, (line) => tally.add(line), room);
    bytes += read.bytes;
    if ("inode" in part) marks.push(await markOf(reach, part.path, part.inode as number, read.offset));
  }
  return { tally, marks, bytes, skipped };
}

function limitOf(
  given: Params,
  history: readonly Sample[],
  now: number,
): { readonly usual: number; readonly limit: number } {
  const { median, deviation } = usual(sameHour(perWindow(history, given.window * 1_000, now), now));
  const limit = Math.max(given.floor / (given.window / 60), given.factor * median, median + 6 * deviation);
  return { usual: rounded(median), limit: rounded(limit) };
}

/** The last spike that an earlier run has seen since a moment. */
function spikeOf(history: readonly Sample[], since: number): { at: number; peak: number; first: string } | undefined {
  const spike = history.findLast(
    ({ at, value, facts }) => at >= since && typeof facts?.["limit"] === "number" && value >= facts["limit"],
  );
  return spike && { at: spike.at, peak: spike.value, first: String(spike.facts?.["first"] ?? "") };
}

/** Lines that nobody looked at could be errors: without them nothing is green. The next run goes on from here. */
function unreadOf({ sealed }: Work, skipped: number, sample: number, facts: Facts): Measured | undefined {
  const unknown = (reason: UnknownReason, detail: string): Measured => ({
    kind: "unknown",
    reason,
    args: { detail },
    facts,
    sample,
  });
  if (sealed.length > 0) return unknown("packed", sealed.join(", "));
  return skipped > 0 ? unknown("too-large", sizeText(skipped)) : undefined;
}

async function run(given: Params, context: CheckContext): Promise<Measured> {
  const { history, clock } = context;
  const last = history.at(-1);
  const before = readMarks(last?.facts?.[MARKS]);
  const work = await partsOf(context.reach, [given.files].flat(), before, FIRST_TAIL, last?.at ?? 0);
  const { tally, marks, bytes, skipped } = await count(work, given, last, context);
  const peak = tally.peak(last ? (clock.wall() - last.at) / 60_000 : 0);
  const latest = tally.latest();
  const value = rounded(peak?.perMinute ?? 0);
  const { usual, limit } = limitOf(given, history, clock.wall());
  const facts: Facts = {
    lines: tally.count,
    perMinute: value,
    windowMinutes: given.window / 60,
    ...(last && { usual, limit }),
    ...(peak && { first: peak.stretch.first }),
    files: work.current.length,
    bytes,
    ...(work.lost.length > 0 && { lost: work.lost.join(", ") }),
    [MARKS]: writeMarks(marks),
    ...(latest && { [WINDOW]: `${latest.window}:${latest.count}` }),
  };
  const unread = unreadOf(work, skipped, value, facts);
  if (given.judge === "bands") return unread ?? { kind: "value", value, unit: "per-minute", facts };
  const said = {
    lines: tally.count,
    peak: value,
    window: given.window / 60,
    usual,
    limit,
    first: peak?.stretch.first ?? "",
  };
  if (last && value >= limit) return fail("log-spike", said, facts, { value, unit: "per-minute" });
  const seen = spikeOf(history, clock.wall() - given.hold * 1_000);
  if (seen) return fail("log-spike-held", { ...seen, at: utc(seen.at) }, facts, { value, unit: "per-minute" });
  if (unread) return unread;
  if (!last)
    return { kind: "unknown", reason: "no-baseline", args: { detail: `${tally.count}` }, facts, sample: value };
  return pass("log-usual", said, facts, { value, unit: "per-minute" });
}

/** Error lines per window since the last run, against what is usual: the median of earlier runs and its deviation. */
export const logErrorsCheck = defineCheck({ kind: "log-errors", params, unit: "per-minute", run: guarded(run) });
