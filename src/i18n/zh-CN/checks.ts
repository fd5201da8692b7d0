import type { Same } from "../same.ts";
import type { checks as source } from "../en/checks.ts";

/** Reasons of readings and names of check kinds. */
export const checks = {
  errors: {},
  reasons: {},
} satisfies Same<typeof source>;
