import type { Span } from "../../../book/parse/tree.ts";
import type { Piece } from "../../contract.ts";

/** Where a span lies in the text of its node, and what lies in it. */
interface Laid {
  readonly span: Span;
  readonly from: number;
  readonly to: number;
  readonly inside: readonly Laid[];
}

/**
 * Finds spans in their text. They come in the order in which they end, so what lies inside of another comes before it. A
 * span that is not found again is left out: its words stay plain.
 */
function laid(text: string, spans: readonly Span[]): readonly Laid[] {
  const rows: Laid[] = [];
  for (const span of spans) {
    if (span.text === "") continue;
    const holds = span.kind !== "code" && span.kind !== "image";
    const last = rows.at(-1);
    const end = last?.to ?? 0;
    const before = rows.length < 2 ? 0 : rows.at(-2)!.to;
    const around = holds && last !== undefined ? text.indexOf(span.text, before) : -1;
    if (
      last &&
      around >= 0 &&
      around <= last.from &&
      around + span.text.length >= last.to &&
      span.text !== last.span.text
    ) {
      const inside = rows.splice(rows.findIndex((one) => one.from >= around));
      rows.push({ span, from: around, to: around + span.text.length, inside });
      continue;
    }
    const from = text.indexOf(span.text, end);
    if (from >= 0) rows.push({ span, from, to: from + span.text.length, inside: [] });
  }
  return rows;
}

/** Where a link leads: into the book, out of it, or nowhere. */
export type Leads = (span: Span) => Pick<Piece, "to" | "url">;

/** The words of a node: its text, cut at its spans. Pure; all of it is text. */
export function piecesOf(text: string, spans: readonly Span[], leads: Leads): readonly Piece[] {
  const cut = (from: number, to: number, rows: readonly Laid[]): readonly Piece[] => {
    const pieces: Piece[] = [];
    let at = from;
    for (const { span, from: begin, to: end, inside } of rows) {
      if (begin > at) pieces.push({ text: text.slice(at, begin) });
      const more = inside.length > 0 ? { in: cut(begin, end, inside) } : {};
      const lead = span.kind === "link" ? leads(span) : {};
      pieces.push({ text: text.slice(begin, end), kind: span.kind, ...lead, ...more });
      at = end;
    }
    if (at < to) pieces.push({ text: text.slice(at, to) });
    return pieces;
  };
  return cut(0, text.length, laid(text, spans));
}
