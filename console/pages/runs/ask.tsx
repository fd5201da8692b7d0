import type { ReactNode } from "react";
import type { RunShown } from "../../../src/api/contract.ts";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import type { Answer } from "./answers.ts";

interface Given {
  readonly run: RunShown;
  readonly answer: Answer;
  readonly onClose: () => void;
}

/** Asks once more, with room for what the record is to say. */
export function Ask({ run, answer, onClose }: Given): ReactNode {
  const { runs: words } = useTexts();
  const acting = useAct<RunShown>("runs", "run", "status", "events");
  const { word, look, text, send } = answer;
  return (
    <Dialog open onClose={onClose} title={format(words.act.ask, { what: words.act[word] })}>
      {word === "approve" && (
        <p className="mb-3 break-all">{format(words.act.askApprove, { digest: run.record.digest })}</p>
      )}
      <Form
        send={words.act[word]}
        look={look === "danger" ? "danger" : "main"}
        busy={acting.isPending}
        error={acting.error}
        onSend={({ text: typed = "" }) => {
          const path = `/api/v1/runs/${encodeURIComponent(run.record.id)}/actions`;
          const body = { ...send, ...(text && typed !== "" && { [text.as]: typed }) };
          acting.mutate({ path, body }, { onSuccess: onClose });
        }}
      >
        {text !== undefined && (
          <Field
            name="text"
            label={text.as === "note" ? words.act.note : words.act.reason}
            required={text.must}
            maxLength={2_000}
            autoComplete="off"
          />
        )}
      </Form>
    </Dialog>
  );
}
