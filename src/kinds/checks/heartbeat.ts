import { Cron } from "croner";
import { z } from "zod";
import { unset } from "../../model/beat.ts";
import { defineCheck, SOON_MS, type CheckContext, type Facts, type Measured } from "../../model/check.ts";
import { utc } from "../../model/time.ts";
import { guarded } from "./answer/guarded.ts";
import { fail, pass, rounded } from "./answer/measured.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { judgeBeat, type Expected } from "./heartbeat/judge.ts";
import { duration, durationText } from "./params/duration.ts";

const isCron = (given: string): boolean => {
  try {
    return new Cron(given, { paused: true }).nextRun() !== null;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return false;
    throw error;
  }
};
const isZone = (given: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: given }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

const params = z
  .strictObject({
    every: duration
      .refine((seconds) => seconds > 0, "positive")
      .optional()
      .describe("The job must be done again within this time after it was done."),
    cron: z
      .string()
      .refine(isCron, "cron")
      .optional()
      .describe("When the job begins, as its crontab says; instead of `every`."),
    zone: z.string().refine(isZone, "zone").default("UTC").describe("Time zone of `cron`."),
    grace: duration
      .default(300)
      .describe("How long after that it may still come in; with `cron` this is how long the job may take."),
    longest: duration.default(3_600).describe("A job that says when it begins must end within this time."),
    token: z
      .strictObject({ secret: z.string().min(1) })
      .optional()
      .describe(
        "What the job sends as Bearer to POST /api/heartbeats/ID, by the name of a secret; absent: it reports with `watchbook heartbeat` on this machine.",
      ),
  })
  .refine(({ every, cron }) => (every === undefined) !== (cron === undefined), "every-or-cron");

type Params = z.infer<typeof params>;

function expectedOf({ every, cron, zone, grace, longest }: Params): Expected {
  const limits = { graceMs: grace * 1_000, longestMs: longest * 1_000 };
  if (cron === undefined) return { ...limits, next: (after) => after + (every ?? 0) * 1_000 };
  const times = new Cron(cron, { timezone: zone, paused: true });
  return {
    ...limits,
    wall: true,
    next: (after) => times.nextRun(new Date(after))?.getTime() ?? Number.POSITIVE_INFINITY,
  };
}

/** From when on the job is watched: what the first reading kept, moved as the clock was set since. */
function sinceOf({ history, clock }: CheckContext, set: number): number {
  const last = history.at(-1);
  const { _since: kept = last?.at, _set: before = 0 } = last?.facts ?? {};
  return typeof kept === "number" ? kept + set - Number(before) : clock.wall();
}

const REASONS = {
  "in-time": "heartbeat-in-time",
  running: "heartbeat-running",
  never: "heartbeat-never",
  late: "heartbeat-late",
  failed: "heartbeat-failed",
  stuck: "heartbeat-stuck",
} as const;

async function run(given: Params, context: CheckContext): Promise<Measured> {
  if (!context.beat) throw new Unjudged("no-probe", "heartbeat");
  const [told, set] = [(await context.beat()) ?? {}, (await context.clockSet?.()) ?? 0];
  const [now, since, beat] = [context.clock.wall(), sinceOf(context, set), unset(told, set)];
  const { says, due } = judgeBeat(told, expectedOf(given), since, now, set);
  const age = rounded((now - (beat.well ?? since)) / 1_000, 0);
  const facts: Facts = {
    _since: since,
    ...(set !== 0 && { _set: set }),
    ...(beat.ended !== undefined && { beatAt: utc(beat.ended), exit: beat.exit ?? 0 }),
    ...(beat.seconds !== undefined && { seconds: rounded(beat.seconds, 1) }),
    ...(Number.isFinite(due) && { due: utc(due) }),
  };
  const said = {
    age: durationText(age),
    due: Number.isFinite(due) ? utc(due) : "-",
    exit: beat.exit ?? 0,
    began: utc(beat.started ?? since),
    longest: durationText(given.longest),
  };
  const value = { value: age, unit: "seconds" } as const;
  if (says === "waiting") return { kind: "unknown", reason: "no-report", args: said, facts, sample: age };
  const good = says === "in-time" || says === "running";
  return (good ? pass : fail)(REASONS[says], said, facts, value);
}

/** Whether a job that reports by itself has reported in time, and well. */
export const heartbeatCheck = defineCheck({
  kind: "heartbeat",
  everyMs: SOON_MS,
  params,
  unit: "seconds",
  run: guarded(run),
});
