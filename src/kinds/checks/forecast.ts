import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import { guarded } from "./answer/guarded.ts";
import { fail, pass, rounded } from "./answer/measured.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { room } from "./disk/room.ts";
import { forecast } from "./forecast/line.ts";
import { duration, durationText } from "./params/duration.ts";
import { size } from "./params/size.ts";

const HOUR = 3_600;

const params = z
  .strictObject({
    path: z.string().min(1).default("/").describe("Any path on the file system, or the directory that has the quota."),
    quota: size
      .refine((bytes) => bytes > 0, "positive")
      .optional()
      .describe("What the directory tree at `path` may take; absent: the whole file system is measured."),
    of: z.enum(["space", "inodes"]).default("space").describe("Bytes, or the number of files there can be."),
    ahead: duration
      .refine((seconds) => seconds > 0, "positive")
      .default(24 * HOUR)
      .describe("Full within this time is a failure."),
    window: duration
      .refine((seconds) => seconds >= 600, "positive")
      .default(6 * HOUR)
      .describe("The line is drawn through the readings of this time; unknown until half of it is known."),
    guard: z
      .number()
      .min(0)
      .max(100)
      .default(60)
      .describe("Below this used share, in %, nothing is full soon, whatever the line says."),
    within: duration.default(30).describe("How long the size of a directory tree may take to find out."),
  })
  .prefault({});

async function run(given: z.infer<typeof params>, context: CheckContext): Promise<Measured> {
  const { path, quota, of, ahead, window, guard, within } = given;
  const found = await room(context.reach, path, quota, { signal: context.signal, timeoutMs: within * 1_000 });
  const { used, size: all } = of === "inodes" ? (found.inodes ?? { used: 0, size: 0 }) : found;
  if (all === 0) throw new Unjudged("unparsable", path);
  const [now, percent] = [context.clock.wall(), rounded((100 * used) / all, 4)];
  const known = context.history.filter(({ at }) => at < now);
  const line = forecast([...known, { at: now, value: percent }], now, {
    windowMs: window * 1_000,
    aheadMs: ahead * 1_000,
  });
  const plain = { path, used, size: all, percent: rounded(percent) };
  if (line.kind === "short")
    return {
      kind: "unknown",
      reason: "no-baseline",
      args: { detail: durationText(line.spanMs / 1_000) },
      facts: plain,
      sample: percent,
    };
  const facts = {
    ...plain,
    perHour: rounded(line.perHour, 3),
    falls: line.teeth,
    ...(line.fullInMs !== undefined && { daysToFull: rounded(line.fullInMs / 86_400_000, 2) }),
  };
  const said = {
    path,
    percent: facts.percent,
    guard,
    ahead: durationText(ahead),
    in: durationText((line.fullInMs ?? 0) / 1_000),
  };
  const value = { value: percent, unit: "%" } as const;
  if (line.fullInMs === undefined) return pass("forecast-room", said, facts, value);
  return percent < guard ? pass("forecast-guarded", said, facts, value) : fail("forecast-full", said, facts, value);
}

/** Whether a file system is full before long, by a line through the last hours that knows the teeth of log rotation. */
export const forecastCheck = defineCheck({ kind: "forecast", params, unit: "%", run: guarded(run) });
