import type { Same } from "../same.ts";
import type { book as source } from "../en/book.ts";

/** Reading, parsing, configuration, recognition: findings WB0xx and WB2xx, errors, words of `show`. */
export const book = {
  errors: {},
  findings: {},
} satisfies Same<typeof source>;
