// A run without a daemon: other terminals come through the socket of the process that drives it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { ownerOf } from "../../src/store/ownership.ts";
import { lamps, type Lamps, type Program } from "../kit/lamp.ts";
import { processesWith } from "../kit/processes.ts";
import { until } from "../kit/wb.ts";
import { needs } from "../live/needs.ts";

const socketOf = ({ data }: Lamps): string => join(data, "run", "socket");

const AUTO = "services: { lamps: { automation: auto } }\n";

/** Waits; what comes in vain is told with what the process has said by then. */
async function waited({ said }: Program, what: string, holds: () => boolean): Promise<void> {
  await until(what, 90, holds).catch((error: unknown) => {
    throw new Error(`${what}: ${said.err}${said.out}`, { cause: error });
  });
}

/** SOP-02 goes on in a process of its own, whose socket is there. */
async function going(made: Lamps, ...more: readonly string[]): Promise<Program> {
  const owner = made.start("run", "SOP-02", "--env", "test", "--execute", "--by", "ana", "--json", ...more);
  await waited(owner, "the step begins", () => made.log().includes("begin"));
  await waited(owner, "it listens", () => typeof ownerOf(made.data)?.socket === "string");
  return owner;
}

test("without a daemon: another terminal sees it, follows it live, pauses it and lets it go on", async (t) => {
  const made = lamps(t);
  const { json, wb, start, at, log } = made;
  const owner = await going(made);
  assert.equal(statSync(socketOf(made)).mode & 0o777, 0o600);
  assert.equal(statSync(dirname(socketOf(made))).mode & 0o777, 0o700);
  const shown = await json("runs", "show", "last");
  assert.deepEqual([shown.code, shown.json.state], [0, "running"], shown.err);
  const listed = await json("runs", "list", "--open");
  assert.equal(listed.json.runs[0].id, shown.json.run);
  const follower = start("runs", "follow", "last", "--json");
  await waited(follower, "it follows", () => /running +begin on lamp-1/.test(follower.said.err));
  assert.equal((await wb("runs", "pause", "last", "--by", "ben", "--reason", "wait for me")).code, 0);
  writeFileSync(at(1, "go"), "");
  const [paused, seen] = [await owner.ended, await follower.ended];
  assert.equal(paused.code, 5, paused.err);
  assert.match(paused.out, /ben paused it: wait for me/);
  assert.match(seen.err, /begin on lamp-1 \| begun\n/);
  assert.equal(seen.code, 5, seen.err);
  assert.ok(!existsSync(socketOf(made)), "the socket is gone with its process");
  assert.equal(ownerOf(made.data), undefined);
  assert.equal((await wb("runs", "resume", "last")).code, 0);
  assert.deepEqual(log(), ["begin", "end"]);
});

test("a second process cancels it: the owner ends, nothing is left on the target, the follower sees the end", async (t) => {
  const made = lamps(t);
  const owner = await going(made);
  const follower = made.start("runs", "follow", "last", "--json");
  await waited(follower, "it follows", () => follower.said.err.includes("running"));
  const cancelled = await made.wb("runs", "cancel", "last", "--by", "ben", "--reason", "enough");
  assert.equal(cancelled.code, 0, cancelled.err);
  const [ended, seen] = [await owner.ended, await follower.ended];
  for (const { code, out, err } of [ended, seen]) {
    assert.equal(code, 3, err);
    assert.equal(JSON.parse(out).state, "cancelled");
  }
  assert.equal(JSON.parse(seen.out).evidence, JSON.parse(ended.out).evidence);
  assert.deepEqual(processesWith(made.receipts), []);
  assert.deepEqual(made.log(), ["begin"]);
});

