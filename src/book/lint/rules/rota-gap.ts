import type { LintRule } from "../../../model/book.ts";
import { rotasOf } from "../../../model/rota/of-book.ts";
import { shifts } from "../../../model/rota/on-call.ts";
import { give } from "../give.ts";
import { ahead, clockOf } from "../rota-ahead.ts";

/** Nobody is on call for a time within the next four weeks. The first hole is told, with how many there are. */
export const rotaGap: LintRule = {
  codes: ["WB910"],
  run: (book, { today }) =>
    (book.config.rota.length === 0 ? [] : rotasOf(book)).flatMap((rota) => {
      const gaps = shifts(rota, ...ahead(rota, today)).filter(({ answer }) => answer.state === "gap");
      const [first] = gaps;
      if (first === undefined) return [];
      const [from, to] = [clockOf(first.from, rota.zone), clockOf(first.until, rota.zone)];
      return [give("WB910", "warn", rota.source, { rota: rota.title, from, to, count: gaps.length })];
    }),
};
