import type { Same } from "../same.ts";
import type { api as source } from "../en/api.ts";

export const api = {
  errors: {},
} satisfies Same<typeof source>;
