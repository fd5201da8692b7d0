import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statfsSync, writeFileSync } from "node:fs";
import { createServer, connect, type AddressInfo } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Measured } from "../src/model/check.ts";
import { contextOf, folder, here, measure, said, sampleOf, clockAt } from "./suites/check-context.ts";
import { child, program, until } from "./suites/child.ts";

const value = (measured: Measured): number => {
  if (measured.kind !== "value") throw new Error(JSON.stringify(measured));
  return measured.value;
};

/** A process that burns one CPU, named so that a pattern can find it. */
const BUSY = 'console.log("busy-wheel"); for (;;) {}';

test("cpu is the busy share of /proc/stat over the window [S-005]", async (t) => {
  const context = contextOf(await here(t));
  const busy = () => {
    const fields = /^cpu +(.+)$/m.exec(readFileSync("/proc/stat", "utf8"))![1]!.split(" ").map(Number).slice(0, 8);
    return { idle: fields[3]! + fields[4]!, total: fields.reduce((sum, each) => sum + each, 0) };
  };
  // Our own look begins a little earlier and ends a little later than the check's: on a busy machine, look again.
  let got = await measure("cpu", { window: 0.1 }, context);
  await until("the same figure", async () => {
    const before = busy();
    got = await measure("cpu", { window: 1 }, context);
    const after = busy();
    const expected = 100 - (100 * (after.idle - before.idle)) / (after.total - before.total);
    return Math.abs(value(got) - expected) <= 1;
  });
  assert.equal(got.facts?.["cpus"], readFileSync("/proc/cpuinfo", "utf8").match(/^processor/gm)?.length);
});

test("cpu of certain processes counts only these, in shares of the whole machine", async (t) => {
  const directory = folder(t);
  const context = contextOf(await here(t));
  const [busy, idle] = [await program(t, BUSY), await program(t, 'console.log("x"); setInterval(() => {}, 1e6)')];
  writeFileSync(join(directory, "busy.pid"), `${busy.pid}\n`);
  writeFileSync(join(directory, "idle.pid"), `${idle.pid}\n`);
  const [hot, cold] = await Promise.all(
    ["busy", "idle"].map((name) =>
      measure("cpu", { window: 1, processes: { pidFile: join(directory, `${name}.pid`) } }, context),
    ),
  );
  assert.ok(value(hot!) > 1 && value(hot!) <= 100 / Number(hot!.facts?.["cpus"]) + 5, JSON.stringify(hot));
  assert.ok(value(cold!) < value(hot!) / 2, JSON.stringify([hot, cold]));
});

test("cpu of processes that are not there is unknown, not zero", async (t) => {
  const got = await measure(
    "cpu",
    { window: 0.1, processes: { pattern: "no-such-program-in-the-world" } },
    contextOf(await here(t)),
  );
  assert.equal(said(got), "unknown absent");
});

test("memory is what MemAvailable leaves [S-005]", async (t) => {
  const got = await measure("memory", {}, contextOf(await here(t)));
  const info = readFileSync("/proc/meminfo", "utf8");
  const kib = (name: string) => Number(new RegExp(`^${name}: +(\\d+)`, "m").exec(info)![1]);
  const expected = 100 - (100 * kib("MemAvailable")) / kib("MemTotal");
  assert.ok(Math.abs(value(got) - expected) <= 1, `${value(got)} against ${expected}`);
});

