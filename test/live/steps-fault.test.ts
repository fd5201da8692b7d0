// Faults against real things: firewall, file system, certificate, proxy; and a runner that dies.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { createServer as createSecure } from "node:tls";
import { folder } from "../kit/folder.ts";
import { freePort } from "../kit/port.ts";
import { until } from "../kit/until.ts";
import { done, place, said, type Place } from "../suites/step-context.ts";
import { disk } from "./disk.ts";
import { needs } from "./needs.ts";
import { issue } from "./openssl.ts";

const inject = (here: Place, fault: string, params: object, number = 1, limit = 120) =>
  done("fault", { fault, with: params, limit }, here.context({}, { number }));
const remove = (here: Place, fault: string, params: object, number = 1) =>
  done("fault", { fault, with: params, remove: true }, here.context({}, { purpose: "undo", number }));

/** A server that answers every connection with one line. */
async function greeter(t: TestContext): Promise<number> {
  const server = createServer((socket) => socket.on("error", () => undefined).end("hello\n")).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** What a client hears from a port, or the code of what kept it away; milliseconds until then. */
const hear = (port: number): Promise<{ readonly heard: string; readonly ms: number }> =>
  new Promise((resolve) => {
    const start = process.hrtime.bigint();
    let heard = "";
    const end = (text: string) => resolve({ heard: text, ms: Number(process.hrtime.bigint() - start) / 1e6 });
    const socket = connect(port, "127.0.0.1");
    socket.on("data", (chunk) => (heard += String(chunk)));
    socket.on("error", (error) => end((error as NodeJS.ErrnoException).code ?? error.message));
    socket.on("end", () => end(heard));
  });

const rules = (table: string): string => execFileSync("iptables", ["-w", "5", "-t", table, "-S"], { encoding: "utf8" });

test("refuse: a port refuses everybody, the proof is a real connection, and no rule is left", async (t) => {
  if (!needs(t, "root", "iptables")) return;
  const port = await greeter(t);
  const here = await place(t, {}, (last) => remove(last, "refuse", { port }));
  assert.equal(said(await inject(here, "refuse", { port })), "ok");
  assert.equal((await hear(port)).heard, "ECONNREFUSED");
  assert.equal(said(await remove(here, "refuse", { port })), "ok");
  assert.equal((await hear(port)).heard, "hello\n");
  assert.doesNotMatch(rules("filter"), new RegExp(`--dport ${port} `));
  assert.equal(said(await inject(here, "refuse", { port: await freePort() }, 2)), "failed fault-did-not-bite");
});

test("the time of a fault is that of its call: whoever attaches to it later hears the same", async (t) => {
  const here = await place(t);
  const victim = spawn("sleep", ["600"], { stdio: "ignore" });
  t.after(() => victim.kill("SIGKILL"));
  writeFileSync(join(here.root, "pid"), String(victim.pid));
  const before = process.hrtime.bigint();
  const first = await inject(here, "stop", { pidFile: join(here.root, "pid") });
  const after = process.hrtime.bigint();
  const at = first.outputs?.["FAULT_AT_NS"] ?? "0";
  assert.ok(before <= BigInt(at) && BigInt(at) <= after, at);
  const again = await inject(here, "stop", { pidFile: join(here.root, "pid") });
  assert.deepEqual([said(again), again.outputs?.["FAULT_AT_NS"]], ["ok", at]);
  assert.equal(said(await remove(here, "stop", { pidFile: join(here.root, "pid") })), "ok");
});

test("latency: a port answers late through a proxy that is gone afterwards", async (t) => {
  if (!needs(t, "root", "iptables")) return;
  const port = await greeter(t);
  const here = await place(t, {}, (last) => remove(last, "latency", { port, delay: 1 }));
  assert.equal(said(await inject(here, "latency", { port, delay: "600ms" })), "ok");
  const late = await hear(port);
  assert.equal(late.heard, "hello\n");
  // The proxy held the answer back for at least its half of the delay: a lower bound that no slow machine breaks.
  assert.ok(late.ms >= 290, String(late.ms));
  const proxy = readFileSync(join(here.root, ".receipts/run-1/step-1@here.do.1/proxy"), "utf8").split(" ")[0]!;
  assert.ok(existsSync(`/proc/${proxy}`));
  assert.equal(said(await remove(here, "latency", { port, delay: 1 })), "ok");
  assert.equal((await hear(port)).heard, "hello\n");
  assert.doesNotMatch(rules("nat"), new RegExp(`--dport ${port} `));
  await until(() => !existsSync(`/proc/${proxy}`));
});

test("disk-full: no room is left for anybody, and afterwards all of it is back", async (t) => {
  if (!needs(t, "root", "mount", "fallocate")) return;
  const here = await place(t);
  const directory = disk(t, "8m");
  const free = () => statfsSync(directory).bavail * statfsSync(directory).bsize;
  const before = free();
  assert.equal(said(await inject(here, "disk-full", { directory })), "ok");
  assert.throws(() => writeFileSync(join(directory, "x"), Buffer.alloc(512_000)), /ENOSPC/);
  assert.equal(said(await remove(here, "disk-full", { directory })), "ok");
  execFileSync("rm", ["-f", join(directory, "x")]);
  assert.equal(free(), before);
  assert.deepEqual(readdirSync(directory), []);
  assert.equal(said(await inject(here, "disk-full", { directory, leave: "2 MiB" }, 2)), "ok");
  assert.ok(free() <= 2 * 1_048_576 + 262_144 && free() >= 1_048_576, String(free()));
  assert.equal(said(await inject(here, "disk-full", { directory, leave: "4 MiB" }, 3)), "failed fault-did-not-bite");
  assert.equal(said(await remove(here, "disk-full", { directory }, 2)), "ok");
  assert.equal(free(), before);
});

test("expired-certificate: the port shows it, then the old one again", async (t) => {
  if (!needs(t, "openssl")) return;
  const here = await place(t);
  const soon = new Date("2099-01-01T00:00:00Z");
  const { certificate, key } = issue(folder(t), "service", { to: soon });
  const was = readFileSync(certificate);
  const load = () => ({ cert: readFileSync(certificate), key: readFileSync(key) });
  const server = createSecure(load(), (socket) => socket.on("error", () => undefined).end()).listen(0, "127.0.0.1");
  server.on("tlsClientError", () => undefined);
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const flag = join(here.root, "reload");
  const reloading = setInterval(() => {
    if (!existsSync(flag)) return;
    execFileSync("rm", [flag]);
    server.setSecureContext(load());
  }, 20);
  t.after(() => {
    clearInterval(reloading);
    server.close();
  });
  const shown = () => {
    // In a process of its own: the server lives in this one.
    const child = spawn("openssl", ["s_client", "-connect", `127.0.0.1:${port}`], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    return new Promise<string>((resolve) => {
      let text = "";
      child.stdout.on("data", (chunk) => (text += String(chunk)));
      child.once("close", () => resolve(text));
    });
  };
  const params = { certificate, key, port, reload: ["touch", flag] };
  assert.equal(said(await inject(here, "expired-certificate", params)), "ok");
  assert.match(await shown(), /certificate has expired/);
  assert.equal(said(await inject(here, "expired-certificate", params, 2)), "failed fault-did-not-bite");
  assert.equal(said(await remove(here, "expired-certificate", params)), "ok");
  assert.deepEqual(readFileSync(certificate), was);
  await until(async () => !/certificate has expired/.test(await shown()));
  const none = { certificate: join(here.root, "none.pem"), key };
  assert.equal(said(await inject(here, "expired-certificate", none, 3)), "failed fault-no-certificate");
});

test("a runner that is killed leaves a fault that the target itself removes", async (t) => {
  const here = await place(t);
  const victim = spawn("sleep", ["600"], { stdio: "ignore" });
  t.after(() => victim.kill("SIGKILL"));
  const pidFile = join(here.root, "victim.pid");
  writeFileSync(pidFile, `${victim.pid}`);
  const state = () => readFileSync(`/proc/${victim.pid}/stat`, "utf8").replace(/.*\) /s, "")[0];
  const runner = spawn(
    process.execPath,
    [join(import.meta.dirname, "injector.ts"), here.root, "stop", JSON.stringify({ pidFile }), "4"],
    { stdio: ["ignore", "pipe", "inherit"], detached: true },
  );
  const gone = new Promise((resolve) => runner.once("exit", resolve));
  t.after(() => runner.kill("SIGKILL"));
  let told = "";
  runner.stdout.on("data", (chunk) => (told += String(chunk)));
  await until(() => told.startsWith("ok"));
  process.kill(-runner.pid!, "SIGKILL");
  await gone;
  await until(() => state() === "S");
  await until(() => existsSync(join(here.root, ".receipts/run-1/step-1@here.do.1/removed")));
  assert.equal(state(), "S");
});
