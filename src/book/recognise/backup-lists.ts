import type { BackupPolicy } from "../../model/tables.ts";
import { backupField, withoutBackup } from "../words/backup-fields.ts";
import { BACKUP_CONTEXT, FIELD_LABEL, RESTORE_CONTEXT } from "../words/contexts.ts";
import { readEvery } from "../words/every.ts";
import { fold } from "../words/matcher.ts";
import { PHRASE_END, splitBracket } from "../words/punctuation.ts";
import { keptIn, readRetention } from "../words/retention.ts";
import { fieldPolicies } from "./backup-fields.ts";
import { context, finding, sourceAt } from "./place.ts";
import type { Recogniser } from "./recogniser.ts";
import type { Sentence } from "./sentences.ts";
import { labelled, sentences } from "./sentences.ts";

/** Longer text is a sentence about backups, not an entry of a list. */
const LONGEST = { line: 120, frequency: 24 };

/**
 * Backups as list items with their frequency in brackets or behind a colon: `Full backup (daily)`, `Full backup: daily, keep 7
 * days`. The word backup stands in the item or above it; items without a frequency are no policy. A list of fields
 * (frequency, retention, location) is one policy.
 */
export const backupLists: Recogniser = {
  name: "backup-lists",
  run(page) {
    const { policies, taken } = fieldPolicies(page);
    const listed = sentences(page).flatMap((sentence) => (taken.has(sentence) ? [] : (policyOf(sentence) ?? [])));
    const backups = [...policies, ...listed].toSorted((a, b) => a.source.line - b.source.line);
    const findings = backups.flatMap(({ data, every, retention, shown, source }) => [
      ...(every === undefined ? [finding("WB230", "warn", source, { data, cell: shown.every })] : []),
      ...(retention.kind !== "unknown"
        ? []
        : shown.retention === ""
          ? [finding("WB232", "note", source, { data })]
          : [finding("WB231", "warn", source, { data, cell: shown.retention })]),
    ]);
    return { backups, findings };
  },
};

function policyOf(sentence: Sentence): BackupPolicy | undefined {
  const { item, place, text, line } = sentence;
  if (!item || item.checked !== undefined || text.length > LONGEST.line) return undefined;
  const label = labelled(sentence);
  const bracket = splitBracket(text);
  const data = label?.label ?? bracket.text;
  const said = label ? label.rest : (bracket.inside ?? "");
  const shown = said.split(PHRASE_END)[0]?.trim() ?? "";
  if (shown === "" || shown.length > LONGEST.frequency) return undefined;
  const every = readEvery(shown);
  if (every.kind === "none" || isField(data) || !isBackup(sentence, data)) return undefined;
  const kept = keptIn(said);
  const retention = readRetention(kept);
  return {
    data,
    ...(every.kind === "one" && { every: every.every }),
    retention: retention.kind === "read" ? retention.retention : { kind: "unknown" },
    locations: [],
    shown: { every: shown, retention: kept, location: "" },
    source: sourceAt(place.page, line),
  };
}

/** A field of a policy, which has no frequency of its own. */
const isField = (data: string): boolean => FIELD_LABEL.is(withoutBackup(data)) || backupField(data) === "strategy";

/** The item speaks of a backup itself, or stands in a list of backups; restore drills have frequencies of their own. */
function isBackup({ place }: Sentence, data: string): boolean {
  if (BACKUP_CONTEXT.in(fold(data))) return true;
  const near = context(place).slice(0, 2);
  return near.some((text) => BACKUP_CONTEXT.in(text)) && !near.some((text) => RESTORE_CONTEXT.in(text));
}
