import type { Same } from "../same.ts";
import type { desk as source } from "../en/desk.ts";

export const desk = {
  errors: {},
} satisfies Same<typeof source>;
