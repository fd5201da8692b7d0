import type { ReactNode } from "react";
import type { RunShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Asking } from "../../ui/asking.tsx";
import type { Answer } from "./answers.ts";
import { ByHand } from "./by-hand.tsx";
import { handOf, tickOf, toldOf } from "./hand.ts";

interface Given {
  readonly run: RunShown;
  readonly answer: Answer;
  readonly over: boolean;
  readonly onClose: () => void;
}

/** Asks once more, with room for what the record is to say. */
export function Ask({ run, answer, over, onClose }: Given): ReactNode {
  const { runs } = useTexts();
  const words = runs.act;
  const { word, look, text, send, purpose } = answer;
  const hand = send.do === "tick" ? handOf(run, { ...send, purpose }) : undefined;
  const told = hand && send["done"] === true ? toldOf(hand, runs.hand) : [];
  const said = text && { as: text.as, label: text.as === "note" ? words.note : words.reason, must: text.must };
  return (
    <Asking
      title={format(words.ask, { what: words[word] })}
      send={words[word]}
      danger={look === "danger"}
      asked={[...told, ...(said ? [{ ...said, most: 2_000 }] : [])]}
      path={`/api/v1/runs/${encodeURIComponent(run.record.id)}/actions`}
      body={send}
      {...(hand && { bodyOf: tickOf })}
      names={["runs", "run", "status", "events"]}
      over={over}
      onClose={onClose}
    >
      {hand !== undefined && <ByHand hand={hand} />}
      {word === "approve" && (
        <p className="mb-3 break-all">{format(words.askApprove, { digest: run.record.digest })}</p>
      )}
    </Asking>
  );
}
