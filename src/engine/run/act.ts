import { EXIT, WatchbookError } from "../../model/error.ts";
import type { Attempt, AttemptEnd, Entry } from "../../model/journal.ts";
import { isEnded } from "../../model/run.ts";
import type { Wait } from "./core/view.ts";
import type { RunNow } from "./runner.ts";

/** What a person may do to a run. Who they are was settled by whoever took the request. */
export type Action =
  | {
      readonly do: "approve";
      readonly gate?: string;
      readonly signature: string;
      readonly text: string;
      readonly via?: "console";
    }
  | { readonly do: "reject"; readonly gate?: string; readonly reason: string }
  | ({ readonly do: "decide"; readonly happened: "yes" | "no" | "redo"; readonly note: string } & Where)
  | { readonly do: "cancel"; readonly reason: string; readonly undo: boolean }
  | { readonly do: "pause"; readonly reason: string }
  | { readonly do: "resume" }
  | ({ readonly do: "key" } & Where)
  | ({
      readonly do: "tick";
      readonly done: boolean;
      readonly note: string;
      readonly file?: { readonly name: string; readonly sha256: string; readonly bytes?: number };
      /** Values of the outputs that the step declares. */
      readonly outputs?: Readonly<Record<string, string>>;
      /** What the console showed, as the person gives it. */
      readonly seen?: string;
      /** The same, kept. */
      readonly output?: NonNullable<AttemptEnd["output"]>;
    } & Where)
  | ({ readonly do: "answer"; readonly choice: "retry" | "skip" | "undo" | "stop"; readonly note: string } & Where);

/** Step and target that are meant; may be left out when only one is waited for. */
interface Where {
  readonly step?: string;
  readonly target?: string;
}

const refuse = (code: string, args: Readonly<Record<string, string | number>>): WatchbookError =>
  new WatchbookError(code, args, { exit: EXIT.input });

const named = ({ step, target, gate }: Wait): string =>
  gate ?? [step, target].filter((part) => part !== undefined && part !== "-").join("@");

/** The one thing of this kind that the run waits for and that the action names, or a refusal that lists what there is. */
function waitFor(now: RunNow, kind: Wait["kind"], matches: (wait: Wait) => boolean): Wait {
  const all = now.view.waits.filter((wait) => wait.kind === kind);
  const fitting = all.filter(matches);
  const run = now.record.id;
  if (all.length === 0) throw refuse("RUN-WAITS-NOT", { run, kind: `wait:${kind}`, state: `run:${now.view.state}` });
  const one = fitting[0];
  if (one === undefined || fitting.length > 1)
    throw refuse("RUN-WAITS-WHICH", { run, kind: `wait:${kind}`, waits: all.map(named).join(", ") });
  return one;
}

const at =
  ({ step, target }: Where) =>
  (wait: Wait): boolean =>
    (step === undefined || wait.step === step) && (target === undefined || wait.target === target);

/** The manual step that a person speaks of. Throws RUN-WAITS-NOT, RUN-WAITS-WHICH. */
export const tickWait = (now: RunNow, action: Where): Wait => waitFor(now, "tick", at(action));

/** The attempt in doubt of a task. */
function doubtOf(now: RunNow, wait: Wait): Attempt {
  const task = now.view.tasks.find(({ step, target }) => step === wait.step && target === wait.target);
  if (!task?.open) throw new TypeError(`run ${now.record.id} waits for a decision, but no attempt is open`);
  return task.open;
}

/** The entry that a person's action becomes, or a WatchbookError that says why not: RUN-ENDED, RUN-WAITS-… */
export function entryOf(now: RunNow, by: string, action: Action): Entry {
  const { record, view } = now;
  if (isEnded(view.state)) throw refuse("RUN-ENDED", { run: record.id, state: `run:${view.state}` });
  switch (action.do) {
    case "approve": {
      const { gate } = waitFor(now, "approval", (wait) => action.gate === undefined || wait.gate === action.gate);
      const { signature, text, via } = action;
      return { type: "approval.given", gate: gate!, by, signature, text, ...(via && { via }) };
    }
    case "reject": {
      const { gate } = waitFor(now, "approval", (wait) => action.gate === undefined || wait.gate === action.gate);
      return { type: "approval.rejected", gate: gate!, by, reason: action.reason };
    }
    case "decide": {
      const wait = waitFor(now, "decision", at(action));
      return { type: "decided", ...doubtOf(now, wait), happened: action.happened, by, note: action.note };
    }
    case "key": {
      const { step, batch } = waitFor(now, "key", at(action));
      return { type: "key", step: step!, batch: batch!, by };
    }
    case "tick": {
      const { step, target } = tickWait(now, action);
      const { done, note, file, outputs, output } = action;
      const more = { ...(file && { file }), ...(outputs && { outputs }), ...(output && { output }) };
      return { type: "tick", step: step!, target: target!, by, done, note, ...more };
    }
    case "answer": {
      const { step, target } = waitFor(now, "answer", at(action));
      return { type: "answer", step: step!, target: target!, choice: action.choice, by, note: action.note };
    }
    case "pause":
      if (view.paused) throw refuse("RUN-PAUSED", { run: record.id, by: view.paused.by });
      return { type: "pause", by, reason: action.reason };
    case "resume":
      if (!view.paused) throw refuse("RUN-NOT-PAUSED", { run: record.id, state: `run:${view.state}` });
      return { type: "resume", by };
    case "cancel":
      break;
  }
  return { type: "cancel", by, reason: action.reason, undo: action.undo };
}
