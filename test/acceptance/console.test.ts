// A host that only a person reaches: every step is put to somebody, and the record says that no program saw it.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { rescue, textIn } from "../kit/rescue.ts";
import { CTRL_D, terminal } from "../kit/terminal.ts";
import { needs } from "../live/needs.ts";

test("a plan on a console shows the bytes to type, and says who does it; nothing is executed, nor by another way in [M-058]", async (t) => {
  const { wb, json, at } = rescue(t);
  const { code, out } = await wb("run", "SOP-09", "--env", "site");
  assert.equal(code, 0, out);
  assert.match(out, /db-1 · console · console: iLO https:\/\/192\.0\.2\.9 · login: root, envelope 3 ·/);
  assert.match(out, /on db-1 · by hand at the console \(shell\) · read · gives UUID/);
  assert.match(out, /\$ blkid -s UUID -o value \/dev\/vdb1\n/);
  assert.match(out, /\$ UUID=1 \/ ext4 defaults 0 1\n/);
  assert.match(out, /\| [0-9a-f]{64} {2}\S+fstab\.watchbook-new\n/);
  assert.match(out, /verify: .* by hand at the console \(shell\)[^]*\| \/dev\/vdb1\n/);
  const { json: plan } = await json("run", "SOP-09", "--env", "site");
  assert.deepEqual(
    plan.steps.map(({ kind, byHand }: any) => [kind, byHand.kind]),
    [
      ["manual", "shell"],
      ["manual", "file"],
      ["manual", "shell"],
    ],
  );
  assert.equal(existsSync(at("web-1/fstab")), false);
  const by = await wb("run", "SOP-10", "--env", "both", "--targets", "web-1", "--execute");
  assert.equal(by.code, 2);
  assert.match(by.err, /web-1.*db-2/);
});

test("a run on a console is driven at the terminal, from the first question to evidence that names the person", async (t) => {
  if (!needs(t, "script")) return;
  const { book, wb, json, at } = rescue(t);
  const screen = terminal(t, book, "run", "SOP-09", "--env", "site", "--execute", "--by", "ana");
  await screen.sees(/At the console: iLO https:\/\/192\.0\.2\.9\n +Login: root, envelope 3\n[^]*Done\? .* $/);
  screen.enter("y");
  await screen.sees(/Value of UUID: $/);
  screen.enter();
  await screen.sees(/It is needed .*\n +Value of UUID: $/);
  screen.enter("6f1c-22aa");
  await screen.sees(/What did the console show\?.*\n *$/);
  screen.keys("6f1c-22aa\rsecond line\r.\r");
  await screen.sees(/What did you see\?.* $/);
  screen.enter("found it");
  await screen.sees(/\$ chmod 0644 [^]*This must be seen[^]*\| [0-9a-f]{64} [^]*Done\? .* $/);
  screen.enter("y");
  await screen.sees(/console show\?.*\n *$/);
  screen.enter();
  await screen.sees(/What did you see\?.* $/);
  screen.enter();
  // Another look, never assumed: the verify is a question of its own.
  await screen.sees(/\$ findmnt -no SOURCE \/data\n[^]*\| \/dev\/vdb1\n[^]*Look: did .* take effect\? .* $/);
  screen.enter("y");
  await screen.sees(/console show\?.*\n *$/);
  screen.keys("/dev/vdb1\r.\r");
  await screen.sees(/What did you see\?.* $/);
  screen.enter();
  // Values of before and of parameters are given as they are typed, and nothing in them is obeyed.
  await screen.sees(/\$ export label='data; reboot'\n +\$ export UUID=6f1c-22aa\n[^]*Done\? .* $/);
  screen.keys(CTRL_D);
  assert.equal(await screen.code, 5, screen.screen());
  const shown = await wb("runs", "show", "last");
  assert.match(shown.out, /a person to do look on db-1\n +At the console: iLO/);
  assert.match(shown.out, /\$ export UUID=6f1c-22aa\n/);
  const { code, json: ended } = await json("runs", "tick", "last", "--by", "ben", "--note", "service is up");
  assert.equal(code, 0);
  assert.equal(ended.verdict, "pass");
  assert.equal((await wb("runs", "log", "last", "--step", "find")).out, "6f1c-22aa\nsecond line\n");
  assert.equal(existsSync(at("web-1/fstab")), false);

  const verified = await wb("evidence", "verify", ended.evidence);
  assert.equal(verified.code, 0, verified.err + verified.out);
  const result = JSON.parse(textIn(ended.evidence, "result.json"));
  assert.deepEqual(
    result.tasks.map(({ step, by, persons }: any) => [step, by, persons]),
    [
      ["find", "person", ["ana"]],
      ["fstab", "person", ["ana"]],
      ["look", "person", ["ben"]],
    ],
  );
  assert.match(textIn(ended.evidence, "result.env"), /^STEP_1_BY=person$/m);
  assert.match(textIn(ended.evidence, "result.md"), /by hand: \*\*ana\*\*; no program saw it/);
  assert.match(textIn(ended.evidence, "result.md"), /\*\*ana\*\* saw that `fstab` on `db-1` took effect|saw that/);
});

