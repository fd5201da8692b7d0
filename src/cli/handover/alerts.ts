import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { HandoverItem } from "../../model/handover.ts";
import { alertLine, saidOf } from "../../report/notice/words.ts";
import { rulesNow } from "../../engine/alerts/rules-now.ts";
import { stateSay } from "../alerts/text.ts";
import type { Gathered } from "./sections.ts";

/** Alerts that are told one by one; of a flood the rest is counted. */
const TOLD = 50;

/** Alerts that are open, the worst and oldest first: what was seen, and who has it or why nobody was told. */
export function alertItems({ alerts, groups, book, lang, now }: Gathered): readonly HandoverItem[] {
  const words = texts(lang).handover.page;
  const speaker = { lang, zone: book.zone, now };
  const scale = rulesNow(book).policy.severities.map(({ id }) => id);
  const rank = (severity: string): number => Math.max(0, scale.indexOf(severity));
  const open = alerts
    .filter(({ ended }) => ended === undefined)
    .toSorted((a, b) => rank(a.severity) - rank(b.severity) || a.started - b.started);
  const items = open.slice(0, TOLD).map((alert): HandoverItem => {
    const { id, severity, source } = alert;
    const seen = saidOf(alert, lang).join(" · ");
    const args = { severity, what: alertLine(alert, speaker), state: stateSay(alert, groups, speaker) };
    return {
      say: format(words.alert, { ...args, seen: seen === "" ? "" : ` – ${seen}` }),
      fix: format(words.alertFix, { id: id.slice(0, 6) }),
      ...(source && { source: { file: source.file, line: source.line } }),
    };
  });
  const left = open.length - items.length;
  return left === 0 ? items : [...items, { say: format(words.alertsMore, { count: left }), fix: words.alertsMoreFix }];
}
