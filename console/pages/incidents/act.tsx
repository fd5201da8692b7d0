import type { ReactNode } from "react";
import type { IncidentShown } from "../../../src/api/contract.ts";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { wordOf } from "../../ui/word.ts";
import type { Deed } from "./deeds.ts";
import { Pick } from "./pick.tsx";

interface Given {
  readonly incident: string;
  readonly deed: Deed;
  readonly onClose: () => void;
}

/** Asks for what a deed needs; a refusal stands in it, and nothing is shown as done before the server said so. */
export function Act({ incident, deed: { name, look, picks, text, send }, onClose }: Given): ReactNode {
  const { incidents: words } = useTexts();
  const acting = useAct<IncidentShown>("incidents", "status", "events");
  const what = Object.hasOwn(words.what, name) ? format(wordOf(words.what, name), { id: incident }) : "";
  const label = text?.ended ? words.field.ended : text?.as === "reason" ? words.field.reason : words.field.text;
  return (
    <Dialog open onClose={onClose} title={words.act[name]}>
      {what !== "" && <p className="mb-3">{what}</p>}
      <Form
        send={words.act[name]}
        look={look === "danger" ? "danger" : "main"}
        busy={acting.isPending}
        error={acting.error}
        onSend={({ typed = "", ...picked }) => {
          const path = `/api/v1/incidents/${encodeURIComponent(incident)}/actions`;
          const body = { ...send, ...picked, ...(text && typed !== "" && { [text.as]: typed }) };
          acting.mutate({ path, body }, { onSuccess: onClose });
        }}
      >
        {Object.entries(picks ?? {}).map(([as, of]) => (
          <Pick key={as} name={as} label={wordOf({ ...words.field, priority: words.priority }, as)} of={of} />
        ))}
        {text !== undefined && (
          <Field name="typed" label={label} required={text.must} maxLength={4_000} autoComplete="off" data-first />
        )}
      </Form>
    </Dialog>
  );
}
