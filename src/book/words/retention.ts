import type { Retention } from "../../model/tables.ts";
import { DURATION, NOTHING, secondsIn } from "./duration.ts";
import { LONGEST_CELL, fold } from "./matcher.ts";

const FOREVER =
  /^(?:永久|永久保留|永久保存|长期|永不删除|一直保留|无限期|不删除|forever|permanent(?:ly)?|indefinite(?:ly)?|keep (?:all|forever)|never (?:deleted?|expires?|pruned?)|unlimited)$/;
const COUNT =
  /^(?:(?:最近|最新|保留|保存|最后|the )*(?:last|latest|newest|keep(?: the)?(?: last)?)? ?)(\d+) ?(?:份|个版本|版本|个副本|副本|个备份|个|代|copies|copy|versions?|backups?|generations?|snapshots?|sets?|archives?)$/;
const AGE = new RegExp(
  `^(?:保留|保存|留存|最近|keep|kept|for|last|the last|至少|at least| )*(${DURATION})(?:以上|内|or more|retention)?$`,
);

const KEPT = new RegExp(
  `(?:保留|保存|留存|keep|kept(?: for)?|retain(?:ed)?(?: for)?|retention:?) ?(?:the )?(?:last |latest |最近 ?)?((?:${DURATION})|\\d+ ?(?:份|个版本|copies|versions|backups)|永久|forever)`,
);
/** The retention inside a longer text (`daily, keep 7 days` → `7 days`), "" for none. */
export const keptIn = (text: string): string => KEPT.exec(fold(text))?.[1] ?? "";

export type RetentionRead =
  | { readonly kind: "read"; readonly retention: Retention }
  | { readonly kind: "none" }
  | { readonly kind: "unclear" };

/**
 * How long a cell keeps something: 永久 / forever, 10 份 / 10 copies, 7 天 / 7 days. Two rules in one cell are unclear.
 * Months count 30 days, years 365.
 */
export function readRetention(text: string): RetentionRead {
  if (text.length > LONGEST_CELL) return { kind: "unclear" };
  const folded = fold(text)
    .replace(/\s*\([^()]*\)$/, "")
    .replace(/[。.]$/, "");
  if (NOTHING.test(folded)) return { kind: "none" };
  if (FOREVER.test(folded)) return { kind: "read", retention: { kind: "forever" } };
  const count = COUNT.exec(folded);
  if (count) return { kind: "read", retention: { kind: "copies", copies: Number(count[1]) } };
  const age = AGE.exec(folded);
  if (age) return { kind: "read", retention: { kind: "age", days: secondsIn(age[1] ?? "") / 86_400 } };
  return { kind: "unclear" };
}
