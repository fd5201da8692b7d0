import type { Source } from "./source.ts";

/** `WB` and three digits; each is documented in docs/findings.md. The first digit is the family. */
export type FindingCode = `WB${number}`;

/** error: the book is wrong. warn: unproven, ambiguous or risky. note: a score or a hint. */
export type Level = "error" | "warn" | "note";

/** Values put into a finding's or an error's sentence by name. */
export type Args = Readonly<Record<string, string | number | readonly string[]>>;

/** Something wrong or unproven in the book. The sentence and its fix are said by i18n from code and args. */
export interface Finding {
  readonly code: FindingCode;
  readonly level: Level;
  readonly source: Source;
  readonly args: Args;
}
