// run and runs as an operator uses them, without a daemon: real processes, real targets on this machine.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { contents, lamps } from "../kit/lamp.ts";
import { processesWith } from "../kit/processes.ts";
import { until } from "../kit/wb.ts";

test("a dry run shows every step's bytes and changes nothing at all [C-036]", async (t) => {
  const { book, at, wb, json } = lamps(t);
  const before = contents(join(book, ".."));
  const { code, out } = await wb("run", "SOP-01", "--env", "test", "--param", "colour=blue");
  assert.equal(code, 0);
  assert.match(out, /on lamp-1 · shell · write/);
  assert.match(out, /^ +\$ printf '%s\\n' "\$\{WB_COLOUR\}" > colour$/m);
  assert.match(out, /^1 read \/ 1 write \/ 0 destructive \/ 0 unknown on 1 target$/m);
  const view = await json("run", "SOP-01", "--env", "test", "--param", "colour=blue");
  assert.equal(view.json.steps[1].undo.includes("cp before colour"), true);
  assert.deepEqual(contents(join(book, "..")), before);
  assert.equal(readFileSync(at(1, "colour"), "utf8"), "red\n");
});

test("--execute does the plan, ends with its record, its evidence verifies; the same again gives the same [K-055]", async (t) => {
  const { at, json, wb, log } = lamps(t);
  const { code, json: done } = await json(
    ...["run", "SOP-01", "--env", "test", "--param", "colour=blue", "--execute", "--by", "ana", "--reason", "CHG-7"],
  );
  assert.equal(code, 0);
  assert.equal(done.state, "done");
  assert.equal(done.verdict, "pass");
  assert.deepEqual(
    done.steps.map(({ id, target, state, attempts }: Record<string, unknown>) => [id, target, state, attempts]),
    [
      ["look", "lamp-1", "done", 1],
      ["change", "lamp-1", "done", 1],
    ],
  );
  assert.equal(readFileSync(at(1, "colour"), "utf8"), "blue\n");
  assert.deepEqual(log(), ["change"]);
  const verified = await wb("evidence", "verify", done.evidence);
  assert.equal(verified.code, 0, verified.err);
  const shown = await json("runs", "show", "last");
  assert.equal(shown.json.run, done.run);
  assert.equal(shown.json.record.reason, "CHG-7");
  assert.equal((await wb("runs", "log", "last", "--step", "look")).out, "red\n");

  writeFileSync(at(1, "colour"), "red\n");
  const { json: again } = await json("run", "SOP-01", "--env", "test", "--param", "colour=blue", "--execute");
  const told = ({ planDigest, state, verdict, steps }: any): unknown => {
    const lines = steps.map((one: any) => [one.id, one.target, one.state, one.attempts]);
    return { planDigest, state, verdict, lines };
  };
  assert.deepEqual(told(again), told(done));
});

test("a step that fails is undone, last first, and the exit code says so", async (t) => {
  const { at, json, log } = lamps(t);
  const { code, json: ended } = await json("run", "SOP-01", "--env", "test", "--param", "colour=broken", "--execute");
  assert.equal(code, 3);
  assert.equal(ended.state, "undone");
  assert.equal(ended.verdict, "fail");
  assert.deepEqual(log(), ["change", "back"]);
  assert.equal(readFileSync(at(1, "colour"), "utf8"), "red\n");
});

test("a hostile value is data, and a secret is nowhere in the data directory", async (t) => {
  const secret = "hunter2-Zq9!";
  const { book, at, data, wb } = lamps(
    t,
    "  SOP-02: { params: { token: { type: secret } }, steps: { begin: { with: { script: 'echo the token is $token; echo begin >> log' } } } }\n",
    { LAMP_TOKEN: secret },
  );
  const hostile = `"; rm -rf ${book} #'$(touch ${at(1, "owned")})\`touch ${at(1, "owned")}\``;
  const first = await wb("run", "SOP-01", "--env", "test", "--param", `colour=${hostile}`, "--execute");
  assert.equal(first.code, 0, first.err);
  assert.equal(readFileSync(at(1, "colour"), "utf8"), `${hostile}\n`);
  assert.equal(existsSync(at(1, "owned")), false);
  const second = await wb("run", "SOP-02", "--env", "test", "--param", "token=env:LAMP_TOKEN", "--execute");
  assert.equal(second.code, 0, second.err);
  assert.match(second.err, /the token is •••/);
  const text = (await wb("runs", "log", "last", "--step", "begin")).out;
  assert.equal(text, "the token is •••\n");
  for (const [file, content] of Object.entries(contents(data))) assert.ok(!content.includes(secret), file);
  const given = await wb("run", "SOP-02", "--env", "test", "--param", `token=${secret}`, "--execute");
  assert.equal(given.code, 2);
  assert.ok(!given.err.includes(secret), "a secret that was typed is not repeated");
});

