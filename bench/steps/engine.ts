// Durable steps through the whole engine: `node bench/steps/engine.ts FOLDER RUNS`. A step does nothing; its intent and outcome are real.
import { join } from "node:path";
import { makeRunner } from "../../src/engine/run/runner.ts";
import type { House } from "../../src/engine/house.ts";
import { registry } from "../../src/kinds/registry.ts";
import { defineStep } from "../../src/model/step.ts";
import { systemClock } from "../../src/model/time.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { planOf, stepOf, targetOf } from "../../test/kit/plan.ts";
import { CONCURRENCY, say, STEPS, timed } from "./clock.ts";

const nothing = defineStep({
  kind: "nothing",
  params: { safeParse: (input: unknown) => ({ success: true, data: input }) as const },
  view: () => ({ command: ":", risk: "write", sudo: false }),
  perform: () => Promise.resolve({ ending: "ok", seconds: 0 }),
});

const [folder, runs] = process.argv.slice(2);
await using store = await openStore(join(folder!, "state.db"));
const house = {
  registry: { ...registry, steps: new Map([...registry.steps, [nothing.kind, nothing]]) },
  clock: systemClock,
  store,
  data: folder,
  host: "bench",
} as unknown as House;
const runner = makeRunner({
  house,
  pid: process.pid,
  root: folder!,
  settle: () => Promise.resolve(undefined),
  confirm: () => Promise.resolve(),
  broken: (_, error) => {
    throw error;
  },
});
const steps = Array.from({ length: STEPS }, (_, step) => stepOf({ id: `step-${step}`, kind: "nothing", params: {} }));
/** A plan per lane, each on a target of its own: nobody waits for a lock. */
const plans = Array.from({ length: CONCURRENCY }, (_, lane) =>
  planOf({ steps, targets: [targetOf(`app-${lane}`)], digest: `sha256:${String(lane).padStart(64, "0")}` }),
);

say(
  await timed(Number(runs), async () => {
    const plan = plans.pop()!;
    const { id } = await runner.create(plan, { by: "li", reason: "benchmark" });
    await runner.settled(id);
    plans.push(plan);
  }),
);
await runner.stop();
