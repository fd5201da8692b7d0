import { z } from "zod";
import type { Bands } from "../../model/check.ts";

/** Limits of a value, as watchbook.yaml has them. */
export const bands = z.strictObject({
  bad: z
    .enum(["above", "below"])
    .optional()
    .describe("Which side is bad; default: from the order of warn and critical."),
  normal: z.number().optional().describe("Above it (below it) the value is marked elevated."),
  warn: z.number().optional().describe("Reached: warn."),
  critical: z.number().optional().describe("Reached: fail."),
});

/** The bad side is said, or follows from the order of the limits. */
export function bandsOf(raw: z.output<typeof bands>): Bands {
  const { normal, warn, critical } = raw;
  const low = normal ?? warn;
  const high = critical ?? warn;
  const falling = low !== undefined && high !== undefined && high < low;
  const limits = Object.entries({ normal, warn, critical }).filter(([, limit]) => limit !== undefined);
  return { ...Object.fromEntries(limits), bad: raw.bad ?? (falling ? "below" : "above") };
}

/** Whether the limits stand in the order of getting worse. */
export function areOrdered({ bad, normal, warn, critical }: Bands): boolean {
  const limits = [normal, warn, critical].filter((limit) => limit !== undefined);
  return limits.every((limit, index) => {
    const before = limits[index - 1];
    return before === undefined || (bad === "above" ? limit >= before : limit <= before);
  });
}
