import type { Desired, Driver, Intention } from "../../../model/driver.ts";
import { WatchbookError } from "../../../model/error.ts";
import type { AttemptEnd } from "../../../model/journal.ts";
import { Leave, type Recall, type StepContext } from "../../../model/step.ts";
import { ReachError } from "../../../model/target.ts";
import { Ended, refused } from "../ending/ended.ts";
import { note, noted } from "../notes/note.ts";

/** Between two looks at whether things are well, milliseconds. */
const LOOK_MS = 1_000;

/** The hand on what runs there. Throws Ended for a target that has none. */
export function driverOf({ reach }: StepContext): Driver {
  if (!reach.driver) throw refused("driver-none", { target: reach.target });
  return reach.driver;
}

const line =
  (context: StepContext) =>
  (text: string): void =>
    context.log(Buffer.from(`${text}\n`), "out");

/** Work on the target that began: when it breaks off nobody knows how far it came. */
async function begun(context: StepContext, work: () => Promise<void>): Promise<void> {
  const { signal } = context;
  try {
    await work();
  } catch (error) {
    if (signal.aborted && signal.reason instanceof Leave) throw new Ended("unknown", "left-running");
    if (signal.aborted) throw new Ended("cancelled", "cancelled");
    if (error instanceof ReachError) throw new Ended("unknown", "driver-interrupted", { detail: error.message });
    if (error instanceof WatchbookError && error.code === "TARGET-CHANGED")
      throw refused("target-changed", { target: context.reach.target });
    throw error;
  }
}

/** Waits until the things are well. Throws Ended when they are not within so many seconds; unknown is not well. */
export async function healthy(context: StepContext, names: readonly string[], within: number): Promise<void> {
  const { clock, signal } = context;
  const driver = driverOf(context);
  const end = clock.monotonic() + BigInt(Math.round(within * 1e9));
  let told = "";
  for (;;) {
    const { outcome, reasons } = await driver.health(names, signal);
    if (outcome === "pass") return;
    if (reasons.join("\n") !== told) line(context)((told = reasons.join("\n")));
    if (signal.aborted) throw new Ended("cancelled", "cancelled");
    if (clock.monotonic() > end)
      throw refused("driver-unhealthy", { outcome, detail: reasons.join("; ") || "-", within });
    await clock.sleep(LOOK_MS, signal).catch(() => undefined);
  }
}

/** Wanted to stand: what does so is not well, and need not be. */
const isOff = ({ state, replicas }: Desired): boolean => state === "stopped" || state === "absent" || replicas === 0;

/** Waits until the things are seen to stand, or to be gone. Throws Ended when they are not within so many seconds. */
async function standing(context: StepContext, wanted: readonly Desired[], within: number): Promise<void> {
  if (wanted.length === 0) return;
  const { clock, signal } = context;
  const names = wanted.map(({ name }) => name);
  const end = clock.monotonic() + BigInt(Math.round(within * 1e9));
  for (;;) {
    const seen = await driverOf(context).observe(names, signal);
    const left = seen.filter(({ name, state }) => {
      const gone = wanted.some((one) => one.name === name && one.state === "absent");
      return state !== "absent" && (gone || state !== "stopped");
    });
    if (left.length === 0) return;
    if (signal.aborted) throw new Ended("cancelled", "cancelled");
    const detail = left.map(({ name, state }) => `${name}: ${state}`).join("; ");
    if (clock.monotonic() > end) throw refused("driver-unhealthy", { outcome: "fail", detail, within });
    await clock.sleep(LOOK_MS, signal).catch(() => undefined);
  }
}

const isSo = ({ actions }: Intention): boolean => actions.every(({ what }) => what === "none");

function show(context: StepContext, { actions }: Intention): void {
  for (const { name, what, from, to, command } of actions)
    line(context)(`${name}: ${what} ${from} -> ${to}${command === "" ? "" : `\n  ${command}`}`);
}

/** Identity of what the step as a whole remembers: an undo asks for it whatever attempt it belongs to. */
const first = ({ attempt }: StepContext): StepContext["attempt"] => ({ ...attempt, purpose: "do", number: 1 });

/** Brings the things to the wanted state and waits until they are well. */
export async function bring(
  context: StepContext,
  desired: readonly Desired[],
  within: number,
): Promise<Omit<AttemptEnd, "seconds">> {
  const driver = driverOf(context);
  const names = desired.map(({ name }) => name);
  const intention = await driver.plan(desired, context.signal);
  show(context, intention);
  const text = JSON.stringify(intention);
  await note(context, "first", text, first(context));
  const isMine = await note(context, "begun", text);
  if (isMine) {
    await begun(context, () => driver.apply(intention, context.signal, line(context)));
    await note(context, "applied", "yes");
  } else if ((await noted(context, "applied")).state !== "noted" && !isSo(intention))
    throw new Ended("unknown", "driver-interrupted", { detail: context.attempt.step });
  const off = desired.filter(isOff);
  await standing(context, off, within);
  const on = names.filter((name) => !off.some((one) => one.name === name));
  if (on.length > 0) await healthy(context, on, within);
  if (isSo(intention)) return { ending: "ok", reason: "driver-nothing" };
  return { ending: "ok" };
}

/** Brings back what was there before the step's first attempt. */
export async function bringBack(context: StepContext, within: number): Promise<Omit<AttemptEnd, "seconds">> {
  const driver = driverOf(context);
  const kept = await noted(context, "first", first(context));
  // Nothing was begun; but where nobody knows whether, nobody knows what to bring back either.
  if (kept.state === "absent") return { ending: "ok", reason: "driver-nothing" };
  if (kept.state === "unknown") throw new Ended("unknown", "receipts-lost");
  const intention = JSON.parse(kept.text) as Intention;
  await note(context, "begun", kept.text);
  await begun(context, () => driver.undo(intention, context.signal, line(context)));
  const touched = new Set(intention.actions.filter(({ what }) => what !== "none").map(({ name }) => name));
  const ran = intention.before.filter(({ name, state }) => touched.has(name) && state === "running");
  if (ran.length > 0)
    await healthy(
      context,
      ran.map(({ name }) => name),
      within,
    );
  return { ending: "ok" };
}

/** What is known of an attempt: whether it began stands in our notes, whether it came to its end on the target. */
export async function remembered(context: StepContext, desired: readonly Desired[]): Promise<Recall> {
  const begun = await noted(context, "begun");
  if (begun.state !== "noted") return { state: begun.state };
  if (context.attempt.purpose !== "do") return { state: "unknown" };
  if ((await noted(context, "applied")).state === "noted") return { state: "running" };
  if (desired.some(({ restart }) => restart === true)) return { state: "unknown" };
  return isSo(await driverOf(context).plan(desired, context.signal)) ? { state: "running" } : { state: "unknown" };
}