test("memory of certain processes is their VmRSS, as a share of a limit", async (t) => {
  const directory = folder(t);
  const run = await program(
    t,
    'const kept = Buffer.alloc(2e8, 1); console.log("x"); setInterval(() => kept.length, 1e6)',
  );
  writeFileSync(join(directory, "pid"), String(run.pid));
  const params = { processes: { pidFile: join(directory, "pid") }, limit: "1 GB" };
  const got = await measure("memory", params, contextOf(await here(t)));
  const rss = Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${run.pid}/status`, "utf8"))![1]) * 1_024;
  assert.ok(Math.abs(value(got) - rss / 1e7) <= 1 && value(got) > 20, `${value(got)} against ${rss / 1e7}`);
});

test("disk is what df shows [S-005]", async (t) => {
  const got = await measure("disk", { path: "/" }, contextOf(await here(t)));
  const { blocks, bfree, bavail } = statfsSync("/");
  const expected = (100 * (blocks - bfree)) / (blocks - bfree + bavail);
  assert.ok(Math.abs(value(got) - expected) <= 1, `${value(got)} against ${expected}`);
  const df = Number(execFileSync("df", ["--output=pcent", "/"]).toString().split("\n")[1]!.replace("%", ""));
  assert.ok(Math.abs(value(got) - df) <= 1, `${value(got)} against df's ${df}`);
});

test("disk of a directory is its tree against the quota", async (t) => {
  const directory = folder(t);
  const context = contextOf(await here(t));
  const params = { path: directory, quota: "10 MB" };
  assert.ok(value(await measure("disk", params, context)) < 1);
  writeFileSync(join(directory, "data"), Buffer.alloc(9_500_000, 1));
  const got = await measure("disk", params, context);
  assert.ok(value(got) >= 95 && value(got) < 97, JSON.stringify(got));
  assert.equal(said(await measure("disk", { path: join(directory, "none"), quota: 1 }, context)), "unknown absent");
});

test("disk growth keeps its first figure, then tells a jump from slow growth", async (t) => {
  const directory = folder(t);
  const reach = await here(t);
  const params = { path: directory, quota: "100 MB", jump: 10 };
  const day = 86_400_000;
  const grow = (bytes: number, at: number) => writeFileSync(join(directory, `part-${at}`), Buffer.alloc(bytes, 1));
  const history = [];
  let last: Measured | undefined;
  for (let at = 0; at < 10; at += 1) {
    grow(2_000_000, at);
    last = await measure("disk-growth", params, contextOf(reach, { clock: clockAt(at * day), history }));
    assert.equal(said(last), at === 0 ? "unknown no-baseline" : "pass growth-usual", JSON.stringify(last));
    history.push(sampleOf(last, at * day));
  }
  grow(20_000_000, 10);
  const jump = await measure("disk-growth", params, contextOf(reach, { clock: clockAt(10 * day), history }));
  assert.equal(said(jump), "fail growth-abnormal");
  assert.ok(
    jump.kind === "state" && jump.value! > 19e6 && jump.value! < 21e6 && jump.unit === "bytes/day",
    JSON.stringify(jump),
  );
  assert.match(JSON.stringify(jump.args), /"before":"20\.?\d* MB".*"now":"40\.?\d* MB".*"usual":"2\.?\d* MB"/);
});

async function pidFileOf(t: TestContext, pid: number | string): Promise<string> {
  const path = join(folder(t), "a.pid");
  writeFileSync(path, `${pid}\n`);
  return path;
}

test("process runs, is stopped, goes on, ends: the pid file alone proves nothing [S-003]", async (t) => {
  const context = contextOf(await here(t));
  const run = await program(t, 'console.log("x"); setInterval(() => {}, 1e6)');
  const params = { pidFile: await pidFileOf(t, run.pid) };
  assert.equal(said(await measure("process", params, context)), "pass process-running");
  run.kill("SIGSTOP");
  await until("stopped", async () => said(await measure("process", params, context)) === "fail process-stopped");
  run.kill("SIGCONT");
  await until("running", async () => said(await measure("process", params, context)) === "pass process-running");
  run.kill("SIGKILL");
  await until("ended", async () => said(await measure("process", params, context)) === "fail pid-stale");
  assert.equal(
    said(await measure("process", { pidFile: join(folder(t), "none.pid") }, context)),
    "fail pid-file-absent",
  );
  assert.equal(said(await measure("process", { pidFile: await pidFileOf(t, "abc") }, context)), "unknown unparsable");
});

