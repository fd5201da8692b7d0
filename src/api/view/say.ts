import type { Reading } from "../../model/check.ts";
import type { WatchbookError } from "../../model/error.ts";
import type { Finding } from "../../model/finding.ts";
import type { Lang } from "../../model/lang.ts";
import { format } from "../../i18n/format.ts";
import { sayError, sayFinding, texts } from "../../i18n/texts.ts";
import type { FindingSaid } from "../contract.ts";

export const findingSaid = (finding: Finding, lang: Lang): FindingSaid => {
  const { code, level, source } = finding;
  return { code, level, file: source.file, line: source.line, ...sayFinding(finding, lang) };
};

export const errorSaid = (error: Pick<WatchbookError, "code" | "args">, lang: Lang) => ({
  code: error.code,
  ...sayError(error as WatchbookError, lang),
});

/** The reason of a reading in words; "" for a value that its bands judged: the figures say it. */
export function reasonSaid(reading: Pick<Reading, "reason" | "args">, lang: Lang): string {
  if (reading.reason === "value") return "";
  const table: Readonly<Record<string, unknown>> = texts(lang).checks.reasons;
  const text = table[reading.reason];
  return typeof text === "string" ? format(text, reading.args) : reading.reason;
}
