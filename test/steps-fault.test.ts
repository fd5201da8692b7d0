// Faults: injected, proven, removed; by the step's undo, or by the target itself when nobody comes back.
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { done, place, recalled, said, type Place } from "./suites/step-context.ts";
import { until } from "./kit/until.ts";

/** A process that does nothing, and the file with its number. */
function victim(
  t: TestContext,
  { root }: Place,
  name = "victim",
): { readonly child: ChildProcess; readonly pidFile: string } {
  const child = spawn("sleep", ["600"], { stdio: "ignore" });
  t.after(() => child.kill("SIGKILL"));
  const pidFile = join(root, `${name}.pid`);
  // Many a pid file has no line end.
  writeFileSync(pidFile, `${child.pid}`);
  return { child, pidFile };
}

const stateOf = (pid: number | undefined): string =>
  existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /s, "")[0]! : "gone";

const inject = (here: Place, fault: string, params: object, number = 1, limit: number | string = 600) =>
  done("fault", { fault, with: params, limit }, here.context({}, { number }));
const remove = (here: Place, fault: string, params: object) =>
  done("fault", { fault, with: params, remove: true }, here.context({}, { purpose: "undo" }));

/** Timers of faults that still run for a place. */
const timers = (here: Place): readonly string[] =>
  [...allCommands()].filter((command) => command.includes("watchbook-fault") && command.includes(here.root));

function* allCommands(): Generator<string> {
  for (const pid of pids()) {
    try {
      yield readFileSync(`/proc/${pid}/cmdline`, "utf8");
    } catch {
      // It has ended meanwhile.
    }
  }
}

const pids = (): readonly string[] => readdirSync("/proc").filter((name) => /^\d+$/.test(name));

test("kill: the process is gone at once, and that is proven; one that was down already does not count", async (t) => {
  const here = await place(t);
  const { child, pidFile } = victim(t, here);
  const gone = new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  assert.equal(said(await inject(here, "kill", { pidFile })), "ok");
  assert.equal(await gone, "SIGKILL");
  assert.equal(said(await inject(here, "kill", { pidFile }, 2)), "failed fault-did-not-bite");
  assert.equal(said(await inject(here, "kill", { pidFile: join(here.root, "none") }, 3)), "failed fault-did-not-bite");
  await remove(here, "kill", { pidFile });
  await until(() => timers(here).length === 0);
});

test("a relative pid file lies where the target stands, for a book that does not know where it was copied to", async (t) => {
  const here = await place(t);
  const { child } = victim(t, here, "copied");
  assert.equal(said(await inject(here, "stop", { pidFile: "copied.pid" })), "ok");
  assert.equal(stateOf(child.pid), "T");
  assert.equal(said(await remove(here, "stop", { pidFile: "copied.pid" })), "ok");
  assert.notEqual(stateOf(child.pid), "T");
  await until(() => timers(here).length === 0);
});

test("stop: the process stands still until the undo, and nothing of the fault is left", async (t) => {
  const here = await place(t);
  const { child, pidFile } = victim(t, here);
  assert.equal(said(await inject(here, "stop", { pidFile })), "ok");
  assert.equal(stateOf(child.pid), "T");
  assert.equal(timers(here).length, 1);
  assert.equal(said(await inject(here, "stop", { pidFile }, 2)), "failed fault-did-not-bite");
  assert.equal(said(await remove(here, "stop", { pidFile })), "ok");
  assert.equal(stateOf(child.pid), "S");
  await until(() => timers(here).length === 0);
  assert.equal(
    said(await done("fault", { fault: "stop", with: { pidFile } }, here.context({}, { purpose: "undo", number: 2 }))),
    "ok",
  );
  assert.equal(stateOf(child.pid), "S");
});

test("a pattern hits what it names, never the one who injects", async (t) => {
  const here = await place(t);
  const child = spawn("sleep", [`${700 + (process.pid % 100)}.${process.pid}`], { stdio: "ignore" });
  t.after(() => child.kill("SIGKILL"));
  const { title } = process;
  process.title = `injector-of-${process.pid}`;
  t.after(() => (process.title = title));
  const pattern = `sleep [0-9]+\\.${process.pid} |injector-of-${process.pid}`;
  const end = await inject(here, "stop", { pattern });
  assert.equal(said(end), "ok");
  assert.equal(stateOf(child.pid), "T");
  await remove(here, "stop", { pattern });
  assert.equal(stateOf(child.pid), "S");
});

test("a fault nobody removes is removed by the target itself at its limit", async (t) => {
  const here = await place(t);
  const { child, pidFile } = victim(t, here);
  assert.equal(said(await inject(here, "stop", { pidFile }, 1, 1)), "ok");
  await until(() => stateOf(child.pid) === "S");
  await until(() => timers(here).length === 0);
  // Whoever comes to remove it is told that it was gone before.
  assert.equal(said(await remove(here, "stop", { pidFile })), "ok fault-expired");
});

test("after a crash an injection is seen again with its proof, and one that has not begun never does", async (t) => {
  const here = await place(t);
  const { child, pidFile } = victim(t, here);
  const params = { fault: "stop", with: { pidFile } };
  assert.equal(said(await inject(here, "stop", { pidFile })), "ok");
  assert.deepEqual(await recalled("fault", params, here.context()), { state: "running" });
  assert.equal(said(await inject(here, "stop", { pidFile })), "ok");
  assert.equal(stateOf(child.pid), "T");
  await remove(here, "stop", { pidFile });
  assert.deepEqual(await recalled("fault", params, here.context({}, { number: 9 })), { state: "absent" });
  assert.notEqual((await inject(here, "stop", { pidFile }, 9)).ending, "ok");
  assert.equal(stateOf(child.pid), "S");
});

test("an unknown fault, wrong parameters, and removing what is no undo are refused", async (t) => {
  const here = await place(t);
  assert.equal(said(await inject(here, "earthquake", {})), "failed fault-unknown");
  assert.equal(said(await inject(here, "kill", {})), "failed fault-params");
  assert.equal(said(await inject(here, "kill", { pidFile: "/x", unit: "y" })), "failed fault-params");
  const end = await done("fault", { fault: "kill", with: { pidFile: "/x" }, remove: true }, here.context());
  assert.equal(said(end), "failed restore-is-undo");
});
