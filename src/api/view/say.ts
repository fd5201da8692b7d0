import type { Reading } from "../../model/check.ts";
import type { WatchbookError } from "../../model/error.ts";
import type { Finding } from "../../model/finding.ts";
import type { Lang } from "../../model/lang.ts";
import type { Delivery } from "../../model/notice.ts";
import { sayBoth } from "../../i18n/one.ts";
import { sayError, sayFinding, texts, type Said } from "../../i18n/texts.ts";
import { reasonSay } from "../../report/inspection/index.ts";
import type { FindingSaid } from "../contract.ts";

export const findingSaid = (finding: Finding, lang: Lang): FindingSaid => {
  const { code, level, source } = finding;
  return { code, level, file: source.file, line: source.line, ...sayFinding(finding, lang) };
};

export const errorSaid = (error: Pick<WatchbookError, "code" | "args">, lang: Lang) => ({
  code: error.code,
  ...sayError(error as WatchbookError, lang),
});

/** Why a notice was not delivered, and what to do; null: it was. */
export function deliverySaid(delivery: Delivery, lang: Lang): Said | null {
  if (delivery.kind === "delivered") return null;
  const { notifiers, words } = texts(lang);
  return sayBoth(notifiers.reasons, delivery.reason, delivery.args, words);
}

/** The reason of a reading in words; "" for a value that its bands judged: the figures say it. */
export const reasonSaid = (reading: Reading, lang: Lang): string =>
  reading.reason === "value" ? "" : reasonSay(reading, lang);