test("it waits for an approval with --wait; another process approves, and the first one does it", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const made = lamps(t);
  const run = ["run", "SOP-01", "--env", "prod", "--param", "colour=blue", "--execute", "--by", "ana", "--json"];
  const owner = made.start(...run, "--wait");
  await waited(owner, "it says what it waits for", () => /runs approve r\S+ --as/.test(owner.said.err));
  const own = await made.wb("runs", "approve", "last", "--as", "ana", "--key", made.keys.ana.file);
  assert.match(own.err, /ana asked for this run and may not approve it/);
  assert.equal(own.code, 2);
  const approved = await made.wb("runs", "approve", "last", "--as", "ben", "--key", made.keys.ben.file);
  assert.equal(approved.code, 0, approved.err);
  const { code, out, err } = await owner.ended;
  assert.equal(code, 0, err);
  const { state, evidence } = JSON.parse(out);
  assert.equal(state, "done");
  assert.deepEqual(made.log(2), ["change"]);
  assert.match(readFileSync(join(evidence, "result.env"), "utf8"), /^APPROVED_BY=ben$/m);
});

test("a tick, an answer to a failure and a decision come from another process too", async (t) => {
  const made = lamps(t);
  writeFileSync(made.at(1, "dark"), "");
  const owner = made.start("run", "SOP-03", "--env", "test", "--execute", "--by", "ana", "--json", "--wait");
  await waited(owner, "it waits for a tick", () => owner.said.err.includes("runs tick"));
  const ticked = await made.wb("runs", "tick", "last", "--by", "ben", "--note", "bulb in");
  assert.equal(ticked.code, 0, ticked.err);
  await waited(owner, "it waits for an answer", () => owner.said.err.includes("--choice retry"));
  const again = await made.wb("runs", "tick", "last", "--by", "ben");
  assert.equal(again.code, 2, "what is not asked is not taken");
  assert.equal((await made.wb("runs", "answer", "last", "--choice", "skip", "--by", "ben")).code, 0);
  const { code, out, err } = await owner.ended;
  assert.equal(code, 3, err);
  assert.equal(JSON.parse(out).state, "done");
  assert.deepEqual(made.log(), ["off", "on"]);
});

test("a manual that changed meanwhile is seen through the owner too: nothing is let go on, cancelling is", async (t) => {
  const made = lamps(t);
  const owner = made.start("run", "SOP-03", "--env", "test", "--execute", "--by", "ana", "--json", "--wait");
  await waited(owner, "it waits for a tick", () => owner.said.err.includes("runs tick"));
  const manual = join(made.book, "lamps.md");
  const was = readFileSync(manual, "utf8");
  writeFileSync(manual, was.replace("echo on >> log", "echo other >> log"));
  const ticked = await made.wb("runs", "tick", "last", "--by", "ben");
  assert.equal(ticked.code, 2);
  assert.match(ticked.err, /gives another plan for SOP-03/);
  assert.equal((await made.wb("runs", "cancel", "last", "--by", "ben", "--reason", "changed")).code, 0);
  assert.equal((await owner.ended).code, 3);
  assert.deepEqual(made.log(), ["off"]);
});

test("another run is handed to the process that drives one: it stays until both have ended; --detach is refused", async (t) => {
  const made = lamps(t, "", {}, AUTO);
  const owner = await going(made);
  const lone = await made.wb("run", "SOP-02", "--env", "prod", "--execute", "--detach");
  assert.equal(lone.code, 2);
  assert.match(lone.err, /no daemon owns/);
  const second = made.start("run", "SOP-02", "--env", "prod", "--execute", "--by", "ben", "--json");
  await waited(second, "it begins", () => made.log(2).includes("begin"));
  assert.match(second.said.err, new RegExp(`Process ${owner.child.pid} \\(run SOP-02\\) drives it`));
  const locked = await made.wb("run", "SOP-03", "--env", "test", "--execute", "--by", "eve");
  assert.equal(locked.code, 2);
  assert.match(locked.err, /lamp-1\/lamps is locked by ana/);
  writeFileSync(made.at(1, "go"), "");
  await waited(owner, "it says why it stays", () => /Other terminals have begun runs/.test(owner.said.err));
  assert.equal((await made.json("runs", "list", "--open")).json.runs.length, 1);
  writeFileSync(made.at(2, "go"), "");
  for (const { code, out, err } of [await second.ended, await owner.ended]) {
    assert.equal(code, 0, err);
    assert.equal(JSON.parse(out).state, "done");
  }
  assert.deepEqual(
    [made.log(1), made.log(2)],
    [
      ["begin", "end"],
      ["begin", "end"],
    ],
  );
});

