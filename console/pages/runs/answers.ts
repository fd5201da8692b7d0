import type { RunAction, RunShown } from "../../../src/api/contract.ts";

type Wait = RunShown["view"]["waits"][number];

/** A button: what is sent when it is pressed. */
export interface Answer {
  readonly word:
    | "approve"
    | "reject"
    | "key"
    | "done"
    | "failed"
    | "retry"
    | "skip"
    | "undo"
    | "stop"
    | "yes"
    | "no"
    | "redo"
    | "pause"
    | "resume"
    | "cancel"
    | "cancelUndo";
  readonly look: "main" | "plain" | "danger";
  /** What is typed goes under this name; `must`: not without it. */
  readonly text?: { readonly as: "note" | "reason"; readonly must: boolean };
  readonly send: { readonly do: RunAction["do"] } & Readonly<Record<string, unknown>>;
  /** What a tick is about: the step's doing, its look or its undo. */
  readonly purpose?: Wait["purpose"];
}

const NOTE = { as: "note", must: false } as const;
const REASON = { as: "reason", must: true } as const;

/** What can be answered to something that is waited for. Nothing can be answered to a timer. */
export function answersTo({ kind, gate, step, target, purpose }: Wait): readonly Answer[] {
  const at = { ...(step !== undefined && { step }), ...(target !== undefined && { target }) };
  const of = gate === undefined ? {} : { gate };
  const answer = (word: "retry" | "skip" | "undo" | "stop", look: Answer["look"] = "plain"): Answer => ({
    ...{ word, look, text: NOTE },
    send: { do: "answer", choice: word, ...at },
  });
  const decide = (word: "yes" | "no" | "redo", look: Answer["look"] = "plain"): Answer => ({
    ...{ word, look, text: NOTE },
    send: { do: "decide", happened: word, ...at },
  });
  switch (kind) {
    case "approval":
      return [
        { word: "approve", look: "main", text: NOTE, send: { do: "approve", ...of } },
        { word: "reject", look: "danger", text: REASON, send: { do: "reject", ...of } },
      ];
    case "key":
      return [{ word: "key", look: "main", send: { do: "key", ...at } }];
    case "tick":
      return [
        { word: "done", look: "main", text: NOTE, purpose, send: { do: "tick", done: true, ...at } },
        { word: "failed", look: "plain", text: NOTE, purpose, send: { do: "tick", done: false, ...at } },
      ];
    case "answer":
      return [answer("retry", "main"), answer("skip"), answer("undo", "danger"), answer("stop", "danger")];
    case "decision":
      return [decide("yes"), decide("no"), decide("redo", "danger")];
    case "timer":
      break;
  }
  return [];
}
