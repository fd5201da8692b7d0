// The process that is killed: `node subject.ts DATA [shared]` owns DATA (or shares it), takes up every run, and drives
// what it is told on standard input, one JSON object a line; says what becomes of it on standard output.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { makeRunner, type Runner } from "../../src/engine/run/runner.ts";
import type { House } from "../../src/engine/house.ts";
import { registry } from "../../src/kinds/registry.ts";
import { WatchbookError } from "../../src/model/error.ts";
import type { Attempt, Entry } from "../../src/model/journal.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { RunRecord } from "../../src/model/run.ts";
import { systemClock } from "../../src/model/time.ts";
import { isOwned, own } from "../../src/store/ownership.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { RunView, Wait } from "../../src/engine/run/core/view.ts";
import { bareStep } from "./bare.ts";

export type Order =
  /** The reason is how a run is found again by whoever does not know whether it was made. */
  | { readonly do: "create"; readonly plan: Plan; readonly reason: string }
  | { readonly do: "post"; readonly run: string; readonly entries: readonly Entry[] };

/** What a person is asked, with the attempt that a decision is about. */
export type Asked = Wait & { readonly open?: Attempt };

export type Said =
  | { readonly say: "ready"; readonly problems: readonly string[] }
  | { readonly say: "owned"; readonly pid: number }
  | {
      readonly say: "run";
      readonly run: string;
      readonly reason: string;
      readonly state: string;
      readonly evidence: boolean;
      readonly asks: readonly Asked[];
    }
  | { readonly say: "refused"; readonly what: string; readonly code: string }
  | { readonly say: "broken"; readonly run: string; readonly code: string };

const [, , data = "", shared] = process.argv;
const say = (said: Said): void => void process.stdout.write(`${JSON.stringify(said)}\n`);
const codeOf = (error: unknown): string =>
  error instanceof WatchbookError ? error.code : error instanceof Error ? `${error.name}: ${error.message}` : "?";

/** What a person is asked by a run. */
export const asksOf = ({ waits, tasks }: RunView): readonly Asked[] =>
  waits
    .filter(({ kind }) => kind !== "timer")
    .map((wait) => {
      const open = tasks.find(({ step, target }) => step === wait.step && target === wait.target)?.open;
      return { ...wait, ...(open && { open }) };
    });

async function tell(runner: Runner, { id: run, evidence }: RunRecord): Promise<void> {
  const { record, view } = await runner.now(run);
  const { reason, state } = record;
  say({ say: "run", run, reason, state, evidence: evidence !== undefined, asks: asksOf(view) });
}

async function obey(runner: Runner, order: Order): Promise<void> {
  try {
    if (order.do === "create") await runner.create(order.plan, { by: "lin", reason: order.reason });
    else await runner.post(order.run, order.entries);
  } catch (error) {
    say({ say: "refused", what: order.do === "create" ? order.reason : order.run, code: codeOf(error) });
  }
}

async function main(): Promise<void> {
  const owner = shared ? undefined : await own(data, { socket: null });
  if (owner && isOwned(owner)) return say({ say: "owned", pid: owner.owner.pid });
  const store = await openStore(join(data, "state.db"));
  const steps = new Map([...registry.steps, [bareStep.kind, bareStep] as const]);
  const house = {
    registry: { ...registry, steps },
    clock: systemClock,
    store,
    data,
    host: "host-1",
    version: "0.0.0-test",
    secret: (reference: string) => Promise.resolve(`value of ${reference}`),
  } as unknown as House;
  const runner = makeRunner({
    house,
    pid: process.pid,
    root: data,
    settle: ({ record }) => {
      mkdirSync(join(data, "evidence"), { recursive: true });
      writeFileSync(join(data, "evidence", record.id), "");
      return Promise.resolve(record.id);
    },
    confirm: () => Promise.resolve(),
    broken: (run, error) => say({ say: "broken", run, code: codeOf(error) }),
  });
  runner.hear((record) => void tell(runner, record));
  const problems = await runner.recover();
  for (const record of await store.runs({}))
    await tell(runner, record).catch((error: unknown) => {
      if (!problems.some(({ code }) => code === codeOf(error))) throw error;
    });
  say({ say: "ready", problems: problems.map(codeOf) });
  for await (const line of createInterface({ input: process.stdin })) void obey(runner, JSON.parse(line) as Order);
  await runner.stop();
  await store[Symbol.asyncDispose]();
}

if (import.meta.main) await main();
