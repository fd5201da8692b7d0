import type { IncidentEvent } from "../../desk/incident/index.ts";
import { judgeWord } from "../../evidence/incident-word.ts";
import type { BookConfig } from "../../model/config.ts";
import { WatchbookError } from "../../model/error.ts";
import type { IncidentDeed } from "../../model/incident-ask.ts";
import type { Incident } from "../../model/incident.ts";

const said = (text: string): string => {
  const found = text.trim();
  if (found === "") throw new WatchbookError("INCIDENT-TEXT");
  return found;
};

/** What a person's deed is to the desk. Throws INCIDENT-TEXT, and what `judgeWord` throws for a signature that does not hold. */
export function eventOf(
  deed: Exclude<IncidentDeed, { readonly do: "look" }>,
  incident: Incident,
  { by, now, people }: { readonly by: string; readonly now: number; readonly people: BookConfig["people"] },
): IncidentEvent {
  switch (deed.do) {
    case "ack":
      return { kind: "acknowledge", by, ...(deed.note !== undefined && { note: deed.note }) };
    case "note":
      return { kind: "note", by, text: said(deed.text), ...(deed.announce && { announce: true }) };
    case "edit":
      return { kind: "curate", by, entry: deed.entry, how: { do: "edit", text: said(deed.text) } };
    case "hide":
      return { kind: "curate", by, entry: deed.entry, how: { do: "hide", reason: said(deed.reason) } };
    case "show":
    case "pin":
    case "unpin":
      return { kind: "curate", by, entry: deed.entry, how: { do: deed.do } };
    case "assign":
      return { kind: "assign", by, role: deed.role, person: deed.person };
    case "priority":
      return { kind: "priority", by, priority: deed.priority, reason: said(deed.reason) };
    case "pause":
      return { kind: "pause", by, pause: deed.pause, ...(deed.text !== undefined && { text: deed.text }) };
    case "resume":
      return { kind: "resume", by };
    case "confirm":
      return { kind: "confirm", by, says: deed.says, reason: said(deed.reason) };
    case "word":
      return { kind: "word", word: { ...judgeWord(deed.text, deed.signature, incident.id, people), at: now } };
    case "resolve": {
      const { owner, due } = deed;
      const more = { ...(owner !== undefined && { owner }), ...(due !== undefined && { due }) };
      return { kind: "resolve", by, text: said(deed.text), ...more };
    }
    case "reopen":
      return { kind: "reopen", by, reason: said(deed.reason) };
    case "action":
      return { kind: "action", by, text: said(deed.text), owner: said(deed.owner), due: deed.due };
    case "done":
      return { kind: "done", by, action: deed.action, text: said(deed.text) };
    case "publish":
      return { kind: "publish", update: { by, state: deed.state, text: said(deed.text) } };
    case "retract":
      return { kind: "retract", by, update: deed.update, reason: said(deed.reason) };
    case "review":
      break;
  }
  return { kind: "review-held", by, text: said(deed.text) };
}
