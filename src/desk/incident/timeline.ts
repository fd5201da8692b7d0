import { WatchbookError } from "../../model/error.ts";
import type { Args } from "../../model/finding.ts";
import type { EntryKind, Incident, TimelineEntry } from "../../model/incident.ts";

/** Entries that nobody wrote are left out, and counted, beyond this: an alert that comes and goes for days fills no page. */
const MOST = 1_000;
const WRITTEN: ReadonlySet<EntryKind> = new Set([
  "note",
  "word",
  "resolved",
  "reopened",
  "priority",
  "paused",
  "closed",
]);

export interface Said {
  readonly kind: EntryKind;
  readonly by?: string | undefined;
  readonly args?: Args;
  readonly text?: string | undefined;
  /** Milliseconds since the epoch; default: now. */
  readonly at?: number;
}

/** The incident with one more line. */
export function entered(incident: Incident, { kind, by, args = {}, text, at }: Said, now: number): Incident {
  if (incident.timeline.length >= MOST && !WRITTEN.has(kind)) return { ...incident, left: (incident.left ?? 0) + 1 };
  const number = incident.entries + 1;
  const entry: TimelineEntry = {
    ...{ id: `t${number}`, at: at ?? now, kind, args },
    ...(by !== undefined && { by }),
    ...(text !== undefined && { text }),
  };
  return { ...incident, entries: number, timeline: [...incident.timeline, entry] };
}

/** What a person does to lines of a timeline. */
export type Curation =
  | { readonly do: "edit"; readonly text: string }
  | { readonly do: "hide"; readonly reason: string }
  | { readonly do: "show" }
  | { readonly do: "pin" }
  | { readonly do: "unpin" };

function curatedEntry(entry: TimelineEntry, how: Curation, by: string, now: number): TimelineEntry {
  switch (how.do) {
    case "edit": {
      const edits = [...(entry.edits ?? []), { at: now, by, before: entry.text ?? "" }];
      return { ...entry, text: how.text, edits };
    }
    case "hide":
      return { ...entry, hidden: { at: now, by, reason: how.reason } };
    case "show": {
      const { hidden: _, ...shown } = entry;
      return shown;
    }
    case "pin":
      return { ...entry, pinned: true };
    case "unpin":
      break;
  }
  const { pinned: _, ...rest } = entry;
  return rest;
}

/** The incident with one line curated; what it said first stays in it. Throws INCIDENT-ENTRY. */
export function curated(incident: Incident, id: string, how: Curation, by: string, now: number): Incident {
  const found = incident.timeline.find((entry) => entry.id === id);
  if (!found) throw new WatchbookError("INCIDENT-ENTRY", { id: incident.id, entry: id });
  const next = curatedEntry(found, how, by, now);
  return { ...incident, timeline: incident.timeline.map((entry) => (entry === found ? next : entry)) };
}
