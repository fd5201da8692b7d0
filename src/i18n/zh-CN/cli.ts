import type { Same } from "../same.ts";
import type { cli as source } from "../en/cli.ts";

export const cli = {
  errors: {},
} satisfies Same<typeof source>;
