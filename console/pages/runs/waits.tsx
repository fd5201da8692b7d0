import { useState, type ReactNode } from "react";
import type { RunShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Section } from "../../ui/section.tsx";
import { Ask } from "./ask.tsx";
import { answersTo, type Answer } from "./answers.ts";
import { isOver } from "./over.ts";

/** What it waits for, and the buttons that answer it. */
export function Waits({ run }: { readonly run: RunShown }): ReactNode {
  const { runs: words } = useTexts();
  const [asking, ask] = useState<{ readonly of: string; readonly answer: Answer }>();
  const waits = isOver(run.record.state) ? [] : run.view.waits;
  return (
    <>
      {waits.length > 0 && (
        <Section title={words.waits.title} aside={waits.length}>
          <ul>
            {waits.map((wait) => (
              <li
                key={nameOf(wait)}
                className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-2.5 first:border-0 first:pt-0"
              >
                <p className="flex min-w-0 flex-1 basis-64 items-baseline gap-2">
                  <Badge state="wait" />
                  <Say run={run} wait={wait} />
                </p>
                <div className="flex flex-wrap gap-2">
                  {answersTo(wait).map((answer) => (
                    <Button key={answer.word} look={answer.look} onClick={() => ask({ of: nameOf(wait), answer })}>
                      {words.act[answer.word]}
                    </Button>
                  ))}
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {asking !== undefined && (
        <Ask
          run={run}
          answer={asking.answer}
          over={waits.every((wait) => nameOf(wait) !== asking.of)}
          onClose={() => ask(undefined)}
        />
      )}
    </>
  );
}

type Wait = RunShown["view"]["waits"][number];

/** By which a wait is the same one when the run was read anew. */
const nameOf = ({ kind, step = "", target = "", gate = "", purpose }: Wait): string =>
  `${kind} ${step} ${target} ${gate} ${purpose ?? ""}`;

/** Done, looked at or undone by hand. */
const tickWord = (purpose: Wait["purpose"]): "tick" | "look" | "undo" =>
  purpose === "undo" ? "undo" : purpose === undefined || purpose === "do" ? "tick" : "look";

function Say({ run, wait }: { readonly run: RunShown; readonly wait: Wait }): ReactNode {
  const { runs: words } = useTexts();
  const times = useTimes();
  const { kind, gate, step = "", target = "", until, expires } = wait;
  const asked = run.view.gates.find((one) => one.gate === gate);
  const title = run.plan.steps.find(({ id }) => id === step)?.title ?? step;
  const values = {
    ...{ step: title, target },
    gate: gate === "plan" ? words.waits.plan : (gate ?? ""),
    given: asked?.given.length ?? 0,
    quorum: asked?.quorum ?? 1,
    until: expires === undefined ? "" : times.at(expires),
    at: until === undefined ? "" : times.at(until),
  };
  return <span>{format(words.waits[kind === "tick" ? tickWord(wait.purpose) : kind], values)}</span>;
}
