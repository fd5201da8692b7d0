// What runs on a target brought to a wanted state, and back. Drivers of real engines are proven with their targets.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { Leave } from "../src/model/step.ts";
import { ReachError } from "../src/model/target.ts";
import { pretend, type Pretend } from "./kit/driver.ts";
import { done, place, recalled, said } from "./suites/step-context.ts";

const THINGS = { things: [{ name: "web", version: "v2" }], within: 0 };

async function bench(t: TestContext, driver: Pretend = pretend({ web: "v1", db: "v1" })) {
  const here = await place(t);
  const reach = { ...here.reach, driver };
  return {
    driver,
    here,
    context: (number = 1, purpose: "do" | "undo" = "do", signal = new AbortController().signal) =>
      here.context({ reach, signal }, { number, purpose }),
  };
}

test("the plan is shown and applied, and it is over only when the things are well", async (t) => {
  const { driver, here, context } = await bench(t);
  let looks = 0;
  driver.health = () => Promise.resolve({ outcome: ++looks < 2 ? "unknown" : "pass", reasons: ["web: starting"] });
  assert.equal(said(await done("driver", { ...THINGS, within: 30 }, context())), "ok");
  assert.deepEqual([driver.versions, looks], [{ web: "v2", db: "v1" }, 2]);
  assert.match(here.printed(), /web: update v1 -> v2\n {2}set web v2\n/);
  driver.health = () => Promise.resolve({ outcome: "unknown", reasons: ["web: no answer"] });
  const end = await done("driver", THINGS, context(2));
  assert.deepEqual([said(end), end.args?.["outcome"]], ["failed driver-unhealthy", "unknown"]);
});

test("what is to be stopped is over when it is seen to stand, not when it is well: nothing that stands is", async (t) => {
  const { driver, context } = await bench(t);
  driver.health = (names = []) =>
    Promise.resolve({ outcome: names.includes("web") ? "fail" : "pass", reasons: [...names] });
  let state: "running" | "stopped" = "running";
  const seen = (name: string) => ({ name, kind: "thing", version: "v1", config: null, state });
  driver.observe = (names = []) => Promise.resolve(names.map(seen));
  const things = [{ name: "web", state: "stopped" }, { name: "db" }];
  const early = await done("driver", { things, within: 0 }, context());
  assert.deepEqual([said(early), early.args?.["detail"]], ["failed driver-unhealthy", "web: running"]);
  state = "stopped";
  assert.equal(said(await done("driver", { things, within: 0 }, context(2))), "ok driver-nothing");
  const none = { things: [{ name: "web", replicas: 0 }], within: 0 };
  assert.equal(said(await done("driver", none, context(3))), "ok driver-nothing");
});

test("what is so already is not touched; a restart is done although nothing differs", async (t) => {
  const { driver, context } = await bench(t);
  const same = { things: [{ name: "web", version: "v1" }], within: 0 };
  assert.equal(said(await done("driver", same, context())), "ok driver-nothing");
  assert.deepEqual(driver.did, []);
  await done("driver", { things: [{ name: "web", restart: true }], within: 0 }, context(2));
  assert.deepEqual(driver.did, ["restart web v1"]);
});

test("the undo brings back what was before the first attempt, from what was kept before anything was changed", async (t) => {
  const { driver, context } = await bench(t);
  await done("driver", THINGS, context());
  await done("driver", { things: [{ name: "web", version: "v3" }], within: 0 }, context(2));
  assert.equal(said(await done("driver", { restore: true, within: 0 }, context(1, "undo"))), "ok");
  assert.equal(driver.versions["web"], "v1");
  const other = await bench(t);
  assert.equal(said(await done("driver", { restore: true }, other.context(1, "undo"))), "ok driver-nothing");
  assert.deepEqual(other.driver.did, []);
  assert.equal(said(await done("driver", { restore: true }, other.context())), "failed restore-is-undo");
});

test("an attempt that broke off is in doubt, never done again by itself; one that never began cannot begin", async (t) => {
  const { driver, context } = await bench(t);
  driver.before = () => {
    throw new ReachError("unreachable", "cut");
  };
  assert.equal(said(await done("driver", THINGS, context())), "unknown driver-interrupted");
  driver.before = () => undefined;
  assert.deepEqual(await recalled("driver", THINGS, context()), { state: "unknown" });
  assert.equal(said(await done("driver", THINGS, context())), "unknown driver-interrupted");
  assert.deepEqual(driver.did, []);
  // It had been done in fact: then the wanted state is there.
  driver.versions["web"] = "v2";
  assert.deepEqual(await recalled("driver", THINGS, context()), { state: "running" });
  assert.deepEqual(await recalled("driver", THINGS, context(2)), { state: "absent" });
  assert.notEqual((await done("driver", THINGS, context(2))).ending, "ok");
});

test("what this machine kept of a step is gone: it is in doubt and never begun anew, and no undo says that there was nothing", async (t) => {
  const { driver, here, context } = await bench(t);
  const left = new Set<string>();
  const marks = {
    has: (target: string) => Promise.resolve(left.has(target)),
    left: (target: string) => Promise.resolve(void left.add(target)),
  };
  const marked = (number: number, purpose: "do" | "undo" = "do") => {
    const whole = context(number, purpose);
    return { ...whole, attempt: { ...whole.attempt, marks } };
  };
  assert.equal(said(await done("driver", THINGS, marked(1))), "ok");
  rmSync(join(here.root, ".receipts"), { recursive: true });
  assert.deepEqual(await recalled("driver", THINGS, marked(1)), { state: "unknown" });
  rmSync(join(here.root, ".receipts"), { recursive: true });
  const undone = await done("driver", { restore: true, within: 0 }, marked(1, "undo"));
  assert.equal(said(undone), "unknown receipts-lost");
  assert.equal(driver.versions["web"], "v2");
});

test("a restart that broke off stays in doubt: a state cannot prove it", async (t) => {
  const { driver, context } = await bench(t);
  const restart = { things: [{ name: "web", restart: true }], within: 0 };
  driver.before = () => {
    throw new ReachError("unreachable", "cut");
  };
  await done("driver", restart, context());
  driver.before = () => undefined;
  assert.deepEqual(await recalled("driver", restart, context()), { state: "unknown" });
  await done("driver", restart, context(2));
  assert.deepEqual(await recalled("driver", restart, context(2)), { state: "running" });
});

test("a target that changed since, or has no driver, is refused; cancel and letting go are told apart", async (t) => {
  const { driver, here, context } = await bench(t);
  driver.before = () => {
    driver.versions["db"] = "v9";
  };
  assert.equal(said(await done("driver", THINGS, context())), "failed target-changed");
  assert.equal(said(await done("driver", THINGS, here.context())), "failed driver-none");
  for (const [reason, wanted, number] of [
    [undefined, "cancelled cancelled", 3],
    [new Leave(), "unknown left-running", 4],
  ] as const) {
    const stop = new AbortController();
    driver.before = () => {
      stop.abort(reason);
      throw new Error("aborted");
    };
    assert.equal(said(await done("driver", THINGS, context(number, "do", stop.signal))), wanted);
  }
});