test("values that later steps need are asked for by name; what a person says of secrets is masked", async (t) => {
  const { json, wb, data, book, at } = rescue(t);
  writeFileSync(at("pin"), "hunter2hunter2\n");
  const yaml = join(book, "watchbook.yaml");
  const text = readFileSync(yaml, "utf8").replace(
    'params: { label: { type: text, default: "data; reboot" } }',
    "params: { label: { type: text, default: x }, pin: { type: secret } }",
  );
  writeFileSync(yaml, text);
  const begun = await json("run", "SOP-09", "--env", "site", "--param", `pin=file:${at("pin")}`, "--execute");
  assert.equal(begun.code, 5, begun.err);
  assert.match(begun.json.waits[0].commands[0], /runs tick r\S+ --step find --target db-1 --output UUID=VALUE/);
  const none = await wb("runs", "tick", "last");
  assert.equal(none.code, 2);
  assert.match(none.err, /gives UUID: later steps need what you saw/);
  const other = await wb("runs", "tick", "last", "--output", "DISK=1", "--output", "UUID=1");
  assert.equal(other.code, 2);
  assert.match(other.err, /called DISK/);
  writeFileSync(at("seen"), "typed hunter2hunter2 at the prompt\n");
  const more = ["--note", "it took hunter2hunter2", "--seen", at("seen"), "--output", "UUID=hunter2hunter2"];
  const ticked = await json("runs", "tick", "last", ...more);
  assert.equal(ticked.code, 5, ticked.err);
  assert.equal((await wb("runs", "log", "last", "--step", "find")).out, "typed ••• at the prompt\n");
  const shown = await json("runs", "show", "last");
  assert.deepEqual(shown.json.outputs, { "db-1": { UUID: "•••" } });
  assert.equal((await wb("runs", "cancel", "last")).code, 3);
  const { evidence } = (await json("runs", "show", "last")).json;
  assert.equal(textIn(evidence, "events.jsonl").includes("hunter2"), false);
  for (const file of readdirSync(data).filter((name) => name.startsWith("state.db")))
    assert.equal(readFileSync(join(data, file), "latin1").includes("hunter2"), false, file);
});

test("a look that does not find it is a failure, and the undo is a person's too", async (t) => {
  const { json } = rescue(t);
  await json("run", "SOP-09", "--env", "site", "--execute", "--by", "ana");
  await json("runs", "tick", "last", "--output", "UUID=1", "--by", "ana");
  const done = await json("runs", "tick", "last", "--by", "ana");
  assert.match(done.json.waits[0].say, /look whether fstab on db-1 took effect/);
  const not = await json("runs", "tick", "last", "--failed", "--by", "ana", "--note", "not mounted");
  assert.match(not.json.waits[0].say, /undo fstab on db-1/);
  assert.match(not.json.waits[0].shown.join("\n"), /fstab\.watchbook-before/);
  const { code, json: ended } = await json("runs", "tick", "last", "--by", "ben");
  assert.equal(code, 3);
  assert.equal(ended.state, "undone");
  const page = textIn(ended.evidence, "result.md");
  assert.match(page, /\*\*ana\*\* saw that .* did not take effect: not mounted/);
  assert.match(page, /\*\*ben\*\* undid /);
});

test("where programs reach one target and a person another, a step becomes two: each done where it can be", async (t) => {
  const { json, at, wb } = rescue(t);
  const { json: plan } = await json("run", "SOP-09", "--env", "both", "--step", "fstab");
  assert.deepEqual(
    plan.steps.map(({ id, kind, targets }: any) => [id, kind, targets]),
    [
      ["fstab", "file", ["web-1"]],
      ["fstab.by-hand", "manual", ["db-2"]],
    ],
  );
  assert.equal(plan.steps[0].verify.includes("findmnt"), true);
  const begun = await json("run", "SOP-11", "--env", "both", "--execute", "--by", "ana");
  assert.equal(begun.code, 5, begun.err);
  assert.equal(readFileSync(at("web-1/log"), "utf8"), "hello web-1\n");
  const { code, json: ended } = await json("runs", "tick", "last", "--by", "ben");
  assert.equal(code, 0);
  assert.equal(readFileSync(at("web-1/log"), "utf8"), "hello web-1\n");
  assert.equal((await wb("evidence", "verify", ended.evidence)).code, 0);
  const { tasks } = JSON.parse(textIn(ended.evidence, "result.json"));
  assert.deepEqual(
    tasks.map(({ step, target, state, by }: any) => [step, target, state, by]),
    [
      ["hello", "web-1", "done", undefined],
      ["hello.by-hand", "db-2", "done", "person"],
    ],
  );
});

test("a check at a console is a question of the inspection, never green by itself", async (t) => {
  const { wb, json } = rescue(t);
  const { code, out } = await wb("inspect");
  assert.equal(code, 5, out);
  assert.match(out, /open +sshd answers again/);
  const answered = await json("inspect", "--answer", "sshd answers again=pass", "--by", "ana");
  assert.equal(answered.code, 0, answered.err);
  assert.equal(answered.json.verdict, "pass");
  assert.deepEqual(answered.json.items.map(({ check }: any) => check).filter(Boolean), []);
});
