import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { shellLines } from "../lines.ts";

const RANGE = /^\s*net\.ipv4\.ip_local_port_range\s*=\s*(\d+)\s+(\d+)/gm;
const PORT = /(?:\bport\s+|:|\blocalhost\s+|--dport\s+|grep\s+)(\d{4,5})\b/g;

/** The range of outgoing ports covers a port the service listens on: sooner or later it is taken (S-088). */
export const portRange: LintRule = {
  codes: ["WB712"],
  run: (book) => {
    const ports = shellLines(book).flatMap(({ text, source }) =>
      [...text.matchAll(PORT)].map((match) => ({ port: Number(match[1]), source })),
    );
    return book.artefacts
      .filter(({ form }) => form === "sysctl")
      .flatMap(({ content, source }) =>
        [...content.matchAll(RANGE)].flatMap(([, low, high]) => {
          const hit = ports.find(
            ({ port, source: place }) => place.file === source.file && port >= Number(low) && port <= Number(high),
          );
          return hit
            ? [give("WB712", "warn", source, { low: low!, high: high!, port: hit.port, line: hit.source.line })]
            : [];
        }),
      );
  },
};
