import { parser } from "../../book/parse/markdown-it.ts";
import type { BookState } from "../../engine/book-state.ts";
import { clocksNow } from "../../model/incident-clocks.ts";
import type { Incident } from "../../model/incident.ts";
import type { Lang } from "../../model/lang.ts";
import type { RunRecord } from "../../model/run.ts";
import { isReviewOf, reviewMarkdown } from "../../report/incident/review.ts";
import type { ReviewShown } from "../contract/incident.ts";
import { nodesOf } from "./manual/nodes.ts";

interface About {
  readonly incident: Incident;
  readonly runs: readonly RunRecord[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly lang: Lang;
}

/** The review as it would be written now: over the page that lies in the manual, where there is one. Pure. */
export function reviewView(
  { open: { book }, texts }: Pick<BookState, "open" | "texts">,
  { incident, runs, now, lang }: About,
): ReviewShown {
  const [file, before] = [...(texts ?? [])].find(([, page]) => isReviewOf(page, incident)) ?? [];
  const facts = { incident, runs, lang, zone: book.zone, clocks: clocksNow(incident, now) };
  // A page without our marks is not found as one.
  const text = reviewMarkdown(facts, before)!;
  const web = ({ href = "" }) => (/^https?:\/\//i.test(href) ? { url: href } : {});
  return { text, file: file ?? null, nodes: nodesOf(parser.parse(text).nodes, web) };
}
