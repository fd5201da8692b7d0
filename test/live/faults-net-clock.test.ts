// The faults `cut` and `clock` against a real firewall and real processes under libfaketime.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Reach } from "../../src/model/target.ts";
import { folder } from "../kit/folder.ts";
import { netns } from "../kit/netns.ts";
import { until } from "../kit/until.ts";
import { child } from "../suites/child.ts";
import { done, place, said, type Place } from "../suites/step-context.ts";
import { needs, which } from "./needs.ts";

const inject = (here: Place, fault: string, params: object, number = 1, limit = 120) =>
  done("fault", { fault, with: params, limit }, here.context({}, { number }));
const remove = (here: Place, fault: string, params: object, number = 1) =>
  done("fault", { fault, with: params, remove: true }, here.context({}, { purpose: "undo", number }));

/** Sends back what it hears, on port 7 of every address. */
const ECHO = `require("node:net")
  .createServer((socket) => socket.on("error", () => undefined).pipe(socket))
  .listen(7, "0.0.0.0", () => console.log("ready"))`;
/** A connection: hands on what it is told, says what it hears. */
const TALK = `const socket = require("node:net").connect(7, process.argv[1]);
process.stdin.pipe(socket).pipe(process.stdout);`;
/** Says what an address answers, or why it does not. */
const ASK = `const socket = require("node:net").connect(7, process.argv[1]);
const end = (text) => (console.log(String(text)), process.exit());
socket.setTimeout(1500, () => end("silence"));
socket.on("connect", () => socket.write("hello")).on("data", end).on("error", ({ code }) => end(code));`;

/** A place in a network of its own, where 127.0.0.0/8 echoes: on the machine's, all cuts share two chains. */
interface Apart extends Place {
  readonly node: (program: string, ...words: readonly string[]) => [string, ...string[]];
  readonly rules: () => string;
  readonly heard: (host: string) => string;
}

/** `cut`: what is taken away when the test ends, before its network and its receipts go. */
async function apart(t: TestContext, cut: object, env: Record<string, string> = {}): Promise<Apart> {
  let made: Apart | undefined;
  t.after(() => made && remove(made, "cut", cut));
  const { name } = netns(t);
  const into = (...argv: readonly string[]): [string, ...string[]] => ["ip", "netns", "exec", name, ...argv];
  const output = ([command, ...words]: [string, ...string[]]): string =>
    execFileSync(command, words, { encoding: "utf8" });
  const node: Apart["node"] = (program, ...words) => into(process.execPath, "-e", program, ...words);
  const here = await place(t, env);
  const reach: Reach = { ...here.reach, exec: (argv, options) => here.reach.exec(into(...argv), options) };
  await once((await child(t, ...node(ECHO))).stdout!, "data");
  return (made = {
    ...here,
    reach,
    context: (over, attempt) => here.context({ reach, ...over }, attempt),
    node,
    rules: () => output(into("iptables", "-w", "5", "-S")),
    heard: (host) => output(node(ASK, host)).trim(),
  });
}

test("cut: new connections and those that stand go silent both ways, others are heard, and no rule is left", async (t) => {
  if (!needs(t, "root", "ip", "iptables")) return;
  const [far, near] = ["127.90.80.70", "127.90.80.71"];
  const params = { addresses: [`${far}/32`], probe: { host: far, port: 7 } };
  const here = await apart(t, params);
  const [command, ...words] = here.node(TALK, far);
  const standing = spawn(command, words, { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => standing.kill("SIGKILL"));
  standing.stdin.write("one");
  let got = "";
  standing.stdout.on("data", (chunk) => (got += String(chunk)));
  await until(() => got === "one");
  assert.equal(said(await inject(here, "cut", params)), "ok");
  assert.match(here.rules(), /-A WATCHBOOK-OUTPUT -d 127\.90\.80\.70\/32 .*-j DROP/);
  standing.stdin.write("two");
  assert.equal(here.heard(far), "silence");
  assert.equal(here.heard(near), "hello");
  assert.equal(got, "one");
  assert.equal(said(await remove(here, "cut", params)), "ok");
  assert.doesNotMatch(here.rules(), /WATCHBOOK/);
  assert.equal(here.heard(far), "hello");
  // What was sent meanwhile is sent again by TCP itself.
  await until(() => got === "onetwo");
});

test("cut: one that begins while another is taken away stays in force", async (t) => {
  if (!needs(t, "root", "ip", "iptables")) return;
  const [far, theirs] = ["127.90.80.73", "-s 127.90.80.74 -j DROP"];
  const bin = folder(t);
  const real = which("iptables")!;
  const late = `case $* in *"-D INPUT -j"*) ${real} -w 5 -A WATCHBOOK-INPUT ${theirs} ;; esac`;
  writeFileSync(join(bin, "iptables"), `#!/bin/sh\n${late}\nexec ${real} "$@"\n`, { mode: 0o755 });
  const params = { addresses: [far], probe: { host: far, port: 7 } };
  const here = await apart(t, params, { PATH: `${bin}:${process.env["PATH"]}` });
  assert.equal(said(await inject(here, "cut", params)), "ok");
  assert.equal(said(await remove(here, "cut", params)), "ok");
  assert.match(here.rules(), /-A INPUT -j WATCHBOOK-INPUT/);
  assert.match(here.rules(), /-A WATCHBOOK-INPUT -s 127\.90\.80\.74\/32 -j DROP/);
  assert.equal(here.heard(far), "hello");
});

test("cut: what could not be reached before proves nothing", async (t) => {
  if (!needs(t, "root", "ip", "iptables")) return;
  const params = { addresses: ["127.90.80.72"], probe: { host: "127.90.80.72", port: 1 } };
  const here = await apart(t, params);
  assert.equal(said(await inject(here, "cut", params)), "failed fault-did-not-bite");
  assert.doesNotMatch(here.rules(), /WATCHBOOK/);
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
  const root = folder(t);
  const file = join(root, "offset");
  writeFileSync(file, "+0\n");
  const { pid, seen } = ticking(t, root, file);
  await until(() => seen() > 0);
  writeFileSync(join(root, "pid"), `${pid}\n`);
  const params = { pidFile: join(root, "pid"), file, offset: "+90d" };
  const here = await place(t, {}, (last) => remove(last, "clock", params));
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
