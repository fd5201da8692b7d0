import { plainInbound, type InboundKind, type InboundSpec } from "../../model/inbound.ts";
import type { Parts } from "../front.ts";

/** Sources of one kind that the book declares. */
export const specsOf = ({ daemon }: Parts, kind: InboundKind): readonly InboundSpec[] =>
  (daemon.book().open.book.config.inbound ?? []).filter((spec) => spec.kind === kind);

/** The one that speaks for whoever names none: the first that is declared, else a plain one. */
export const specOf = (parts: Parts, kind: InboundKind): InboundSpec =>
  specsOf(parts, kind)[0] ?? plainInbound(kind, kind);
