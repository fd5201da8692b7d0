import type { Same } from "../same.ts";
import type { report as source } from "../en/report.ts";

export const report = {
  errors: {},
} satisfies Same<typeof source>;
