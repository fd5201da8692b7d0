import type { Action } from "../../engine/run/act.ts";
import type { RunShown } from "../../engine/run/control/shown.ts";
import { WatchbookError } from "../../model/error.ts";
import { isEnded } from "../../model/run.ts";
import type { RunsDesk } from "../runs/desk.ts";

/** Puts what a run waits for to the person; the signal withdraws the question. Undefined: they leave it. */
export type Ask = (run: RunShown, withdrawn: AbortSignal) => Promise<Action | undefined>;

/**
 * What a run waits for, and how far it is there: the same as long as nobody has answered. As text, for the view of a run
 * that is driven here changes in place.
 */
const standOf = ({ record, view }: RunShown): string =>
  JSON.stringify([
    isEnded(record.state),
    view.paused,
    view.waits,
    view.waits.map(
      (wait) => view.tasks.find(({ step, target }) => step === wait.step && target === wait.target)?.attempts,
    ),
  ]);

/**
 * Resolves when somebody has answered from elsewhere, or at the signal. Where the process that drove it leaves meanwhile, this
 * one takes it up: whoever stays with it stays. A run that was paused is left to who resumes it.
 */
export async function answered(desk: RunsDesk, run: RunShown, by: string, signal: AbortSignal): Promise<void> {
  try {
    await otherwise(desk, run, signal);
  } catch (error) {
    if (!(error instanceof WatchbookError) || error.code !== "RUN-LEFT" || run.view.paused) throw error;
    await desk.act(run.record.id, by, { do: "resume" });
    await otherwise(desk, run, signal);
  }
}

/** Resolves when it does not stand as it stood. */
async function otherwise(desk: RunsDesk, run: RunShown, signal: AbortSignal): Promise<void> {
  const { id } = run.record;
  const stood = standOf(run);
  for await (const { message } of desk.follow(id, String(run.view.seq), signal)) {
    if (message.type !== "entry" && message.type !== "state" && message.type !== "end") continue;
    if (signal.aborted || standOf(await desk.show(id)) !== stood) break;
  }
}

/**
 * Asks the person here, as long as nobody answers from elsewhere: then "elsewhere". Given is what they answered, taken by
 * the run already; undefined when they leave it.
 */
export async function askHere(
  desk: RunsDesk,
  run: RunShown,
  by: string,
  ask: Ask,
): Promise<"taken" | "elsewhere" | undefined> {
  const { id } = run.record;
  const stood = standOf(run);
  const withdrawn = new AbortController();
  const over = new AbortController();
  const watching = answered(desk, run, by, over.signal).then(() => withdrawn.abort());
  try {
    const action = await Promise.race([
      ask(run, withdrawn.signal),
      // What keeps it from being watched would keep an answer from being taken too.
      watching.then(() => new Promise<never>(() => undefined)),
    ]);
    if (withdrawn.signal.aborted) return "elsewhere";
    if (action === undefined) return undefined;
    await desk.act(id, by, action);
    return "taken";
  } catch (error) {
    if (!(error instanceof WatchbookError) || !TOO_LATE.test(error.code) || standOf(await desk.show(id)) === stood)
      throw error;
    return "elsewhere";
  } finally {
    over.abort();
    withdrawn.abort();
    watching.catch(() => undefined);
  }
}

/** Refusals of an answer to what is not asked any more. */
const TOO_LATE = /^RUN-(?:WAITS-|ENDED$|PAUSED$)/;
