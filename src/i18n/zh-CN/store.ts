import type { Same } from "../same.ts";
import type { store as source } from "../en/store.ts";

export const store = {
  errors: {},
} satisfies Same<typeof source>;
