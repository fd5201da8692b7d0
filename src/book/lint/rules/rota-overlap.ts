import type { LintRule } from "../../../model/book.ts";
import { rotasOf } from "../../../model/rota/of-book.ts";
import { overlaps } from "../../../model/rota/on-call.ts";
import { give } from "../give.ts";
import { ahead, clockOf } from "../rota-ahead.ts";

/** Two people are on call at once within the next four weeks, and only one of them is called. */
export const rotaOverlap: LintRule = {
  codes: ["WB911"],
  run: (book, { today }) =>
    (book.config.rota.length === 0 ? [] : rotasOf(book)).flatMap((rota) =>
      overlaps(rota, ...ahead(rota, today)).map(({ from, between: [a, b], persons: [first, second] }) => {
        const args = { rota: rota.title, from: clockOf(from, rota.zone), a, b, first, second };
        return give("WB911", "warn", rota.source, args);
      }),
    ),
};
