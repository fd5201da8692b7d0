import type { Same } from "../same.ts";
import type { evidence as source } from "../en/evidence.ts";

export const evidence = {
  errors: {},
  reasons: {},
} satisfies Same<typeof source>;