test("two runs begun at the same moment without a daemon: one process has the data, the other hands its run over", async (t) => {
  const made = lamps(t, "", {}, AUTO);
  for (const lamp of [1, 2] as const) writeFileSync(made.at(lamp, "go"), "");
  const begin = (env: string) => made.start("run", "SOP-02", "--env", env, "--execute", "--json").ended;
  for (const { code, out, err } of await Promise.all([begin("test"), begin("prod")])) {
    assert.equal(code, 0, err);
    assert.equal(JSON.parse(out).state, "done");
  }
  for (const lamp of [1, 2] as const) assert.deepEqual(made.log(lamp), ["begin", "end"]);
  assert.equal((await made.json("runs", "list")).json.runs.length, 2);
});

test("an owner that is interrupted pauses the runs of others too, and their terminals say how to go on", async (t) => {
  const made = lamps(t, "", {}, AUTO);
  const owner = await going(made);
  const second = made.start("run", "SOP-02", "--env", "prod", "--execute", "--by", "ben", "--json");
  await waited(second, "it begins", () => made.log(2).includes("begin"));
  writeFileSync(made.at(1, "go"), "");
  await waited(owner, "it stays", () => /Other terminals/.test(owner.said.err));
  owner.child.kill("SIGTERM");
  writeFileSync(made.at(2, "go"), "");
  const paused = await second.ended;
  assert.equal(paused.code, 5, paused.err);
  assert.match(paused.out, /paused it: SIGTERM/);
  assert.match(paused.out, /watchbook runs resume r/);
  await owner.ended;
  assert.equal(ownerOf(made.data), undefined);
  assert.equal((await made.wb("runs", "resume", "last")).code, 0);
  assert.deepEqual(made.log(2), ["begin", "end"]);
});

test("kill -9 of the owner: the socket that it leaves fools nobody, its follower is told, and the run is taken up", async (t) => {
  const made = lamps(t);
  const owner = await going(made);
  const follower = made.start("runs", "follow", "last", "--lang", "en");
  await waited(follower, "it follows", () => follower.said.err.includes("running"));
  const nobody = /nobody drives it[^]*watchbook runs resume r/;
  assert.doesNotMatch((await made.wb("status", "--lang", "en")).out, nobody);
  owner.child.kill("SIGKILL");
  await once(owner.child, "close");
  const told = await follower.ended;
  const status = await made.wb("status", "--lang", "en");
  assert.deepEqual([status.code, nobody.test(status.out)], [3, true], status.out + status.err);
  assert.equal(told.code, 5, told.err);
  assert.match(told.err, new RegExp(`Process ${owner.child.pid} \\(run SOP-02\\), which drove run r\\S+, has left`));
  assert.match(told.err, /watchbook runs resume r/);
  assert.ok(existsSync(socketOf(made)), "a killed process removes nothing");
  const shown = await made.json("runs", "show", "last");
  assert.deepEqual([shown.code, shown.json.state], [0, "running"], shown.err);
  writeFileSync(made.at(1, "go"), "");
  const resumed = made.start("runs", "resume", "last", "--json");
  assert.equal((await resumed.ended).code, 0, resumed.said.err);
  assert.deepEqual(made.log(), ["begin", "end"]);
  assert.ok(!existsSync(socketOf(made)), "who came next cleared it away");
});

