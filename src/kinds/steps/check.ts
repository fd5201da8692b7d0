import { z } from "zod";
import type { CheckKind } from "../../model/check.ts";
import type { AttemptEnd } from "../../model/journal.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { secondsBetween } from "../../model/time.ts";
import { duration } from "../checks/params/duration.ts";
import { probe, type Look } from "./check/probe.ts";
import { ended, refused } from "./ending/ended.ts";

const limit = z.number();
const params = z.strictObject({
  check: z.string().min(1).describe("Kind of check."),
  with: z.record(z.string(), z.unknown()).default({}).describe("Its parameters, as a check of the book has them."),
  bands: z
    .strictObject({
      bad: z.enum(["above", "below"]).describe("The side that is bad."),
      normal: limit.optional().describe("Reached: elevated."),
      warn: limit.optional().describe("Reached: a warning."),
      critical: limit.optional().describe("Reached: a failure."),
    })
    .optional()
    .describe("Limits of its value; default: those of the kind."),
  target: z.string().min(1).optional().describe("Where it looks; default: the step's own target."),
  within: duration.default(0).describe("Time in which it must turn green; 0: it is asked once."),
  every: duration
    .refine((seconds) => seconds >= 0.1, "every")
    .default(2)
    .describe("Time between two looks."),
  probe: duration
    .refine((seconds) => seconds > 0, "positive")
    .default(10)
    .describe("Longest one look may take; longer is unknown."),
  warn: z.boolean().default(false).describe("A warning is green enough."),
});
type Params = z.infer<typeof params>;

/** The kind and its validated params. Throws Ended for what the book got wrong. */
function kindOf(given: Params, { registry }: StepContext): { readonly kind: CheckKind; readonly data: unknown } {
  const kind = registry.checks.get(given.check);
  if (!kind) throw refused("check-unknown", { check: given.check });
  const parsed = kind.params.safeParse(given.with);
  if (parsed.success) return { kind, data: parsed.data };
  const [issue] = parsed.error.issues;
  throw refused("check-params", { check: given.check, detail: `${issue!.path.join(".")}: ${issue!.message}` });
}

const isGreen = ({ outcome }: Look, given: Params): boolean => outcome === "pass" || (outcome === "warn" && given.warn);

function endOf(look: Look, given: Params): Omit<AttemptEnd, "seconds"> {
  const outputs = look.value === undefined ? {} : { outputs: { VALUE: String(look.value) } };
  if (isGreen(look, given)) return { ending: "ok", ...outputs };
  const { outcome, reason, value = "-" } = look;
  const detail = Object.entries(look.args ?? {}).map(([name, each]) => `${name} ${String(each)}`);
  return {
    ending: "failed",
    reason: outcome === "unknown" ? "check-unjudged" : "check-not-green",
    args: { check: given.check, outcome, why: reason, value, detail: detail.join(", ") || "-" },
  };
}

async function run(given: Params, context: StepContext): Promise<Omit<AttemptEnd, "seconds">> {
  const { clock, signal } = context;
  const { kind, data } = kindOf(given, context);
  const reach = given.target === undefined ? context.reach : await context.open(given.target);
  const end = clock.monotonic() + BigInt(Math.round(given.within * 1e9));
  for (;;) {
    const look = await probe(kind, data, given, { ...context, reach });
    context.log(Buffer.from(`${JSON.stringify(look)}\n`), "out");
    if (signal.aborted) return { ending: "cancelled", reason: "cancelled" };
    const left = secondsBetween(clock.monotonic(), end);
    if (isGreen(look, given) || left <= 0) return endOf(look, given);
    // The last look is at the very end of its time.
    await clock.sleep(Math.min(given.every, left) * 1_000, signal).catch(() => undefined);
  }
}

/** Waits until a check is green; unknown is not green. Output: VALUE, what it measured last. */
export const checkStep = defineStep<Params>({
  kind: "check",
  params,
  view: ({ check, with: given, within, every, target }) => ({
    command: [
      `check ${check} ${JSON.stringify(given)}`,
      ...(target === undefined ? [] : [`@${target}`]),
      ...(within > 0 ? [`(${within} s, ${every} s)`] : []),
    ].join(" "),
    risk: "read",
    sudo: false,
  }),
  perform: (given, context) => ended(context, () => run(given, context)),
});
