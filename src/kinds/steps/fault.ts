import { z } from "zod";
import type { FaultKind } from "../../model/fault.ts";
import type { AttemptEnd, FAULT_EXPIRED } from "../../model/journal.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { duration } from "../checks/params/duration.ts";
import { faults } from "../faults/index.ts";
import { recall } from "../targets/receipt/receipt.ts";
import { Ended, ended, refused } from "./ending/ended.ts";

const params = z.strictObject({
  fault: z.string().min(1).describe("Kind of fault."),
  with: z.record(z.string(), z.unknown()).default({}).describe("Its parameters."),
  limit: duration
    .refine((seconds) => seconds >= 1 && seconds <= 86_400, "fault-limit")
    .default(600)
    .describe("After this time the target itself takes it away, whoever has died; 1 s to 1 day."),
  remove: z.boolean().default(false).describe("Instead: take away what this step injected."),
});
type Params = z.infer<typeof params>;

/** The kind and its validated params. Throws Ended for what the book got wrong. */
function kindOf(given: Params, { registry }: StepContext): { readonly kind: FaultKind; readonly data: unknown } {
  const kind = registry.faults.get(given.fault);
  if (!kind) throw refused("fault-unknown", { fault: given.fault });
  const parsed = kind.params.safeParse(given.with);
  if (parsed.success) return { kind, data: parsed.data };
  const [issue] = parsed.error.issues;
  throw refused("fault-params", { fault: given.fault, detail: `${issue!.path.join(".")}: ${issue!.message}` });
}

/** The undo of an injected fault takes it away, whatever else its step says: it must never bite twice. */
const removes = (given: Params, { attempt }: StepContext): boolean => given.remove || attempt.purpose === "undo";

async function run(given: Params, context: StepContext): Promise<Omit<AttemptEnd, "seconds">> {
  const { kind, data } = kindOf(given, context);
  if (given.remove && context.attempt.purpose !== "undo") throw refused("restore-is-undo");
  if (removes(given, context)) {
    const { expired } = await kind.remove(data, context);
    return expired
      ? { ending: "ok", reason: "fault-expired" satisfies typeof FAULT_EXPIRED, args: { fault: given.fault } }
      : { ending: "ok" };
  }
  // Before the call: what a fault takes to bite is a part of the outage.
  const at = context.clock.monotonic();
  const { bit, facts, atNs = String(at) } = await kind.inject(data, context, given.limit * 1_000);
  context.log(Buffer.from(`${JSON.stringify({ fault: kind.kind, bit, ...facts })}\n`), "out");
  const detail = Object.entries(facts).map(([name, value]) => `${name} ${String(value)}`);
  if (!bit) throw new Ended("failed", "fault-did-not-bite", { fault: kind.kind, detail: detail.join(", ") || "-" });
  return { ending: "ok", outputs: { FAULT_AT_NS: atNs } };
}

function command({ fault, with: given, limit, remove }: Params): string {
  const kind = faults.find((each) => each.kind === fault);
  const parsed = kind?.params.safeParse(given);
  const text = kind && parsed?.success ? kind.view(parsed.data) : JSON.stringify(given);
  return remove ? `remove fault ${fault}: ${text}` : `fault ${fault}: ${text} (<= ${limit} s)`;
}

/** Injects a fault and proves that it bit; its undo removes it. Output: FAULT_AT_NS, the monotonic clock before its call. */
export const faultStep = defineStep<Params>({
  kind: "fault",
  params,
  view: (given) => ({ command: command(given), risk: given.remove ? "write" : "destructive", sudo: false }),
  perform: (given, context) => ended(context, () => run(given, context)),
  recall: async (_, context) => {
    const found = await recall(context.reach, context.attempt, context.signal);
    // What it gave out is read by attaching to it again.
    return found.state === "ended" && found.end.ending === "ok" ? { state: "running" } : found;
  },
});
