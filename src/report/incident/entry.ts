import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Args } from "../../model/finding.ts";
import type { EntryKind } from "../../model/incident.ts";
import type { Lang } from "../../model/lang.ts";
import { withWords } from "../notice/incident.ts";

/** A line of a timeline as it is shown. */
export interface Line {
  readonly kind: EntryKind;
  readonly args: Args;
  readonly text?: string | undefined;
}

/** A line of a timeline in words, with what somebody said behind it. */
export function entrySay({ kind, args, text = "" }: Line, lang: Lang): string {
  const { entry } = texts(lang).incidents;
  if (kind === "note") return text;
  const said = format(entry[kind], withWords(args, lang));
  return text === "" ? said : `${said} – ${text}`;
}
