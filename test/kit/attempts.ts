import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { perform, type Hooks, type Order } from "../../src/kinds/targets/receipt/receipt.ts";
import type { AttemptEnd } from "../../src/model/journal.ts";
import type { Reach } from "../../src/model/target.ts";
import { systemClock } from "../../src/model/time.ts";

/** Opens a target whose commands find these variables; closed when the test ends. */
export type OpenTarget = (t: TestContext, env: Readonly<Record<string, string>>) => Promise<Reach>;

/** A target with receipts of its own, and a folder on it. */
export interface Place {
  readonly reach: Reach;
  readonly directory: string;
  /** Where its receipts lie. */
  readonly state: string;
}

export function directoryOf(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "watchbook-attempt-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export async function place(
  t: TestContext,
  open: OpenTarget,
  env: Readonly<Record<string, string>> = {},
): Promise<Place> {
  const directory = directoryOf(t);
  const state = join(directory, "receipts");
  return { directory, state, reach: await open(t, { WATCHBOOK_STATE: state, ...env }) };
}

export const idOf = (number = 1): Order["id"] => ({
  run: "run-1",
  step: "1 · restart",
  target: "web",
  purpose: "do",
  number,
});

export const orderOf = (script: string, over: Partial<Order> = {}): Order => ({
  id: idOf(),
  interpreter: ["sh", "-eu"],
  script,
  env: {},
  limitMs: 60_000,
  ...over,
});

/** What one performance gave out, as it came. */
export interface Heard {
  out: string;
  err: string;
}

export const hooksOf = (heard: Heard = { out: "", err: "" }, signal = new AbortController().signal): Hooks => ({
  clock: systemClock,
  signal,
  log: (chunk, stream) => {
    heard[stream] += Buffer.from(chunk).toString("latin1");
  },
});

/** Performs and gives the end with what was heard. */
export async function done(reach: Reach, order: Order, signal?: AbortSignal): Promise<AttemptEnd & Heard> {
  const heard: Heard = { out: "", err: "" };
  const end = await perform(reach, order, hooksOf(heard, signal));
  return { ...end, ...heard };
}
