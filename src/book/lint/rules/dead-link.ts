import type { LintRule } from "../../../model/book.ts";
import type { Link } from "../../../model/document.ts";
import type { Finding } from "../../../model/finding.ts";
import { give } from "../give.ts";

/** A link or a path in a code span that leads nowhere (M-011, M-015). Site-made pages are not called dead. */
export const deadLink: LintRule = {
  codes: ["WB101", "WB102", "WB103"],
  run: (book) => book.documents.flatMap((document) => document.links.flatMap(judge)),
};

function judge(link: Link): readonly Finding[] {
  const args = { target: link.target ?? link.href, anchor: link.anchor ?? "" };
  if (link.state === "dead") return [give("WB101", "error", link.source, args)];
  if (link.state === "dead-anchor") return [give("WB102", "warn", link.source, args)];
  if (link.state === "outside") return [give("WB103", "error", link.source, args)];
  return [];
}
