import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import type { RunShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import type { Answer } from "./answers.ts";
import { Ask } from "./ask.tsx";
import { isOver } from "./over.ts";

const REASON = { as: "reason", must: true } as const;
const PAUSE: Answer = { word: "pause", look: "plain", text: REASON, send: { do: "pause" } };
const RESUME: Answer = { word: "resume", look: "main", send: { do: "resume" } };
const CANCEL: Answer = { word: "cancel", look: "danger", text: REASON, send: { do: "cancel", undo: false } };
const UNDO: Answer = { word: "cancelUndo", look: "danger", text: REASON, send: { do: "cancel", undo: true } };

/** Pause, go on, cancel; for one that has ended, its plan again. */
export function Control({ run }: { readonly run: RunShown }): ReactNode {
  const { runs: words } = useTexts();
  const [asking, ask] = useState<Answer>();
  const { state, runbook } = run.record;
  const over = isOver(state);
  const applied = run.view.tasks.some((task) => task.state === "done");
  const buttons =
    over || state === "cancelling" ? [] : [run.view.paused ? RESUME : PAUSE, ...(applied ? [UNDO] : []), CANCEL];
  return (
    <div className="flex flex-wrap gap-2">
      {over && (
        <Link to="/runs/new/$runbook" params={{ runbook }}>
          {words.again}
        </Link>
      )}
      {buttons.map((one) => (
        <Button key={one.word} look={one.look} onClick={() => ask(one)}>
          {words.act[one.word]}
        </Button>
      ))}
      {asking !== undefined && (
        <Ask run={run} answer={asking} over={!buttons.includes(asking)} onClose={() => ask(undefined)} />
      )}
    </div>
  );
}
