import type { LintRule } from "../../../model/book.ts";
import { likely } from "../../../model/nearest.ts";
import { give } from "../give.ts";

/** Alerts of another system that would get a severity which the book does not have: nobody would have said who is told. */
export const inboundSeverities: LintRule = {
  codes: ["WB824"],
  run: ({ config, severities }) => {
    const scale = [...config.severities, ...severities].filter((one) => one.scale === "alert").map(({ id }) => id);
    if (scale.length === 0) return [];
    return (config.inbound ?? []).flatMap(({ id, severity: { map, otherwise }, source }) => {
      const named = [...new Set([...Object.values(map), ...(otherwise === undefined ? [] : [otherwise])])];
      return named
        .filter((name) => !scale.includes(name))
        .map((name) => give("WB824", "error", source!, { id, name, near: likely(name, scale).join(", ") || "\u2013" }));
    });
  },
};
