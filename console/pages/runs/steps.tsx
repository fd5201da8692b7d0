import type { ReactNode } from "react";
import type { RunShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { wallNow } from "../../app/clock.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Section } from "../../ui/section.tsx";
import { wordOf } from "../../ui/word.ts";
import { frameOf, stretchesOf, waitsOf } from "./timeline.ts";
import { Track } from "./track.tsx";

interface Given {
  readonly run: RunShown;
  /** Name of the output that is shown. */
  readonly chosen: string | undefined;
  readonly onChoose: (log: string) => void;
}

/** Steps in the plan's order, each on its targets, with the attempts at it. */
export function Steps({ run, chosen, onChoose }: Given): ReactNode {
  const { runs: words } = useTexts();
  const times = useTimes();
  const now = wallNow();
  const [frame, waits] = [frameOf(run, now), waitsOf(run, now)];
  return (
    <Section title={words.stepsTitle} aside={format(words.steps, { done: run.view.done, total: run.view.total })}>
      {waits.length > 0 && (
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 pb-2">
          <span className="text-quiet">
            {words.waited} {times.span(waits.reduce((sum, { from, until }) => sum + until - from, 0) / 1_000)}
          </span>
          <Track frame={frame} of={waits} waited />
        </p>
      )}
      <ol>
        {run.plan.steps.map((step) => (
          <li key={step.id} className="border-t border-line py-2 first:border-0">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-medium">{step.title}</span>
              <span className="text-[0.9rem] text-quiet">{step.id}</span>
            </p>
            <ul>
              {run.view.tasks
                .filter((task) => task.step === step.id)
                .map((task) => (
                  <Task key={task.target} {...{ run, task, frame, chosen, onChoose }} />
                ))}
            </ul>
          </li>
        ))}
      </ol>
    </Section>
  );
}

type TaskShown = RunShown["view"]["tasks"][number];

interface TaskGiven extends Given {
  readonly task: TaskShown;
  readonly frame: ReturnType<typeof frameOf>;
}

function Task({ run, task, frame, chosen, onChoose }: TaskGiven): ReactNode {
  const { runs: words } = useTexts();
  const { step, target, state } = task;
  const attempts = run.attempts.filter((one) => one.step === step && one.target === target);
  const why = run.said.tasks.find((one) => one.step === step && one.target === target)?.why;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-1">
      <Badge state={state === "waiting" ? "wait" : state} />
      <span>{target === "-" ? "" : target}</span>
      <span className="flex flex-wrap gap-1">
        {attempts.map(({ log, purpose, attempt, began, ended }) => (
          <button
            key={log}
            type="button"
            aria-pressed={log === chosen}
            onClick={() => onChoose(log)}
            className="min-h-6 cursor-pointer rounded border border-edge px-2 text-[0.86rem] aria-pressed:border-accent aria-pressed:bg-pass-t"
          >
            {format(words.attempt, { purpose: wordOf(words.purposes, purpose), attempt })}{" "}
            <Took from={began} to={ended} />
          </button>
        ))}
      </span>
      {attempts.length > 0 && <Track frame={frame} of={stretchesOf(run, task, wallNow())} />}
      {why !== undefined && why !== "" && <span className="basis-full text-fail">{why}</span>}
    </li>
  );
}

function Took({ from, to }: { readonly from: number; readonly to: number | undefined }): ReactNode {
  const times = useTimes();
  return <span className="text-quiet">{times.span(((to ?? wallNow()) - from) / 1_000)}</span>;
}
