// --inject-fault from the command line to the evidence: real processes are hit, seen to be hit, and free again afterwards,
// whether the step ended well, failed, or the runner was killed.
import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answers, injected, SEE, seen, setting } from "../kit/fault-run.ts";
import { until } from "../kit/until.ts";
import { wb } from "../kit/wb.ts";
import { needs } from "./needs.ts";

test("a stopped process: the step meets the fault, the evidence has it, and afterwards the process goes on", async (t) => {
  if (!needs(t, "curl")) return;
  const one = await setting(t, SEE, (dir) => `{ kind: stop, pidFile: ${dir}/victim.pid, limit: 120s }`);
  const planned = await wb(
    t,
    "run",
    "SOP-01",
    "--env",
    "test",
    "--inject-fault",
    "switch",
    "--json",
    "--book",
    one.book,
  );
  assert.equal(planned.code, 0, planned.err);
  assert.match(planned.out, /"id": ?"fault_injection"/);
  assert.ok(["S", "R"].includes(one.state()!), "a plan touches nothing");
  const done = await one.run();
  assert.equal(done.code, 0, `${done.err}\n${done.out}`);
  assert.equal(seen(one), "hit");
  assert.equal(await answers(one), "well");
  assert.equal(injected(one), "ok");
  const shown = await wb(t, "runs", "show", "last", "--json", "--book", one.book);
  assert.match(shown.out, /"fault_injection"/);
  const verify = await wb(t, "evidence", "verify", one.env, "--require-fault-step", "--compat");
  assert.equal(verify.code, 0, `${verify.err}\n${verify.out}`);
});

test("a killed process is gone while the step is done", async (t) => {
  const look = 'if kill -0 "$(cat victim.pid)" 2>/dev/null; then echo well >seen; else echo hit >seen; fi';
  const one = await setting(t, look, (dir) => `{ kind: kill, pidFile: ${dir}/victim.pid }`);
  const done = await one.run();
  assert.equal(done.code, 0, `${done.err}\n${done.out}`);
  assert.deepEqual([seen(one), one.state(), injected(one)], ["hit", undefined, "ok"]);
});

test("a refused port refuses while the step is done, and is reached again afterwards", async (t) => {
  if (!needs(t, "root", "iptables", "curl")) return;
  const one = await setting(t, SEE, (_, port) => `{ kind: refuse, port: ${port}, limit: 60s }`);
  const done = await one.run();
  assert.equal(done.code, 0, `${done.err}\n${done.out}`);
  assert.deepEqual([seen(one), injected(one), await answers(one)], ["hit", "ok", "well"]);
});

test("a fault that does not bite fails the run before the step", async (t) => {
  const one = await setting(t, "touch seen", (dir) => `{ kind: stop, pidFile: ${dir}/nobody.pid }`);
  const done = await one.run();
  assert.equal(done.code, 3, `${done.err}\n${done.out}`);
  assert.equal(existsSync(join(one.dir, "seen")), false);
  assert.notEqual(injected(one), "ok");
  const verify = await wb(t, "evidence", "verify", one.env, "--require-fault-step");
  assert.notEqual(verify.code, 0);
});

test("the fault is removed although the step failed", async (t) => {
  if (!needs(t, "curl")) return;
  const one = await setting(t, `${SEE}\nexit 9`, (dir) => `{ kind: stop, pidFile: ${dir}/victim.pid, limit: 120s }`);
  const done = await one.run();
  assert.equal(done.code, 3, `${done.err}\n${done.out}`);
  assert.equal(seen(one), "hit");
  assert.equal(await answers(one), "well");
});

test("watchbook is killed while the fault is there: the target removes it, and the run taken up again does not inject it twice", async (t) => {
  const wait = 'cut -d " " -f 3 "/proc/$(cat victim.pid)/stat" >seen\nuntil test -e gate; do sleep 0.2; done';
  const one = await setting(t, wait, (dir) => `{ kind: stop, pidFile: ${dir}/victim.pid, limit: 15s }`);
  const { child, ended } = one.begin();
  await until(() => existsSync(join(one.dir, "seen")) && seen(one) !== "");
  child.kill("SIGKILL");
  await ended;
  assert.equal(seen(one), "T");
  await until(() => one.state() === "S", "the fault stayed");
  assert.equal(await answers(one), "well");
  const left = () => readdirSync(join(one.dir, "receipts"), { recursive: true, encoding: "utf8" });
  await until(() => left().some((name) => name.endsWith("/removed")), "the target says that it removed it");
  writeFileSync(join(one.dir, "gate"), "");
  const again = await wb(t, "runs", "resume", "last", "--by", "lin", "--no-ask", "--json", "--book", one.book);
  // The timer was first: the step was not seen under the fault to its end, so that nothing is proven.
  assert.equal(again.code, 3, `${again.err}\n${again.out}`);
  assert.match(again.out, /"verdict": "inconclusive"/);
  assert.match(again.out, /"id": "fault_injection",\s+"target": "here",\s+"state": "undone",\s+"attempts": 1/);
  assert.equal(await answers(one), "well");
});