test("process: a zombie is not running", async (t) => {
  // The shell's child ends while the shell has become a sleep that never collects it.
  const parent = await child(t, "sh", "-c", "sh -c 'echo $$' & exec sleep 300");
  const [line] = (await once(parent.stdout!, "data")) as [Buffer];
  const params = { pidFile: await pidFileOf(t, line.toString().trim()) };
  const context = contextOf(await here(t));
  await until("zombie", async () => said(await measure("process", params, context)) === "fail process-zombie");
});

test("process: a number that another program took over is not the service", async (t) => {
  const context = contextOf(await here(t));
  const run = await program(t, 'console.log("x"); setInterval(() => {}, 1e6)');
  const file = await pidFileOf(t, run.pid);
  assert.equal(
    said(await measure("process", { pidFile: file, pattern: "setInterval" }, context)),
    "pass process-running",
  );
  assert.equal(said(await measure("process", { pidFile: file, pattern: "nginx: master" }, context)), "fail pid-reused");
});

test("process: counted by command line, without watchbook's own commands", async (t) => {
  const reach = await here(t);
  const context = contextOf(reach);
  const word = `wheel-${process.pid}-${folder(t).slice(-6)}`;
  const pattern = word;
  assert.equal(said(await measure("process", { pattern }, context)), "fail process-absent");
  const started = await Promise.all([1, 2].map(() => program(t, `console.log("${word}"); setInterval(() => {}, 1e6)`)));
  const stop = new AbortController();
  const own = reach.exec(["sh", "-c", `: ${word}; sleep 300`], { signal: stop.signal, timeoutMs: 60_000 });
  const got = await measure("process", { pattern, min: 2, max: 2 }, context);
  assert.equal(said(got), "pass process-running", JSON.stringify(got));
  assert.equal(said(await measure("process", { pattern, min: 3 }, context)), "fail process-few");
  assert.equal(said(await measure("process", { pattern, max: 1 }, context)), "fail process-many");
  assert.equal(started.length, 2);
  stop.abort();
  await own;
});

test("process: a pattern that never comes to an end is cut off", async (t) => {
  await program(t, `console.log("x"); setInterval(() => "${"a".repeat(60)}!", 1e6)`);
  const got = await measure("process", { pattern: "(a+)+\\$" }, contextOf(await here(t)));
  assert.equal(said(got), "unknown timeout");
});

test("connections are established ones, not listeners; both are facts [S-006 S-028]", async (t) => {
  const context = contextOf(await here(t));
  const server = createServer().listen(0, "::");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  t.after(() => server.close());
  assert.equal(value(await measure("connections", { port }, context)), 0);
  const held = [connect(port, "127.0.0.1"), connect(port, "127.0.0.1"), connect(port, "::1")];
  t.after(() => held.forEach((socket) => socket.destroy()));
  await Promise.all(held.map((socket) => once(socket, "connect")));
  const got = await measure("connections", { port }, context);
  assert.equal(value(got), 3);
  assert.deepEqual([got.facts?.["listeners"], got.facts?.["outgoing"]], [1, 3]);
  assert.equal(value(await measure("connections", { port, count: "listeners" }, context)), 1);
  held.forEach((socket) => socket.destroy());
  server.close();
  await once(server, "close");
  assert.equal(said(await measure("connections", { port }, context)), "fail not-listening");
  assert.equal(value(await measure("connections", { port, listening: false }, context)), 0);
});

test("process and connections: children of a pid file's process, and its network namespace", async (t) => {
  const context = contextOf(await here(t));
  const parent = await child(t, "sh", "-c", "sleep 300 & sleep 300 & echo; wait");
  await once(parent.stdout!, "data");
  const pidFile = await pidFileOf(t, parent.pid);
  t.after(() => process.kill(-parent.pid, "SIGKILL"));
  await until("children", async () => {
    const got = await measure("process", { pidFile, children: true, min: 3 }, context);
    return said(got) === "pass process-running" && got.facts?.["running"] === 3;
  });
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  assert.equal(value(await measure("connections", { port, pidFile, count: "listeners" }, context)), 1);
  assert.equal(said(await measure("connections", { port, pidFile: "/no/such.pid" }, context)), "unknown absent");
});
