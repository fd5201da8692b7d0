// The short commands of the example, as a newcomer types them: in two languages, in any order, on nodes in any state.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../kit/folder.ts";
import { runs } from "../kit/processes.ts";
import { example, hasSilktalk, silktalk } from "../kit/silktalk.ts";
import { waited as until } from "../kit/waited.ts";
import { start, type Ended } from "../kit/wb.ts";

interface Config {
  readonly listen: { readonly host: string; readonly port: number };
  readonly peerId: string;
}

test("silktalk: help and mistakes are said in two languages and name the short commands", async (t) => {
  if (!(await hasSilktalk(t))) return;
  const stack = (...words: readonly string[]): Promise<Ended> =>
    start(t, [join(example, "src", "stack.ts"), "--dir", folder(t), ...words]).ended;
  const en = await stack("--lang", "en", "fault", "--help");
  const zh = await stack("--lang", "zh", "fault", "--help");
  assert.deepEqual([en.code, zh.code], [0, 0]);
  assert.match(en.out, /^silktalk-fault FAULT NODE \[VALUE\] +breaks something/);
  assert.match(zh.out, /^silktalk-fault 故障 节点 \[数值\] +真的弄坏一样东西/);
  const names = (text: string): readonly string[] => [...text.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name!);
  assert.equal(names(en.out).length, 9);
  assert.deepEqual(names(zh.out), names(en.out));
  assert.doesNotMatch(en.out + zh.out, /stack\.ts/);
  for (const words of [
    ["fault", "nope", "beta"],
    ["fault", "stop", "delta"],
    ["fault", "stop"],
    ["fault", "errors", "alpha", "200"],
    ["fault", "connections", "alpha", "some"],
    ["undo", "--bogus"],
    ["nonsense"],
  ]) {
    const [english, chinese] = await Promise.all([stack("--lang", "en", ...words), stack("--lang", "zh", ...words)]);
    assert.deepEqual([english.code, chinese.code], [2, 2], words.join(" "));
    assert.match(english.err, /^[^\n]+\n {2}[^\n]+\n$/, "one sentence and the next action");
    assert.match(chinese.err, /^[^\n]*\p{Script=Han}[^\n]*\n {2}[^\n]*\n$/u);
  }
  assert.equal((await stack("--lang", "fr", "status")).code, 2);
});

test("silktalk: faults say what they do, meet each other, and are undone in any order", async (t) => {
  if (!(await hasSilktalk(t))) return;
  const stack = await silktalk(t, "en");
  const program = (verb: string, ...words: readonly string[]): Promise<Ended> =>
    start(t, [join(example, "src", "stack.ts"), "--dir", stack.dir, "--lang", "en", verb, ...words]).ended;

  await t.test("undo where nothing is broken changes nothing", async () => {
    const before = (await stack.stack("status")).out;
    for (const fault of [
      "identity-lost",
      "stop",
      "kill",
      "freeze",
      "latency",
      "connections",
      "disk-full",
      "log-errors",
    ])
      assert.equal((await program("undo", fault, "beta")).code, 0, fault);
    assert.equal((await stack.stack("status")).out, before);
  });

  await t.test("a node that is called something else while it starts has not ended", async () => {
    // A process whose program is only just being loaded has no command line yet; here it never shows its own.
    const home = join(stack.dir, "nodes", "gamma");
    await stack.stack("stop", "gamma");
    const begun = await start(t, [join(example, "src", "stack.ts"), "--dir", stack.dir, "start", "gamma"], {
      env: { NODE_OPTIONS: "--title=loading" },
    }).ended;
    const pid = Number(readFileSync(join(home, "silktalk.pid"), "utf8"));
    process.kill(pid, "SIGTERM");
    await until("gamma ended", () => !runs(pid));
    assert.equal(begun.code, 0, begun.err);
    await stack.stack("start", "gamma");
  });

  await t.test("latency is undone while strangers hold every connection", async () => {
    const slow = await program("fault", "latency", "alpha", "300");
    assert.equal(slow.code, 0, slow.err);
    assert.match(slow.err, /^Leading the traffic of alpha/);
    assert.match(slow.err, /Mend it: .*\/bin\/silktalk-undo latency alpha\n$/);
    assert.equal((await program("fault", "connections", "alpha", "300")).code, 0);
    const again = await program("fault", "latency", "alpha");
    assert.equal(again.code, 3, "a full node cannot be led through a proxy");
    assert.match(again.err, /silktalk-undo connections alpha/);
    const undone = await program("undo", "latency", "alpha");
    assert.equal(undone.code, 0, undone.err);
    assert.equal((await program("undo", "connections", "alpha")).code, 0);
    assert.equal((await program("up")).code, 0, "all nodes see each other again");
  });

  await t.test("a fault that cannot be seen is refused at once, and leaves no process behind", async () => {
    await program("fault", "stop", "beta");
    for (const fault of ["freeze", "errors", "log-errors", "latency", "connections", "disk-full"]) {
      const refused = await program("fault", fault, "beta");
      assert.equal(refused.code, 3, fault);
      assert.match(refused.err, /beta does not run\.\n {2}Start it first: silktalk-stack start beta\n$/);
      assert.ok(!existsSync(join(stack.dir, "faults", `${fault}-beta.pid`)), fault);
    }
    const slow = await program("fault", "latency", "alpha", "200");
    assert.equal(slow.code, 0, `gamma is enough to be slow with: ${slow.err}`);
    assert.equal((await program("undo", "latency", "alpha")).code, 0);
    assert.equal((await program("undo", "stop", "beta")).code, 0);
  });

  await t.test("an identity lost twice comes back as the first one", async () => {
    const key = join(stack.dir, "nodes", "gamma", "identity.key");
    const before = readFileSync(key);
    assert.equal((await program("fault", "identity-lost", "gamma")).code, 0);
    assert.equal((await program("fault", "identity-lost", "gamma")).code, 0);
    assert.notDeepEqual(readFileSync(key), before);
    assert.equal((await program("undo", "identity-lost", "gamma")).code, 0);
    assert.deepEqual(readFileSync(key), before);
  });

  await t.test("the commands in bin speak the language the stack was started in", async () => {
    assert.equal((await program("up", "--lang", "zh")).code, 0);
    const said = await new Promise<string>((resolve) => {
      execFile(join(stack.dir, "bin", "silktalk-fault"), (_, __, err) => resolve(err));
    });
    assert.match(said, /^silktalk-fault 故障 节点/);
  });

  await t.test("a node has as many connections as asked for, also when others leave it meanwhile", async () => {
    const alpha = join(stack.dir, "nodes", "alpha");
    const { listen, peerId } = JSON.parse(readFileSync(join(alpha, "config.json"), "utf8")) as Config;
    const count = async (): Promise<number> => {
      const { out } = await stack.silktalk("alpha", "status", "--json");
      return (JSON.parse(out) as { readonly connections: number }).connections;
    };
    const crew = join(example, "src", "fault", "crew", "connections.ts");
    const others = start(t, [crew, `/ip4/${listen.host}/tcp/${listen.port}/p2p/${peerId}`, "60", alpha]);
    await until("others are there", async () => (await count()) >= 60);
    const more = program("fault", "connections", "alpha", "120");
    await until("strangers come", () => existsSync(join(stack.dir, "faults", "connections-alpha.pid")));
    others.child.kill();
    const done = await more;
    assert.equal(done.code, 0, done.err);
    assert.ok((await count()) >= 120);
    assert.equal((await program("undo", "connections", "alpha")).code, 0);
  });
});
