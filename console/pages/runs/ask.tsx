import type { ReactNode } from "react";
import type { RunShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Asking } from "../../ui/asking.tsx";
import type { Answer } from "./answers.ts";

interface Given {
  readonly run: RunShown;
  readonly answer: Answer;
  readonly onClose: () => void;
}

/** Asks once more, with room for what the record is to say. */
export function Ask({ run, answer, onClose }: Given): ReactNode {
  const { act: words } = useTexts().runs;
  const { word, look, text, send } = answer;
  const said = text && { as: text.as, label: text.as === "note" ? words.note : words.reason, must: text.must };
  return (
    <Asking
      title={format(words.ask, { what: words[word] })}
      send={words[word]}
      danger={look === "danger"}
      asked={said ? [{ ...said, most: 2_000 }] : []}
      path={`/api/v1/runs/${encodeURIComponent(run.record.id)}/actions`}
      body={send}
      names={["runs", "run", "status", "events"]}
      onClose={onClose}
    >
      {word === "approve" && (
        <p className="mb-3 break-all">{format(words.askApprove, { digest: run.record.digest })}</p>
      )}
    </Asking>
  );
}
