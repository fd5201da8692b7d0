import { useId, type ReactNode } from "react";
import type { AlertShown } from "../../../src/api/contract.ts";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, INPUT } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Span } from "./span.tsx";

interface Given {
  readonly alert: AlertShown;
  readonly onClose: () => void;
}

/** Matchers that mean this alert and its like on the same target. */
const likeOf = ({ rule, target }: AlertShown): string => `rule=${rule}\ntarget=${target}`;

/** Keeps alerts quiet, filled in for one that fires. */
export function Silence({ alert, onClose }: Given): ReactNode {
  const { alerts: words } = useTexts();
  const acting = useAct("alerts", "silences", "status");
  const id = useId();
  return (
    <Dialog open onClose={onClose} title={words.silenceTitle}>
      <p className="mb-3">{words.silenceWhat}</p>
      <Form
        send={words.silence}
        busy={acting.isPending}
        error={acting.error}
        onSend={({ match = "", reason = "", forMs }) => {
          const lines = match.split("\n").map((line) => line.trim());
          const body = { do: "silence", match: lines.filter((line) => line !== ""), reason, forMs: Number(forMs) };
          acting.mutate({ path: "/api/v1/alerts/actions", body }, { onSuccess: onClose });
        }}
      >
        <div className="mb-3">
          <label htmlFor={id} className="mb-1 block font-medium">
            {words.match}
          </label>
          <textarea
            id={id}
            name="match"
            rows={3}
            defaultValue={likeOf(alert)}
            className={`${INPUT} font-mono`}
            aria-describedby={`${id}-hint`}
          />
          <p id={`${id}-hint`} className="text-[0.88rem] text-quiet">
            {words.matchHint}
          </p>
        </div>
        <Span />
        <Field
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          required
          maxLength={1_000}
          autoComplete="off"
        />
      </Form>
    </Dialog>
  );
}
