import type { BackupPolicy } from "../../model/tables.ts";
import { backupField } from "../words/backup-fields.ts";
import type { BackupField } from "../words/backup-fields.ts";
import { BACKUP_CONTEXT, RESTORE_CONTEXT } from "../words/contexts.ts";
import { readEvery } from "../words/every.ts";
import { fold, unnumbered } from "../words/matcher.ts";
import { splitPlaces } from "../words/places.ts";
import { withoutColon } from "../words/punctuation.ts";
import { readRetention } from "../words/retention.ts";
import { context, sourceAt } from "./place.ts";
import type { Page } from "./recogniser.ts";
import type { Sentence } from "./sentences.ts";
import { labelled, sentences } from "./sentences.ts";

interface Field {
  readonly sentence: Sentence;
  readonly label: string;
  readonly rest: string;
}
type Fields = ReadonlyMap<BackupField, Field>;

export interface FieldPolicies {
  readonly policies: readonly BackupPolicy[];
  /** Sentences that are fields of them: no entries of a list. */
  readonly taken: ReadonlySet<Sentence>;
}

/**
 * Policies written field by field, as a list or as paragraphs of one section: frequency, and how long, where or of what.
 * Without a field that names the data the item around it does, or its heading.
 */
export function fieldPolicies(page: Page): FieldPolicies {
  const policies: BackupPolicy[] = [];
  const taken = new Set<Sentence>();
  const groups = Map.groupBy(sentences(page), ({ item, place }) => (item ? place.node : place.part));
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const fields = fieldsOf(group);
    const frequency = fields && (fields.get("frequency") ?? fields.get("strategy"));
    if (!fields || !frequency || fields.size < 2) continue;
    if (!fields.has("frequency") && readEvery(frequency.rest).kind === "none") continue;
    if (!isBackup(fields)) continue;
    for (const { sentence } of fields.values()) taken.add(sentence);
    policies.push(policyOf(page, fields, frequency));
  }
  return { policies, taken };
}

/** The fields of a list or section; undefined when one is given twice: then they are of several policies. */
function fieldsOf(group: readonly Sentence[]): Fields | undefined {
  const fields = new Map<BackupField, Field>();
  for (const sentence of group) {
    if (sentence.item?.checked !== undefined) continue;
    const label = labelled(sentence);
    const name = label && label.rest !== "" ? backupField(label.label) : undefined;
    if (!label || name === undefined) continue;
    if (fields.has(name)) return undefined;
    fields.set(name, { sentence, ...label });
  }
  return fields;
}

/** A label says backup, or the list stands below a heading that does; drills of a restore have frequencies of their own. */
function isBackup(fields: Fields): boolean {
  if ([...fields.values()].some(({ label }) => BACKUP_CONTEXT.in(fold(label)))) return true;
  const near = [...fields.values()].flatMap(({ sentence }) => context(sentence.place).slice(0, 2));
  return near.some((text) => BACKUP_CONTEXT.in(text)) && !near.some((text) => RESTORE_CONTEXT.in(text));
}

function policyOf(page: Page, fields: Fields, frequency: Field): BackupPolicy {
  const { place } = frequency.sentence;
  const text = (name: BackupField): string => fields.get(name)?.rest.trim() ?? "";
  const every = readEvery(frequency.rest);
  const kept = readRetention(text("retention"));
  const first = Math.min(...[...fields.values()].map(({ sentence }) => sentence.line));
  return {
    data:
      text("data") ||
      withoutColon(place.above.at(-1) ?? "") ||
      unnumbered(place.part.section.title) ||
      page.document.title,
    ...(every.kind === "one" && { every: every.every }),
    retention: kept.kind === "read" ? kept.retention : { kind: "unknown" },
    locations: splitPlaces(text("location")),
    shown: { every: frequency.rest.trim(), retention: text("retention"), location: text("location") },
    source: sourceAt(page, first),
  };
}
