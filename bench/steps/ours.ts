// Durable steps through our store: `node bench/steps/ours.ts FOLDER RUNS joined|apart`. Nothing is done between intent and outcome.
import { join } from "node:path";
import type { Entry } from "../../src/model/journal.ts";
import type { RunRecord } from "../../src/model/run.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Change, Store } from "../../src/store/store.ts";
import { say, STEPS, timed } from "./clock.ts";

const record = (id: string, state: RunRecord["state"]): RunRecord => ({
  id,
  runbook: "restart-gateway",
  title: "Restart the gateway",
  environment: "prod",
  digest: "sha256:3f786850e387550fdab836ed7e6dc881de23001b3f786850e387550fdab836ed",
  rehearsal: false,
  by: "li",
  reason: "benchmark",
  state,
  created: Date.now(),
  updated: Date.now(),
  done: state === "done" ? STEPS : 0,
  total: STEPS,
  waits: [],
});

/**
 * One run of ten steps: begun, an intent before each step and an outcome after it, ended. Joined, as the engine does it,
 * an outcome travels with the intent of the next step; apart, each is a commit of its own.
 */
async function ourSteps(store: Store, run: string, joined: boolean, took: number[]): Promise<void> {
  let seq = 0;
  const append = (entry: Entry): Change => {
    seq += 1;
    return { kind: "journal.append", run, entry: { seq, epoch: 0, at: Date.now(), entry } };
  };
  let waiting: Change[] = [
    { kind: "run.insert", record: record(run, "running"), plan: '{"steps":[]}' },
    append({ type: "run.created", by: "li", reason: "benchmark", digest: "sha256:3f78", host: "bench" }),
  ];
  const commit = async (...more: readonly Change[]): Promise<void> => {
    const changes = [...waiting, ...more];
    waiting = [];
    await store.commit(changes);
  };
  if (!joined) await commit();
  let start = performance.now();
  for (let step = 0; step < STEPS; step++) {
    const attempt = { step: `step-${step}`, target: "app-1", purpose: "do", attempt: 1 } as const;
    if (!joined) start = performance.now();
    await commit(append({ type: "intent", ...attempt }));
    if (joined && step > 0) took.push(performance.now() - start);
    if (joined) start = performance.now();
    waiting.push(append({ type: "outcome", ...attempt, ending: "ok", code: 0, seconds: 0.001 }));
    if (joined) continue;
    await commit();
    took.push(performance.now() - start);
  }
  const ended = append({ type: "run.ended", state: "done", reasons: [] });
  await commit(ended, { kind: "run.update", record: record(run, "done"), epoch: 0 });
}

const [folder, runs, mode] = process.argv.slice(2);
await using store = await openStore(join(folder!, "state.db"));
const idOf = (run: number): string => `20261120-${String(run).padStart(6, "0")}`;
say(await timed(Number(runs), (run, took) => ourSteps(store, idOf(run), mode === "joined", took)));
