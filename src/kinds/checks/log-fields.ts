import { z } from "zod";
import { defineCheck, type CheckContext, type Facts, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { rounded } from "./answer/measured.ts";
import { lookUp, pointer, pointerText } from "./answer/pointer.ts";
import { Unjudged } from "./answer/unjudged.ts";
import type { Line } from "./fields/line.ts";
import { readSince } from "./fields/since.ts";
import { duration, durationText } from "./params/duration.ts";
import { size } from "./params/size.ts";

const text = z.string().min(1);
const value = z.union([z.string(), z.number(), z.boolean()]);
const params = z
  .strictObject({
    files: z
      .union([text, z.array(text).min(1)])
      .describe("Path or glob (`*`, `?` in its last part), or list of them, of logs with one JSON object per line."),
    window: duration
      .refine((seconds) => seconds >= 1, "positive")
      .default(300)
      .describe("How far back lines count; those that were rotated away meanwhile count as well."),
    measure: z
      .enum(["share", "rate", "quantile", "complete"])
      .default("share")
      .describe(
        "`share`: percent of the lines that `where` fits; `rate`: those per minute; `quantile`: of the field `of`, in seconds; `complete`: percent of the lines with every field of `required`.",
      ),
    where: z
      .strictObject({
        field: pointer.describe("Place in the line: `/res/status`, or `res.status`."),
        is: z.array(value).min(1).optional().describe("It is one of these: `[error, fatal, 50, 60]`."),
        min: z.number().optional().describe("It is a number of at least this: `500`."),
      })
      .refine(({ is, min }) => (is === undefined) !== (min === undefined), "is-or-min")
      .optional()
      .describe("Which lines count: by level or status."),
    of: z
      .strictObject({
        field: pointer.describe("Place of the duration in the line."),
        unit: z.enum(["s", "ms", "us", "ns"]).default("ms").describe("What its numbers are."),
        quantile: z.number().gt(0).lt(1).default(0.99).describe("0.99: all but the slowest hundredth are faster."),
      })
      .optional()
      .describe("Which duration is measured."),
    required: z.array(pointer).min(1).optional().describe("Fields that every line must have."),
    least: z
      .int()
      .positive()
      .default(20)
      .describe("Fewer lines count as this many, so that one error in a quiet night is no share."),
    silence: duration
      .optional()
      .describe("No line at all for this long is a failure; absent: a quiet log is one without errors."),
    time: pointer
      .optional()
      .describe("Place of the time; default: `time`, `ts`, `timestamp` or `@timestamp`. Without a zone it is UTC."),
    maxBytes: size.default(268_435_456).describe("More than this within the window is not read."),
  })
  .refine(({ measure, of }) => (measure === "quantile") === (of !== undefined), "quantile-of")
  .refine(({ measure, where }) => where !== undefined || (measure !== "share" && measure !== "rate"), "share-where")
  .refine(({ measure, required }) => (measure === "complete") === (required !== undefined), "complete-required");
type Params = z.infer<typeof params>;

const SECONDS = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 } as const;
/** By how much a target's clock or a batch of lines may be ahead, milliseconds. */
const AHEAD = 300_000;

/** What the lines of a window came to. */
class Found {
  lines = 0;
  matching = 0;
  complete = 0;
  /** Lines that have the field which is asked for. */
  having = 0;
  last = -Infinity;
  readonly durations: number[] = [];
}

function fits(document: object, { where }: Params, found: Found): boolean {
  if (where === undefined) return true;
  const at = lookUp(document, where.field);
  if (at !== undefined) found.having += 1;
  if (where.min !== undefined) return Number(at ?? Number.NaN) >= where.min;
  return where.is!.some((each) => String(each).toLowerCase() === String(at).toLowerCase());
}

function add({ document, at }: Line, given: Params, found: Found): void {
  found.lines += 1;
  if (at !== undefined) found.last = Math.max(found.last, at);
  if (fits(document, given, found)) {
    found.matching += 1;
    const took = given.of && lookUp(document, given.of.field);
    if (typeof took === "number") found.durations.push(took * SECONDS[given.of!.unit]);
  }
  if (given.required?.every((path) => lookUp(document, path) !== undefined)) found.complete += 1;
}

/** The nearest-rank quantile: a value that was seen. */
function quantile(values: number[], share: number): number {
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.ceil(share * values.length) - 1)]!;
}

function judge(given: Params, found: Found, unreadable: number, facts: Facts): Measured {
  const { measure, least } = given;
  const all = found.lines + unreadable;
  if (measure === "complete") {
    if (all === 0) throw new Unjudged("absent", durationText(given.window), facts);
    return { kind: "value", value: rounded((100 * found.complete) / all), unit: "%", facts };
  }
  if (unreadable > found.lines) throw new Unjudged("unparsable", `${unreadable}/${all}: JSON`, facts);
  // A field that no line has is a wrong name, not a log without errors.
  if (given.where && found.lines > 0 && found.having === 0)
    throw new Unjudged("absent", pointerText(given.where.field), facts);
  if (measure === "rate")
    return { kind: "value", value: rounded((60 * found.matching) / given.window), unit: "per-minute", facts };
  if (measure === "share")
    return { kind: "value", value: rounded((100 * found.matching) / Math.max(found.lines, least)), unit: "%", facts };
  if (found.durations.length === 0) throw new Unjudged("absent", pointerText(given.of!.field), facts);
  return { kind: "value", value: rounded(quantile(found.durations, given.of!.quantile), 4), unit: "seconds", facts };
}

async function run(given: Params, { reach, clock }: CheckContext): Promise<Measured> {
  const now = clock.wall();
  const back = Math.max(given.window, given.silence ?? 0) * 1_000;
  const found = new Found();
  let last = -Infinity;
  const asked = { since: now - back, most: given.maxBytes, time: given.time };
  const read = await readSince(reach, [given.files].flat(), asked, (line) => {
    last = Math.max(last, line.at ?? last);
    if ((line.at ?? last) >= now - given.window * 1_000) add(line, given, found);
  });
  const facts: Facts = {
    lines: found.lines,
    matching: found.matching,
    unreadable: read.unreadable,
    ...(Number.isFinite(last) && { age: rounded((now - last) / 1_000, 1) }),
  };
  if (last > now + AHEAD) throw new Unjudged("unparsable", pointerText(given.time ?? ["time"]), facts);
  if (given.silence !== undefined && now - last > given.silence * 1_000)
    throw new Failing("log-silent", { seconds: durationText(given.silence) }, facts);
  return judge(given, found, read.unreadable, facts);
}

/** Fields of a JSON log over a window: the share or rate of a level or status, a quantile of durations, completeness. */
export const logFieldsCheck = defineCheck<Params>({ kind: "log-fields", params, run: guarded(run) });
