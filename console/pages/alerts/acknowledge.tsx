import type { ReactNode } from "react";
import type { AlertShown } from "../../../src/api/contract.ts";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Span } from "./span.tsx";

interface Given {
  readonly alerts: readonly AlertShown[];
  readonly onClose: () => void;
}

/** Says that the reader has these alerts. */
export function Acknowledge({ alerts, onClose }: Given): ReactNode {
  const { alerts: words } = useTexts();
  const acting = useAct("alerts", "status");
  return (
    <Dialog open onClose={onClose} title={words.acknowledgeTitle}>
      <p className="mb-3">{format(words.acknowledgeWhat, { count: alerts.length })}</p>
      <ul className="mb-3 max-h-40 overflow-auto text-[0.92rem] text-quiet">
        {alerts.slice(0, 50).map(({ id, title, target }) => (
          <li key={id}>
            {title} · {target}
          </li>
        ))}
      </ul>
      <Form
        send={words.acknowledge}
        busy={acting.isPending}
        error={acting.error}
        onSend={({ note = "", forMs }) => {
          const body = {
            do: "acknowledge",
            alerts: alerts.map(({ id }) => id),
            forMs: Number(forMs),
            ...(note && { note }),
          };
          acting.mutate({ path: "/api/v1/alerts/actions", body }, { onSuccess: onClose });
        }}
      >
        <Span />
        <Field name="note" label={words.note} hint={words.noteHint} maxLength={1_000} autoComplete="off" />
      </Form>
    </Dialog>
  );
}
