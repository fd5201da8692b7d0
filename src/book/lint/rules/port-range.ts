import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { shellLines } from "../lines.ts";

const RANGE = /^[ \t]*net\.ipv4\.ip_local_port_range[ \t]*=[ \t]*(\d+)[ \t]+(\d+)/gm;
/** Ranges that are compared with the ports: of several in one file the last counts, and no manual has more files. */
const MOST_RANGES = 100;
const PORT = /(?:\bport\s+|:|\blocalhost\s+|--dport\s+|grep\s+)(\d{4,5})\b/g;

/** The range of outgoing ports covers a port the service listens on: sooner or later it is taken (S-088). */
export const portRange: LintRule = {
  codes: ["WB712"],
  run: (book) => {
    if (!book.artefacts.some(({ form }) => form === "sysctl")) return [];
    const ports = shellLines(book).flatMap(({ text, source }) =>
      [...text.matchAll(PORT)].map((match) => ({ port: Number(match[1]), source })),
    );
    return book.artefacts
      .filter(({ form }) => form === "sysctl")
      .flatMap(({ content, source }) => {
        const last = [...content.matchAll(RANGE)].at(-1);
        return last ? [{ low: last[1]!, high: last[2]!, source }] : [];
      })
      .slice(0, MOST_RANGES)
      .flatMap(({ low, high, source }) => {
        const hit = ports.find(
          ({ port, source: place }) => place.file === source.file && port >= Number(low) && port <= Number(high),
        );
        return hit ? [give("WB712", "warn", source, { low, high, port: hit.port, line: hit.source.line })] : [];
      });
  },
};
