// Step kinds in a whole run: the engine does them, undoes them, and takes faults away.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { planOf } from "./kit/plan.ts";
import { bench } from "./kit/runner.ts";

test("a fault lasts for its step and is gone when the run ends, also when that step fails and all is rolled back", async (t) => {
  const { runner, target, data } = await bench(t);
  const victim = spawn("sleep", ["600"], { stdio: "ignore" });
  t.after(() => victim.kill("SIGKILL"));
  const [pidFile, conf] = [join(data, "app.pid"), join(data, "app.conf")];
  writeFileSync(pidFile, `${victim.pid}`);
  writeFileSync(conf, "version 1\n");
  const fault = { fault: "stop", with: { pidFile }, limit: 600 };
  const stopped = { check: "process", with: { pidFile } };
  const plan = planOf({
    steps: [
      { id: "install", kind: "file", params: { path: conf, content: "version 2\n" }, undo: "back", onFail: "undo" },
      { id: "fault_injection", kind: "fault", params: fault, undo: "remove", until: "serves", onFail: "undo" },
      { id: "serves", kind: "check", params: stopped, risk: "read", onFail: "undo" },
    ],
    others: [
      { id: "back", kind: "file", params: { path: conf, restore: true } },
      { id: "remove", kind: "fault", params: { ...fault, remove: true } },
    ],
    targets: [target("a")],
  });
  const { id } = await runner.create(plan, { by: "lin", reason: "drill" });
  const { record, view } = await runner.settled(id);
  assert.equal(record.state, "undone", JSON.stringify(view.tasks));
  const serves = view.tasks.find(({ step }) => step === "serves");
  assert.deepEqual([serves?.end?.reason, serves?.end?.args?.["why"]], ["check-not-green", "process-stopped"]);
  assert.equal(readFileSync(conf, "utf8"), "version 1\n");
  assert.match(readFileSync(`/proc/${victim.pid}/stat`, "utf8"), /\) S /);
  assert.ok(existsSync(join(data, "receipts/a", id, "fault_injection@a.do.1", "removed")));
});