test("who cannot be served is told by whom the data is held: serve, inspect; status is read beside it", async (t) => {
  const made = lamps(t);
  const owner = await going(made);
  const held = new RegExp(`process ${owner.child.pid} \\(run SOP-02\\), since \\d{4}-`);
  for (const verb of [["serve", "--listen", "127.0.0.1:0"], ["inspect"], ["serve", "--token-for", "ana"]]) {
    const { code, err } = await made.wb(...verb);
    assert.equal(code, 2, err);
    assert.match(err, held, verb.join(" "));
  }
  const zh = await made.wb("serve", "--listen", "127.0.0.1:0", "--lang", "zh");
  assert.match(zh.err, new RegExp(`进程 ${owner.child.pid}（run SOP-02）`));
  const status = await made.wb("status");
  assert.ok([0, 2, 3, 5].includes(status.code!), status.err);
  assert.match(status.out, /No daemon runs/);
  writeFileSync(made.at(1, "go"), "");
  assert.equal((await owner.ended).code, 0);
});

test("an owner that is interrupted takes nothing more that would go on: it leaves when its step has ended", async (t) => {
  const made = lamps(t, "", {}, AUTO);
  const owner = await going(made);
  owner.child.kill("SIGTERM");
  await waited(owner, "it says so", () => owner.said.err.includes("Interrupted"));
  for (const words of [
    ["run", "SOP-02", "--env", "prod", "--execute", "--by", "ben"],
    ["runs", "resume", "last", "--by", "ben"],
  ]) {
    const { code, err } = await made.wb(...words);
    assert.equal(code, 2, err);
    assert.match(err, new RegExp(`process ${owner.child.pid} \\(run SOP-02\\)`));
  }
  assert.equal((await made.json("runs", "show", "last")).json.state, "paused");
  writeFileSync(made.at(1, "go"), "");
  const { code, err } = await owner.ended;
  assert.equal(code, 130, err);
  assert.deepEqual([made.log(1), made.log(2)], [["begin"], []]);
});

test("where no socket can be, the run goes on and ends as it would: that nobody can come is said", async (t) => {
  const made = lamps(t);
  // What stands in the way here is a folder; a file system without sockets refuses in the same place.
  mkdirSync(socketOf(made), { recursive: true, mode: 0o700 });
  const owner = made.start("run", "SOP-02", "--env", "test", "--execute", "--by", "ana", "--json");
  await waited(owner, "it is said", () => owner.said.err.includes("Other terminals cannot come"));
  writeFileSync(made.at(1, "go"), "");
  const { code, out, err } = await owner.ended;
  assert.equal(code, 0, err);
  assert.equal(JSON.parse(out).state, "done");
  assert.ok(err.includes(socketOf(made)), err);
});

test("kill -9 of the owner with many followers: each is told the same, although one at a time can look", async (t) => {
  const made = lamps(t);
  const owner = await going(made);
  const followers = [1, 2, 3].map(() => made.start("runs", "follow", "last", "--lang", "en"));
  for (const follower of followers) await waited(follower, "it follows", () => follower.said.err.includes("running"));
  owner.child.kill("SIGKILL");
  for (const { code, err } of await Promise.all(followers.map(({ ended }) => ended))) {
    assert.match(err, new RegExp(`Process ${owner.child.pid} \\(run SOP-02\\), which drove run r\\S+, has left`));
    assert.equal(code, 5, err);
  }
});

test("who stays with --wait takes the run up when the process that drove it leaves, and can be reached then", async (t) => {
  const made = lamps(t, "", {}, AUTO);
  const owner = await going(made);
  const second = made.start("run", "SOP-03", "--env", "prod", "--execute", "--by", "ben", "--json", "--wait");
  await waited(second, "it waits for a tick", () => second.said.err.includes("runs tick"));
  writeFileSync(made.at(1, "go"), "");
  assert.equal((await owner.ended).code, 0);
  await waited(second, "it listens", () => ownerOf(made.data)?.pid === second.child.pid);
  const ticked = await made.wb("runs", "tick", "last", "--by", "ana");
  assert.equal(ticked.code, 0, ticked.err);
  const { code, out, err } = await second.ended;
  assert.equal(code, 0, err);
  assert.equal(JSON.parse(out).state, "done");
  assert.deepEqual(made.log(2), ["off", "on"]);
});
