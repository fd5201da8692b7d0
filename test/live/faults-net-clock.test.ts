// The faults `cut` and `clock` against a real firewall and real processes under libfaketime.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { folder } from "../kit/folder.ts";
import { until } from "../kit/until.ts";
import { done, place, said, type Place } from "../suites/step-context.ts";
import { needs } from "./needs.ts";

const inject = (here: Place, fault: string, params: object, number = 1, limit = 120) =>
  done("fault", { fault, with: params, limit }, here.context({}, { number }));
const remove = (here: Place, fault: string, params: object, number = 1) =>
  done("fault", { fault, with: params, remove: true }, here.context({}, { purpose: "undo", number }));
const rules = (): string => execFileSync("iptables", ["-w", "5", "-S"], { encoding: "utf8" });

/** A server on an address of its own that sends back what it hears. */
async function echo(t: TestContext, host: string): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on("error", () => undefined).pipe(socket)));
  server.listen(0, host);
  await new Promise((resolve) => server.once("listening", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const heard = (host: string, port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (text: string): void => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(1_500, () => end("silence"));
    socket.on("connect", () => socket.write("hello"));
    socket.on("data", (chunk) => end(String(chunk)));
    socket.on("error", (error) => end((error as NodeJS.ErrnoException).code ?? error.message));
  });

test("cut: new connections and those that stand go silent both ways, others are heard, and no rule is left", async (t) => {
  if (!needs(t, "root", "iptables")) return;
  const [far, near] = ["127.90.80.70", "127.90.80.71"];
  const [here, port, other] = [await place(t), await echo(t, far), await echo(t, near)];
  const params = { addresses: [`${far}/32`], probe: { host: far, port } };
  t.after(() => remove(here, "cut", params));
  const standing = connect({ host: far, port });
  t.after(() => standing.destroy());
  standing.write("one");
  let got = "";
  standing.on("data", (chunk) => (got += String(chunk)));
  await until(() => got === "one");
  assert.equal(said(await inject(here, "cut", params)), "ok");
  assert.match(rules(), /-A WATCHBOOK-OUTPUT -d 127\.90\.80\.70\/32 .*-j DROP/);
  standing.write("two");
  assert.equal(await heard(far, port), "silence");
  assert.equal(await heard(near, other), "hello");
  assert.equal(got, "one");
  assert.equal(said(await remove(here, "cut", params)), "ok");
  assert.doesNotMatch(rules(), /127\.90\.80\.70/);
  // A chain that is left holds the rules of somebody else's cut.
  await until(() => !rules().includes("WATCHBOOK") || /-A WATCHBOOK-(?:IN|OUT)PUT .*-j DROP/.test(rules()));
  assert.equal(await heard(far, port), "hello");
  // What was sent meanwhile is sent again by TCP itself.
  await until(() => got === "onetwo");
});

test("cut: one that begins while another is taken away stays in force", async (t) => {
  if (!needs(t, "root", "iptables")) return;
  const [far, theirs] = ["127.90.80.73", "-s 127.90.80.74 -j DROP"];
  const bin = folder(t);
  const real = execFileSync("sh", ["-c", "command -v iptables"], { encoding: "utf8" }).trim();
  const late = `case $* in *"-D INPUT -j"*) ${real} -w 5 -A WATCHBOOK-INPUT ${theirs} ;; esac`;
  writeFileSync(join(bin, "iptables"), `#!/bin/sh\n${late}\nexec ${real} "$@"\n`, { mode: 0o755 });
  const port = await echo(t, far);
  const params = { addresses: [far], probe: { host: far, port } };
  const here = await place(t);
  const between = await place(t, { PATH: `${bin}:${process.env["PATH"]}` });
  t.after(() => remove(here, "cut", params));
  assert.equal(said(await inject(between, "cut", params)), "ok");
  assert.equal(said(await remove(between, "cut", params)), "ok");
  const left = rules();
  execFileSync("sh", ["-c", `${real} -w 5 -D WATCHBOOK-INPUT ${theirs}`]);
  assert.equal(said(await inject(here, "cut", params)), "ok");
  assert.equal(said(await remove(here, "cut", params)), "ok");
  assert.match(left, /-A INPUT -j WATCHBOOK-INPUT/);
});

test("cut: what could not be reached before proves nothing", async (t) => {
  if (!needs(t, "root", "iptables")) return;
  const here = await place(t);
  const params = { addresses: ["127.90.80.72"], probe: { host: "127.90.80.72", port: 1 } };
  assert.equal(said(await inject(here, "cut", params)), "failed fault-did-not-bite");
  assert.doesNotMatch(rules(), /127\.90\.80\.72/);
});

/** A process that writes its own time again and again; under libfaketime where `file` is given. */
function ticking(t: TestContext, root: string, file?: string): { readonly pid: number; readonly seen: () => number } {
  const out = join(root, "time");
  const [library = ""] = globSync("/usr/lib/*/faketime/libfaketime.so.1");
  const faked = file && { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1" };
  const script = 'while :; do date +%s >"$OUT.new" && mv "$OUT.new" "$OUT"; sleep 0.1; done';
  const child = spawn("bash", ["-c", script], {
    env: { PATH: process.env["PATH"], OUT: out, ...faked },
    stdio: "ignore",
  });
  t.after(() => child.kill("SIGKILL"));
  return { pid: child.pid!, seen: () => (existsSync(out) ? Number(readFileSync(out, "utf8")) : 0) };
}

const skew = (seen: number): number => seen - Date.now() / 1000;

test("clock: a process under libfaketime is 90 days ahead until the fault goes; its own file comes back", async (t) => {
  if (!needs(t, "faketime")) return;
  const [here, root] = [await place(t), folder(t)];
  const file = join(root, "offset");
  writeFileSync(file, "+0\n");
  const { pid, seen } = ticking(t, root, file);
  await until(() => seen() > 0);
  writeFileSync(join(root, "pid"), `${pid}\n`);
  const params = { pidFile: join(root, "pid"), file, offset: "+90d" };
  t.after(() => remove(here, "clock", params));
  const end = await inject(here, "clock", params);
  assert.equal(said(end), "ok");
  await until(() => Math.abs(skew(seen()) - 90 * 86_400) < 3_600);
  assert.equal(said(await remove(here, "clock", params)), "ok");
  assert.equal(readFileSync(file, "utf8"), "+0\n");
  await until(() => Math.abs(skew(seen())) < 3_600);
});

test("clock: a process that does not read the file is refused, one that is not there proves nothing", async (t) => {
  if (!needs(t, "faketime")) return;
  const [here, root] = [await place(t), folder(t)];
  const file = join(root, "offset");
  const { pid } = ticking(t, root);
  writeFileSync(join(root, "pid"), `${pid}\n`);
  const params = { pidFile: join(root, "pid"), file, offset: "-1h" };
  assert.equal(said(await inject(here, "clock", params)), "failed fault-no-faketime");
  assert.ok(!existsSync(file));
  const gone = { ...params, pidFile: join(root, "none") };
  assert.equal(said(await inject(here, "clock", gone, 2)), "failed fault-did-not-bite");
});
