import type { Same } from "../same.ts";
import type { lint as source } from "../en/lint.ts";

/** Findings of the lint rules: WB1xx and WB3xx to WB9xx. */
export const lint = {
  findings: {},
} satisfies Same<typeof source>;
