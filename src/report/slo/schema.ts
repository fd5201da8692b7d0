import { z } from "zod";

/** States of one injected fault; only `recovered` counts towards the objective. */
export const FAULT_STATES = [
  "recovered",
  /** The link was never seen again. */
  "not-recovered",
  /** The log ends before the link had been back for as long as it must hold. */
  "not-held",
  /** The link was never seen to be gone. */
  "not-bitten",
  /** It was gone before the fault began, or nothing says that it was there. */
  "down-before",
  /** Nothing says that the fault was taken away. */
  "not-cleared",
  /** No line of the probe log is about this time. */
  "not-probed",
] as const;
export type FaultState = (typeof FAULT_STATES)[number];

const time = z.iso.datetime({ precision: 3 }).describe("UTC, wall clock: a label.");
const seconds = z.number().nonnegative().describe("Seconds, rounded up to a millisecond.");
const line = z.int().positive().describe("Line of its file, from 1.");
const told = z.strictObject({
  code: z.string(),
  args: z.record(z.string(), z.union([z.string(), z.number()])),
});

const fault = z.strictObject({
  scenario: z.string(),
  parameters: z.record(z.string(), z.string()),
  state: z.enum(FAULT_STATES),
  appliedAt: time,
  clearedAt: time.nullable(),
  disconnectedAt: time.nullable().describe("First line that has the link gone."),
  reconnectedAt: time.nullable().describe("First line that has it back, and it held."),
  seen: z.array(z.string()).describe("Why the link was gone, as the probe saw it, each once."),
  detectSeconds: seconds.nullable().describe("From apply to disconnect."),
  downSeconds: seconds.nullable().describe("From disconnect to reconnect."),
  recoverySeconds: seconds
    .nullable()
    .describe("From clear to reconnect; where it was back before, from disconnect. Held to the objective."),
  lines: z.strictObject({
    apply: line,
    clear: line.nullable(),
    disconnect: line.nullable(),
    reconnect: line.nullable(),
  }),
});

const input = z.strictObject({
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  lines: z.int().nonnegative(),
  other: z.int().nonnegative().describe("Lines about something else: planned faults, other output."),
  skipped: z.int().min(0).max(1).describe("A last line that was being written when its writer died."),
});

/** The health report of reconnects: what Markdown says comes from this object alone. */
export const sloSchema = z
  .strictObject({
    format: z.literal("watchbook-slo/1"),
    verdict: z.enum(["pass", "fail", "inconclusive"]),
    reasons: z.array(told).describe("Why it is not a pass."),
    objective: z.strictObject({
      belowP99Seconds: seconds.describe("The 99th percentile of the recoveries must be below."),
      heldSeconds: seconds.describe("So long the link must be back without a break."),
    }),
    clock: z
      .enum(["monotonic", "wall"])
      .describe("wall: fault events have no monotonic clock; then nothing is proven."),
    summary: z.strictObject({
      faults: z.int().nonnegative(),
      recovered: z.int().nonnegative(),
      p99Seconds: seconds.nullable(),
      worstSeconds: seconds.nullable(),
      worstDownSeconds: seconds.nullable(),
    }),
    link: z.strictObject({
      state: z.enum(["healthy", "unhealthy", "unknown"]).describe("As the newest line of the probe log has it."),
      at: time.nullable(),
    }),
    faults: z.array(fault),
    unmatched: z.strictObject({
      count: z.int().nonnegative().describe("Lines that have the link gone, and no fault was there."),
      probes: z.array(z.strictObject({ line, at: time, reason: z.string() })).describe("The first hundred."),
      events: z.array(z.strictObject({ line, at: time, scenario: z.string(), phase: z.enum(["apply", "clear"]) })),
    }),
    inputs: z.strictObject({ faultEvents: input, probeLog: input }),
    warnings: z.array(told),
  })
  .describe("Reconnects of a gateway under injected faults, held to an objective.");
export type SloReport = z.output<typeof sloSchema>;
export type SloFault = SloReport["faults"][number];
export type SloInput = SloReport["inputs"]["probeLog"];
