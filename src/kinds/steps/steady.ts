import { z } from "zod";
import type { NOT_STEADY } from "../../model/journal.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { secondsBetween } from "../../model/time.ts";
import { secondsText } from "./cluster/load.ts";
import { check, lineOf, lookAt, sawOf, type Seen } from "./drill/look.ts";
import { ended, refused } from "./ending/ended.ts";

const params = z.strictObject({
  checks: z.array(check).min(1).describe("What must be green."),
  when: z
    .enum(["before", "after"])
    .describe("before: now, or the drill does not begin. after: again, and it stays so."),
  settle: z.number().min(0).default(0).describe("Seconds in which it must be green again."),
  hold: z.number().min(0).default(0).describe("Seconds for which it must then stay so."),
});
type Params = z.infer<typeof params>;

/** Between two rounds of looks, milliseconds. */
const AGAIN_MS = 500;

const isWell = ({ look }: Seen): boolean => look.outcome === "pass";

/** One look at all of them, at the same time. */
async function round({ checks }: Params, context: StepContext, start: bigint): Promise<readonly Seen[]> {
  const all = await Promise.all(checks.map((one) => lookAt(one, context)));
  const seconds = secondsBetween(start, context.clock.monotonic());
  for (const seen of all) context.log(lineOf(seen, seconds), "out");
  return all;
}

async function before(given: Params, context: StepContext) {
  const all = await round(given, context, context.clock.monotonic());
  const bad = all.find((seen) => !isWell(seen));
  if (bad) throw refused("not-steady" satisfies typeof NOT_STEADY, sawOf(bad));
  return { ending: "ok" as const };
}

/** The time counts from the first look at which all were green and stayed so; a relapse moves it. */
async function after(given: Params, context: StepContext) {
  const { clock, signal, env } = context;
  const start = clock.monotonic();
  let good: bigint | undefined;
  for (;;) {
    const all = await round(given, context, start);
    const now = clock.monotonic();
    const bad = all.find((seen) => !isWell(seen));
    if (bad) good = undefined;
    else good ??= now;
    if (signal.aborted) return { ending: "cancelled" as const, reason: "cancelled" };
    if (good !== undefined && secondsBetween(good, now) >= given.hold) break;
    if (good === undefined && secondsBetween(start, now) >= given.settle)
      throw refused("steady-not-again", { ...sawOf(bad!), seconds: given.settle });
    await clock.sleep(AGAIN_MS, signal).catch(() => undefined);
  }
  const fault = env["FAULT_AT_NS"];
  return {
    ending: "ok" as const,
    ...(fault !== undefined && { outputs: { RTO_SECONDS: secondsText(BigInt(fault), good) } }),
  };
}

const shown = ({ checks, when, settle, hold }: Params): string => {
  const names = checks.map(({ id, target }) => (target === "local" ? id : `${id}@${target}`)).join(", ");
  return when === "before" ? `steady: ${names}` : `steady: ${names} (<= ${settle} s, ${hold} s)`;
};

/**
 * A drill begins from a steady state, and ends in one. Output, where the time of the fault is known: RTO_SECONDS, until all was green
 * and stayed so.
 */
export const steadyStep = defineStep<Params>({
  kind: "steady",
  params,
  made: true,
  view: (given) => ({ command: shown(given), risk: "read", sudo: false }),
  perform: (given, context) => ended(context, () => (given.when === "before" ? before : after)(given, context)),
});
