import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Asking, type Asked } from "../../ui/asking.tsx";
import { wordOf } from "../../ui/word.ts";
import type { Deed } from "./deeds.ts";

interface Given {
  readonly incident: string;
  readonly deed: Deed;
  readonly onClose: () => void;
}

/** Asks for what a deed about an incident needs. */
export function Act({ incident, deed: { name, look, asked, send }, onClose }: Given): ReactNode {
  const { incidents: words } = useTexts();
  const what = Object.hasOwn(words.what, name) ? format(wordOf(words.what, name), { id: incident }) : "";
  const fields = { ...words.field, priority: words.priority };
  const said = (asked ?? []).map((one): Asked => {
    const { label, state, ...rest } = one;
    const of = state ? Object.entries(words.publicStates).map(([value, word]) => ({ value, word })) : one.of;
    return { ...rest, label: wordOf(fields, label), ...(of && { of }) };
  });
  return (
    <Asking
      title={words.act[name]}
      what={what}
      danger={look === "danger"}
      asked={said}
      path={`/api/v1/incidents/${encodeURIComponent(incident)}/actions`}
      body={send}
      names={["incidents", "problems", "status", "events"]}
      onClose={onClose}
    />
  );
}
