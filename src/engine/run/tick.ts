import { EXIT, WatchbookError } from "../../model/error.ts";
import type { Attempt } from "../../model/journal.ts";
import type { PlanStep } from "../../model/plan.ts";
import { redact } from "../../model/redact.ts";
import { openOutput } from "../../store/output/open.ts";
import type { House } from "../house.ts";
import { tickWait, type Action } from "./act.ts";
import { performedBy } from "./core/shape.ts";
import type { Wait } from "./core/view.ts";
import { keptBytes } from "./kept.ts";
import { outputFolder, outputName } from "./output.ts";
import type { RunNow } from "./runner.ts";

export type Tick = Extract<Action, { do: "tick" }>;

/** Most that a step may give out, bytes of UTF-8, as for those that programs do. */
const MOST_OUTPUTS = 65_536;

const refuse = (code: string, args: Readonly<Record<string, string | number | readonly string[]>>): WatchbookError =>
  new WatchbookError(code, args, { exit: EXIT.input });

/** The attempt that a person is asked about. */
function attemptOf({ record, view }: RunNow, wait: Pick<Wait, "step" | "target">): Attempt {
  const task = view.tasks.find(({ step, target }) => step === wait.step && target === wait.target);
  if (!task?.open) throw new TypeError(`run ${record.id} waits for a person, but no attempt is open`);
  return task.open;
}

/** What the manual demands of whoever says that a step of its own is done: a note, a photo. */
function demanded(step: PlanStep): { readonly note: boolean; readonly file: boolean; readonly noFile: boolean } {
  const said = step.byHand ? {} : ((step.params ?? {}) as Readonly<Record<string, unknown>>);
  return { note: said["note"] === "required", file: said["file"] === "required", noFile: said["file"] === "none" };
}

/** Names of the values that a person must tell: outputs belong to doing it. */
export const outputsAsked = (step: PlanStep, { purpose }: Pick<Attempt, "purpose">): readonly string[] =>
  purpose === "do" ? step.outputs : [];

/**
 * Whether what a person says of a step is all that it asks for. Throws TICK-OUTPUTS (names that are not told),
 * TICK-OUTPUT-UNKNOWN, TICK-OUTPUTS-LONG, TICK-NOTE, TICK-FILE, TICK-NO-FILE.
 */
export function checkTick(now: RunNow, wait: Pick<Wait, "step" | "target">, tick: Tick): void {
  const attempt = attemptOf(now, wait);
  const step = performedBy(now.plan, attempt);
  const run = now.record.id;
  const args = { run, step: step.id };
  const asked = outputsAsked(step, attempt);
  const told = tick.outputs ?? {};
  const unknown = Object.keys(told).filter((name) => !asked.includes(name));
  if (unknown.length > 0) throw refuse("TICK-OUTPUT-UNKNOWN", { ...args, names: unknown, known: asked });
  if (Buffer.byteLength(Object.values(told).join("")) > MOST_OUTPUTS)
    throw refuse("TICK-OUTPUTS-LONG", { ...args, most: MOST_OUTPUTS >> 10 });
  const { note, file, noFile } = demanded(step);
  if (tick.file && noFile) throw refuse("TICK-NO-FILE", args);
  // What could not be done has nothing to show.
  if (!tick.done) return;
  const lacking = asked.filter((name) => !Object.hasOwn(told, name));
  if (lacking.length > 0) throw refuse("TICK-OUTPUTS", { ...args, names: lacking });
  if (note && tick.note.trim() === "") throw refuse("TICK-NOTE", args);
  if (file && !tick.file) throw refuse("TICK-FILE", args);
}

/** Values of the plan's secrets, as far as this machine has them: nobody else could have told them to the person. */
async function secretsOf(house: House, { plan }: RunNow): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const one of plan.parameters.filter((each) => each.secret)) {
    try {
      found.add(await house.secret(one.value));
    } catch (error) {
      if (!(error instanceof WatchbookError)) throw error;
    }
  }
  return found;
}

/**
 * What a person says, as it is journalled: texts without secrets, what was seen kept like the output of any attempt, the
 * file with its size. Rejects with RUN-FILE-LOST for a file that nobody gave, and with what the disk refuses.
 */
export async function preparedTick(house: House, now: RunNow, tick: Tick): Promise<Tick> {
  const wait = tickWait(now, tick);
  checkTick(now, wait, tick);
  const { data } = house;
  const run = now.record.id;
  const secrets = await secretsOf(house, now);
  const { seen, file, outputs, ...rest } = tick;
  const kept = file && { ...file, name: redact(file.name, secrets), bytes: (await keptBytes(data, run, file)).length };
  return {
    ...rest,
    note: redact(tick.note, secrets),
    ...(kept && { file: kept }),
    ...(outputs && {
      outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, redact(value, secrets)])),
    }),
    ...(seen && { output: await keepSeen(outputFolder(data, run), attemptOf(now, wait), seen, secrets) }),
  };
}

/** Somebody who began to tell and did not finish leaves nothing: the next one begins anew. */
async function keepSeen(folder: string, attempt: Attempt, seen: string, secrets: ReadonlySet<string>) {
  const output = await openOutput(folder, outputName(attempt), { secrets, existing: "replace" });
  output.write(Buffer.from(seen.endsWith("\n") ? seen : `${seen}\n`));
  return output.close();
}
