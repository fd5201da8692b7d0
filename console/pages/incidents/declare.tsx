import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { IncidentChoices, IncidentShown } from "../../../src/api/contract.ts";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Pick } from "../../ui/pick.tsx";

interface Given {
  /** Id of the alert that it is declared from. */
  readonly alert: string | undefined;
  readonly choices: IncidentChoices;
  readonly onClose: () => void;
}

/** Declares an incident, in somebody's words or from an alert. */
export function Declare({ alert, choices, onClose }: Given): ReactNode {
  const { incidents: words } = useTexts();
  const acting = useAct<IncidentShown>("incidents", "alerts", "status");
  const navigate = useNavigate();
  return (
    <Dialog open onClose={onClose} title={words.declare}>
      <p className="mb-3">{words.declareWhat}</p>
      {alert !== undefined && <p className="mb-3 break-all text-quiet">{format(words.fromAlert, { alert })}</p>}
      <Form
        send={words.declare}
        look="danger"
        busy={acting.isPending}
        error={acting.error}
        onSend={({ title = "", priority = "" }) => {
          const body = {
            ...(alert !== undefined && { alert }),
            ...(title !== "" && { title }),
            ...(priority !== "" && { priority }),
          };
          const go = ({ id }: IncidentShown): void => void navigate({ to: "/incidents/$id", params: { id } });
          acting.mutate({ path: "/api/v1/incidents", body }, { onSuccess: go });
        }}
      >
        {alert === undefined && (
          <Field
            name="title"
            label={words.name}
            hint={words.nameHint}
            required
            maxLength={300}
            autoComplete="off"
            data-first
          />
        )}
        <Pick
          name="priority"
          label={words.priority}
          of={[
            ...(alert === undefined ? [] : [{ value: "", word: words.byAlert }]),
            ...choices.priorities.map((id) => ({ value: id, word: id })),
          ]}
        />
      </Form>
    </Dialog>
  );
}
