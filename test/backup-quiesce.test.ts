// A writer that keeps still for its copy is let go on by the target itself when nobody comes back.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { treeEnv } from "../src/kinds/backups/fields/tree.ts";
import { backupBench } from "./kit/backup.ts";
import { folder } from "./kit/folder.ts";
import { until } from "./suites/child.ts";
import { done, said, sentence } from "./suites/step-context.ts";

const RUN = "r20261120-083300-1f3a5b7c";

/** A backup that was begun, and is not ended. */
async function begun(t: TestContext, quiesce: object) {
  const path = folder(t);
  writeFileSync(join(path, "a"), "a");
  const parts = [{ id: "data", kind: "archive", with: { path, quiesce } }];
  const b = await backupBench(t, { parts });
  const at = { set: "shop", into: b.into, sudo: false };
  const begin = await done("backup-begin", { ...at, parts }, b.context(RUN, "begin"));
  assert.equal(said(begin), "ok");
  const part = { part: "data", kind: "archive", with: parts[0]!.with };
  const taking = join(b.into, "shop", `.taking-${RUN}`);
  const take = () => done("backup-take", { ...at, ...part }, b.context(RUN, "take-data"));
  const end = () =>
    done(
      "backup-begin",
      { ...at, parts },
      { ...b.context(RUN, "begin"), attempt: { run: RUN, step: "begin", target: "here", purpose: "undo", number: 1 } },
    );
  return { take, end, taking };
}

const waiting = (taking: string): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`${taking}/.timer-data`);
      } catch {
        return false; // ended meanwhile
      }
    })
    .map(Number);

test("a copy that was killed, and nobody comes back: the target's own timer lets the writer go on", async (t) => {
  const mark = join(folder(t), "still");
  const quiesce = { before: `: >${mark}; kill -KILL "$PPID"`, after: `rm ${mark}`, limit: 2 };
  const { take, end, taking } = await begun(t, quiesce);
  assert.notEqual((await take()).ending, "ok");
  assert.ok(existsSync(mark), "it keeps still");
  await until("the writer goes on", () => !existsSync(mark));
  await until("the timer has ended", () => waiting(taking).length === 0);
  assert.equal(said(await end()), "ok");
});

test("a copy that takes longer than the writer may be held is refused: it is of no one moment", async (t) => {
  const place = folder(t);
  const mark = join(place, "still");
  // Held until the timer has let it go on.
  const before = `: >${mark}; while [ -e ${mark} ]; do sleep 0.05; done`;
  const { take, end, taking } = await begun(t, { before, after: `rm -f ${mark}; echo on >>${place}/said`, limit: 1 });
  const refused = await take();
  assert.equal(said(refused), "failed backup-quiesce-over");
  assert.match(sentence(refused, "en"), /after 1 s/);
  assert.equal(said(await end()), "ok");
  // Once by the timer; and once more, since the command that makes it keep still had not ended then.
  assert.equal(readFileSync(join(place, "said"), "utf8"), "on\non\n");
  await until("the timer has ended", () => waiting(taking).length === 0);
});

test("a writer that goes on leaves no timer behind, whether the copy went well or was given up", async (t) => {
  const mark = join(folder(t), "still");
  const good = await begun(t, { before: `: >${mark}`, after: `rm ${mark}` });
  assert.equal(said(await good.take()), "ok");
  assert.ok(!existsSync(mark));
  assert.deepEqual(waiting(good.taking), []);
  assert.deepEqual(
    readdirSync(good.taking).filter((name) => name.startsWith(".")),
    [],
  );
  const killed = await begun(t, { before: `: >${mark}; kill -KILL "$PPID"`, after: `rm ${mark}` });
  assert.notEqual((await killed.take()).ending, "ok");
  assert.equal(waiting(killed.taking).length, 1);
  assert.equal(said(await killed.end()), "ok");
  assert.ok(!existsSync(mark));
  await until("the timer has ended", () => waiting(killed.taking).length === 0);
});

test("a part that cannot tell its size is named, and is not taken for a lack of room", async (t) => {
  const b = await backupBench(t, { parts: [] });
  const path = folder(t);
  mkdirSync(join(path, "known"));
  const parts = [
    { id: "lost", kind: "files", with: { path: join(path, "not-there") } },
    { id: "known", kind: "files", with: { path: join(path, "known") } },
  ];
  const begin = await done("backup-begin", { set: "shop", into: b.into, parts }, b.context(RUN, "begin"));
  assert.equal(begin.ending, "ok");
  assert.equal(begin.reason, "backup-size-unknown");
  assert.match(sentence(begin, "en"), /How much lost will need is unknown; the rest needs \d+ bytes, \d+ are free/);
});

test("a writer that was down before stays down; one that an attempt before this one stopped is let go on", async (t) => {
  const place = folder(t);
  const [up, said_] = [join(place, "up"), join(place, "said")];
  const quiesce = {
    when: `[ -e ${up} ]`,
    before: `echo stop >>${said_}; rm ${up}`,
    after: `echo start >>${said_}; : >${up}`,
  };
  const down = await begun(t, quiesce);
  assert.equal(said(await down.take()), "ok");
  assert.equal(said(await down.end()), "ok");
  assert.deepEqual([existsSync(up), existsSync(said_)], [false, false]);
  writeFileSync(up, "");
  const at = await begun(t, quiesce);
  assert.equal(said(await at.take()), "ok");
  assert.equal(said(await at.end()), "ok");
  assert.deepEqual([existsSync(up), readFileSync(said_, "utf8")], [true, "stop\nstart\n"]);
  // Stopped, and the attempt was killed: the next one finds it down, and knows by whom.
  writeFileSync(said_, "");
  const killed = await begun(t, { ...quiesce, before: `[ ! -e ${up} ] || { rm ${up}; kill -KILL "$PPID"; }` });
  assert.notEqual((await killed.take()).ending, "ok");
  assert.equal(existsSync(up), false);
  assert.equal(said(await killed.end()), "ok");
  assert.deepEqual([existsSync(up), readFileSync(said_, "utf8")], [true, "start\n"]);
});

test("a unit that is stopped for its copy is asked whether it runs, unless the book says how to tell", () => {
  const when = (before: string, more: object = {}): string | undefined =>
    treeEnv({ path: "/srv", exclude: [], changing: false, quiesce: { before, after: "x", limit: 1, ...more } })[
      "WB_WHEN"
    ];
  assert.equal(when("systemctl stop node@1.service"), "systemctl is-active --quiet node@1.service");
  assert.equal(when("sudo -n systemctl --user stop node"), "sudo -n systemctl --user is-active --quiet node");
  assert.equal(when("systemctl stop a b"), "");
  assert.equal(when("systemctl stop node", { when: "pgrep node" }), "pgrep node");
});
