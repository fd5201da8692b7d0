import { z } from "zod";
import type { Bands, Sample } from "../../model/check.ts";
import type { AttemptEnd } from "../../model/journal.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { secondsBetween } from "../../model/time.ts";
import { duration, durationText } from "../checks/params/duration.ts";
import { every, judging, where } from "./check/fields.ts";
import { isGreen, kindOf, saw, shown } from "./check/kind.ts";
import { bandsOf, probe, type Look } from "./check/probe.ts";
import { ended } from "./ending/ended.ts";
import { counted, isMeasured, looksIn, NOTHING, type Tally } from "./gate/tally.ts";

const params = z
  .strictObject({
    ...where,
    for: duration.default(0).describe("Time for which it must stay green; 0: one look."),
    every: every(10),
    least: z
      .int()
      .min(1)
      .default(1)
      .describe("Fewest looks that must give a value; with fewer it could not be measured and does not pass."),
    baseline: z
      .boolean()
      .default(false)
      .describe("The first look is not judged: the next ones are compared with it, as counts of log lines are."),
    ...judging,
  })
  .refine((given) => given.least + (given.baseline ? 1 : 0) <= looksIn(given.for, given.every), "least-looks");
type Params = z.infer<typeof params>;

/** One line per look in the record; what a probe keeps for itself (`_…`) is not for readers. */
function line(look: Look, seconds: number): string {
  const { facts = {}, sample: _, ...rest } = look;
  const kept = Object.entries(facts).filter(([name]) => !name.startsWith("_"));
  return `${JSON.stringify({ seconds: Number(seconds.toFixed(3)), ...rest, ...(kept.length > 0 && { facts: Object.fromEntries(kept) }) })}\n`;
}

/** What the next look of the same check is compared with. */
function sampleOf(look: Look, { check, target = "-" }: Params, at: number): readonly Sample[] {
  const value = look.value ?? look.sample;
  return value === undefined ? [] : [{ check, target, at, value, ...(look.facts && { facts: look.facts }) }];
}

function outputsOf({ measured, first, worst, last }: Tally): Pick<AttemptEnd, "outputs"> {
  const values = Object.entries({ VALUE: last, FIRST: first, WORST: worst, LOOKS: measured });
  return {
    outputs: Object.fromEntries(
      values.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ),
  };
}

/** A value says by how much, and of which series; a state says what it is. */
function notGreen(
  look: Look,
  tally: Tally,
  check: string,
  bands: Bands | undefined,
): Pick<AttemptEnd, "reason" | "args"> {
  const { looks, first = "-", worst = "-" } = tally;
  const { value, outcome, reason, facts = {} } = look;
  const { labels } = facts;
  const limit = outcome === "fail" ? bands?.critical : (bands?.warn ?? bands?.normal);
  if (reason !== "value" || value === undefined || limit === undefined) {
    const { value: _, ...seen } = saw(look);
    return { reason: "gate-red", args: { check, looks, ...seen } };
  }
  const what = typeof labels === "string" ? `${check} ${labels}` : check;
  const over = `${bands?.bad === "below" ? "≤" : "≥"} ${limit}`;
  return { reason: "gate-over", args: { check: what, looks, value, limit: over, first, worst } };
}

function endOf(tally: Tally, given: Params, bands: Bands | undefined): Omit<AttemptEnd, "seconds"> {
  const { check, least } = given;
  const { looks, measured, latest, blind } = tally;
  if (latest && latest.outcome !== "unknown" && !isGreen(latest, given))
    return { ending: "failed", ...notGreen(latest, tally, check, bands) };
  if (isMeasured(tally, least)) return { ending: "ok", ...outputsOf(tally) };
  const { why, detail } = saw((blind ?? latest)!);
  return {
    ending: "failed",
    reason: "gate-unmeasured",
    args: { check, measured, looks, least, why, detail },
  };
}

/** Looks again and again until its time is over; the first look that is not green ends it. */
async function hold(given: Params, context: StepContext): Promise<Omit<AttemptEnd, "seconds">> {
  const { clock, signal } = context;
  const { kind, data } = kindOf(given, context);
  const reach = given.target === undefined ? context.reach : await context.open(given.target);
  const bands = bandsOf(kind, given.bands);
  const start = clock.monotonic();
  const passed = (): number => secondsBetween(start, clock.monotonic());
  let tally = NOTHING;
  const history: Sample[] = [];
  for (let due = 0, index = 0; ; index++) {
    const look = await probe(kind, data, given, { ...context, reach }, history);
    context.log(Buffer.from(line(look, passed())), "out");
    if (signal.aborted) return { ending: "cancelled", reason: "cancelled" };
    history.push(...sampleOf(look, given, clock.wall()));
    if (index > 0 || !given.baseline) {
      tally = counted(tally, look, bands?.bad ?? "above");
      if (look.outcome !== "unknown" && !isGreen(look, given)) break;
    }
    if (due >= given.for) break;
    // A look that took longer than its turn is followed by the next at once; the last is at the very end of the time.
    due = Math.min(given.for, Math.max(due + given.every, passed()));
    await clock.sleep(Math.max(0, due - passed()) * 1_000, signal).catch(() => undefined);
  }
  const { latest: _l, blind: _b, ...sum } = tally;
  context.log(Buffer.from(`${JSON.stringify({ seconds: Number(passed().toFixed(3)), ...sum })}\n`), "out");
  return endOf(tally, given, bands);
}

/**
 * Holds a check green for a time: what stands between two batches of a rollout. It passes only what was measured; unknown
 * in between is borne, but does not count. Outputs: VALUE (the last), FIRST, WORST, LOOKS (that gave a value).
 */
export const gateStep = defineStep<Params>({
  kind: "gate",
  params,
  view: (given) => ({
    command: [
      `gate ${shown(given)}`,
      ...(given.bands ? [JSON.stringify(given.bands)] : []),
      ...(given.for > 0 ? [`(${durationText(given.for)}, ${durationText(given.every)}, ≥ ${given.least})`] : []),
    ].join(" "),
    risk: "read",
    sudo: false,
  }),
  lastsMs: (given) => (given.for + given.probe) * 1_000,
  perform: (given, context) => ended(context, () => hold(given, context)),
});
