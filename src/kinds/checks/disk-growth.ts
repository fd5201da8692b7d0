import { z } from "zod";
import { defineCheck, type CheckContext, type Facts, type Measured, type Sample } from "../../model/check.ts";
import { utc } from "../../model/time.ts";
import { guarded } from "./answer/guarded.ts";
import { fail, pass, rounded } from "./answer/measured.ts";
import { room } from "./disk/room.ts";
import { usual } from "./history/usual.ts";
import { duration } from "./params/duration.ts";
import { size, sizeText } from "./params/size.ts";

const DAY = 86_400;

const params = z
  .strictObject({
    path: z.string().min(1).default("/").describe("Any path on the file system, or the directory that has the quota."),
    quota: size
      .refine((bytes) => bytes > 0, "positive")
      .optional()
      .describe("What the directory tree at `path` may take; absent: the whole file system is measured."),
    window: duration
      .refine((seconds) => seconds >= 1, "positive")
      .default(DAY)
      .describe("Growth is compared over this time; a shorter one is not scaled up to it."),
    jump: z
      .number()
      .positive()
      .max(100)
      .default(10)
      .describe("Growth in one window below this share of the size, in %, is never abnormal."),
    within: duration.default(30).describe("How long the size of a directory tree may take to find out."),
  })
  .prefault({});

type Params = z.infer<typeof params>;

interface Point {
  readonly at: number;
  readonly used: number;
  /** Bytes per window; absent for the first point. */
  readonly growth?: number;
}

const pointOf = (sample: Sample): Point[] => {
  const used = sample.facts?.["used"];
  const growth = sample.facts?.["growth"];
  return typeof used === "number" ? [{ at: sample.at, used, ...(typeof growth === "number" && { growth }) }] : [];
};

/** The oldest point inside the window, or the last one before it. */
function reference(points: readonly Point[], from: number): Point | undefined {
  return points.find((point) => point.at >= from) ?? points.at(-1);
}

/** Growth since a point per window: a longer time is scaled down, a shorter one is taken as it is. */
const growthSince = (point: Point, now: Point, windowMs: number): number =>
  ((now.used - point.used) * windowMs) / Math.max(windowMs, now.at - point.at);

async function run(given: Params, context: CheckContext): Promise<Measured> {
  const { reach, history, clock, signal } = context;
  const { used, size } = await room(reach, given.path, given.quota, { signal, timeoutMs: given.within * 1_000 });
  const now: Point = { at: clock.wall(), used };
  const windowMs = given.window * 1_000;
  const points = history.flatMap(pointOf);
  const since = reference(points, now.at - windowMs);
  const plain: Facts = { path: given.path, used, size, percent: rounded((100 * used) / size) };
  if (!since)
    return { kind: "unknown", reason: "no-baseline", args: { detail: sizeText(used) }, facts: plain, sample: 0 };

  const growth = growthSince(since, now, windowMs);
  const known = usual(points.flatMap((point) => point.growth ?? []));
  const limit = Math.max((given.jump / 100) * size, known.median + 6 * known.deviation);
  const perDay = (growth * DAY) / given.window;
  const facts: Facts = {
    ...plain,
    growth: rounded(growth, 0),
    usual: rounded(known.median, 0),
    limit: rounded(limit, 0),
    before: since.used,
    beforeAt: utc(since.at),
    ...(perDay > 0 && { daysToFull: rounded((size - used) / perDay, 1) }),
  };
  const said = {
    before: sizeText(since.used),
    at: utc(since.at),
    now: sizeText(used),
    growth: sizeText(growth),
    usual: sizeText(known.median),
    limit: sizeText(limit),
  };
  const measured = { value: rounded(perDay, 0), unit: "bytes/day" } as const;
  return growth >= limit ? fail("growth-abnormal", said, facts, measured) : pass("growth-usual", said, facts, measured);
}

/** Whether a file system or directory grows faster than it usually does. */
export const diskGrowthCheck = defineCheck({ kind: "disk-growth", params, unit: "bytes/day", run: guarded(run) });