test("a run that waits for a person ends with 5 and the commands that answer; then it goes on", async (t) => {
  const { json, wb, log, at } = lamps(t);
  const waits = await json("run", "SOP-03", "--env", "test", "--execute");
  assert.equal(waits.code, 5);
  assert.equal(waits.json.state, "waiting");
  assert.equal(waits.json.waits[0].kind, "tick");
  const [command] = waits.json.waits[0].commands;
  assert.match(command, /^watchbook runs tick r\S+ --step \S+ --target lamp-1$/);
  const photo = at(1, "photo.jpg");
  writeFileSync(photo, "a photo");
  writeFileSync(at(1, "dark"), "");
  const failed = await json(...command.split(" ").slice(1), "--note", "bulb in", "--file", photo);
  assert.equal(failed.code, 5, failed.err);
  assert.equal(failed.json.waits[0].kind, "answer");
  assert.equal((await wb("runs", "tick", "last")).code, 2, "it waits for no tick any more");
  const skipped = await json("runs", "answer", "last", "--choice", "skip");
  assert.equal(skipped.code, 3, "a skipped step proves nothing");
  assert.equal(skipped.json.state, "done");
  assert.equal(skipped.json.verdict, "inconclusive");
  assert.deepEqual(log(), ["off", "on"]);
});

test("kill -9 in the middle: nothing is repeated, the run goes on with what its receipt tells", async (t) => {
  const { start, json, log, at } = lamps(t);
  const { child, ended } = start("run", "SOP-02", "--env", "test", "--execute");
  await until("the step begins", 90, () => log().includes("begin"));
  child.kill("SIGKILL");
  await ended;
  const stands = await json("runs", "show", "last");
  assert.equal(stands.json.state, "running");
  writeFileSync(at(1, "go"), "");
  const { code, json: done } = await json("runs", "resume", "last");
  assert.equal(code, 0);
  assert.equal(done.state, "done");
  assert.deepEqual(log(), ["begin", "end"]);
});

test("cancel after kill -9 leaves no process on the target", async (t) => {
  const { start, json, log, receipts } = lamps(t);
  const { child, ended } = start("run", "SOP-02", "--env", "test", "--execute");
  await until("the step begins", 90, () => log().includes("begin"));
  child.kill("SIGKILL");
  await ended;
  assert.notDeepEqual(processesWith(receipts), [], "what runs under a receipt runs on");
  const { code, json: cancelled } = await json("runs", "cancel", "last", "--reason", "wrong lamp");
  assert.equal(code, 3);
  assert.equal(cancelled.state, "cancelled");
  assert.deepEqual(processesWith(receipts), []);
  assert.deepEqual(log(), ["begin"]);
});

test("Ctrl-C pauses after the running step and says how to resume; another person resumes", async (t) => {
  const { start, json, log, at } = lamps(t);
  const { child, ended, said } = start("run", "SOP-02", "--env", "test", "--execute", "--by", "ana");
  await until("the step begins", 90, () => log().includes("begin"));
  child.kill("SIGINT");
  await until("it says that it pauses", 90, () => said.err.includes("pauses"));
  await until("it is on record", 90, async () => (await json("runs", "show", "last")).json.paused !== undefined);
  writeFileSync(at(1, "go"), "");
  const { code, out } = await ended;
  assert.equal(code, 130);
  assert.match(out, /ana paused it/);
  assert.match(out, /watchbook runs resume r\S+\n/);
  assert.deepEqual(log(), ["begin"]);
  const done = await json("runs", "resume", "last", "--by", "ben");
  assert.equal(done.code, 0, done.err);
  assert.deepEqual(log(), ["begin", "end"]);
  const { json: shown } = await json("runs", "show", "last");
  assert.deepEqual(
    shown.attempts.map(({ step, purpose }: { step: string; purpose: string }) => `${step} ${purpose}`),
    ["begin do", "end do"],
  );
});

test("a second operator on the same target is told who works there and why", async (t) => {
  const { start, wb, log, at, receipts } = lamps(t);
  const first = start("run", "SOP-02", "--env", "test", "--execute", "--by", "ana", "--reason", "lamp week");
  await until("the step begins", 90, () => log().includes("begin"));
  first.child.kill("SIGKILL");
  await first.ended;
  const { code, err } = await wb(
    "run",
    "SOP-01",
    "--env",
    "test",
    "--param",
    "colour=blue",
    "--execute",
    "--by",
    "ben",
  );
  assert.equal(code, 2);
  assert.match(err, /lamp-1\/lamps is locked by ana with run r\S+ since .*: lamp week/);
  writeFileSync(at(1, "go"), "");
  await until("the first operator's step has ended", 90, () => processesWith(receipts).length === 0);
});

test("--output-file has the facts of the evidence byte for byte; a dry run writes there too, marked", async (t) => {
  const { book, json, wb } = lamps(t);
  const file = join(book, "..", "change.env");
  const run = ["run", "SOP-01", "--env", "test", "--param", "colour=blue", "--output-file", file];
  assert.equal((await wb(...run)).code, 0);
  assert.match(readFileSync(file, "utf8"), /^DRY_RUN=true$/m);
  const { json: done } = await json(...run, "--execute");
  assert.equal(readFileSync(file, "utf8"), readFileSync(join(done.evidence, "result.env"), "utf8"));
  assert.match(readFileSync(file, "utf8"), /^DRY_RUN=false$/m);
});
