import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { shellLines } from "../lines.ts";

/** limits.conf is read by PAM at login; a service that systemd starts never sees it (S-087). */
export const limitsIgnored: LintRule = {
  codes: ["WB705"],
  run: (book) => {
    if (!book.artefacts.some(({ form }) => form === "limits")) return [];
    const units = new Set(
      shellLines(book).flatMap(({ text }) =>
        [...text.matchAll(/\b(?:systemctl\s+\w+|journalctl\s+-u)\s+([\w@.-]+)/g)].map((match) =>
          match[1]!.replace(/\.service$/, ""),
        ),
      ),
    );
    if (book.artefacts.some(({ form, content }) => form === "systemd" && /LimitNOFILE/.test(content))) return [];
    return book.artefacts
      .filter(({ form }) => form === "limits")
      .flatMap(({ content, source }) => {
        const domain = [...content.matchAll(/^[ \t]*([\w@.-]+)[ \t]+(?:soft|hard|-)[ \t]+(\w+)/gm)].find((match) =>
          units.has(match[1]!),
        );
        return domain ? [give("WB705", "warn", source, { unit: domain[1]!, item: domain[2]! })] : [];
      });
  },
};
