import assert from "node:assert/strict";
import { test } from "node:test";
import { Driven } from "../src/cli/runs/driven.ts";
import type { RunControl } from "../src/engine/run/control.ts";
import type { RunNow } from "../src/engine/run/runner.ts";
import type { RunRecord } from "../src/model/run.ts";

/** As much of a run control as is asked here: runs that somebody else ends. */
function control() {
  let hear: (record: RunRecord) => void = () => undefined;
  const ends = new Map<string, PromiseWithResolvers<RunNow>>();
  const settled: string[] = [];
  const made = {
    hear: (listener: typeof hear) => ((hear = listener), () => undefined),
    settled: (id: string) => (settled.push(id), ends.get(id)!.promise),
  } as unknown as RunControl;
  const begin = (id: string): void => {
    ends.set(id, Promise.withResolvers());
    hear({ id, state: "running", waits: [] } as unknown as RunRecord);
  };
  return { control: made, begin, end: (id: string) => ends.get(id)!.resolve({} as RunNow), settled };
}

test("driven: what others have asked for counts before a run of it is heard of, and then the run does", async () => {
  const world = control();
  const driven = new Driven(world.control);
  const asked = Promise.withResolvers<string>();
  const doing = driven.during(asked.promise);
  let rested = false;
  const rest = driven.rest().then(() => (rested = true));
  await new Promise(setImmediate);
  assert.equal(rested, false, "somebody is still asking");
  world.begin("r1");
  asked.resolve("r1");
  assert.equal(await doing, "r1");
  await new Promise(setImmediate);
  assert.deepEqual([rested, world.settled], [false, ["r1"]]);
  world.end("r1");
  await rest;
});

test("driven: what was asked for and refused is over, and the refusal is its asker's", async () => {
  const driven = new Driven(control().control);
  await assert.rejects(driven.during(Promise.reject(new Error("no"))), /no/);
  await driven.rest();
  assert.deepEqual(driven.going(), []);
});
