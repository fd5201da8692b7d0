// serve and status as an operator uses them: real processes, exit codes, sentences.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { ask, bookFolder, CONFIG, until } from "../kit/daemon.ts";
import { MAIN } from "../kit/wb.ts";

interface Run {
  readonly pid: number;
  readonly out: () => string;
  readonly err: () => string;
  readonly code: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

const wb = (t: TestContext, root: string, ...args: readonly string[]): Run => start(t, root, [...args, "--lang", "en"]);

/** The verb as it is called in a shell of the C locale. */
function start(t: TestContext, root: string, args: readonly string[]): Run {
  const child = spawn(process.execPath, [MAIN, ...args, "--book", root], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
  });
  t.after(() => child.kill("SIGKILL"));
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const code = once(child, "close").then(() => child.exitCode);
  return { pid: child.pid ?? 0, out: () => out, err: () => err, code, kill: (signal) => void child.kill(signal) };
}
async function done(
  t: TestContext,
  root: string,
  ...args: readonly string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const run = wb(t, root, ...args);
  return { code: await run.code, out: run.out(), err: run.err() };
}

test("serve runs until SIGTERM and ends with 0; status asks it, and reads the store when it is gone", async (t) => {
  const root = bookFolder(t, { "watchbook.yaml": `${CONFIG}interval: 1s\n` });
  const before = await done(t, root, "status");
  assert.match(before.out, /No daemon runs/);
  assert.ok(!existsSync(join(root, ".watchbook")), "status made a data directory");

  const daemon = wb(t, root, "serve", "--listen", "127.0.0.1:0", "--json");
  const { url, pid } = JSON.parse(await until("an address", () => daemon.out().includes("\n") && daemon.out()));
  assert.equal(pid, daemon.pid);
  rmSync(join(root, "beacon"));
  await until("red", async () => (await ask(url, "/api/v1/status")).json.checks.fail === 1);
  const status = await done(t, root, "status");
  assert.equal(status.code, 3, status.err);
  assert.match(status.out, /Beacon file on local has failed/);
  assert.match(status.out, new RegExp(`Watched by process ${daemon.pid} `));
  const json = JSON.parse((await done(t, root, "status", "--json")).out);
  assert.equal(json.daemon.pid, daemon.pid);

  const second = await done(t, root, "serve", "--listen", "127.0.0.1:0");
  assert.equal(second.code, 2);
  assert.match(second.err, new RegExp(`process ${daemon.pid}`));

  const token = await done(t, root, "serve", "--token-for", "wang");
  assert.match(token.out, /^wb_[\w-]{43}\n$/);
  const nobody = await done(t, root, "serve", "--token-for", "root");
  assert.equal(nobody.code, 2);
  assert.match(nobody.err, /known: wang/);

  daemon.kill("SIGTERM");
  assert.equal(await daemon.code, 0, daemon.err());
  const after = await done(t, root, "status");
  assert.match(after.out, /No daemon runs/);
});

test("status speaks the book's language when nobody asks for another, through the daemon too", async (t) => {
  const root = bookFolder(t, { "watchbook.yaml": `${CONFIG.replace(/^lang:.*$/m, "")}\nlang: zh\ninterval: 1s\n` });
  const daemon = wb(t, root, "serve", "--listen", "127.0.0.1:0", "--json");
  const { url } = JSON.parse(await until("an address", () => daemon.out().includes("\n") && daemon.out()));
  rmSync(join(root, "beacon"));
  await until("red", async () => (await ask(url, "/api/v1/status")).json.checks.fail === 1);
  const status = start(t, root, ["status"]);
  assert.equal(await status.code, 3, status.err());
  assert.match(status.out(), /不合格/);
  assert.doesNotMatch(status.out(), /has failed|Look in the manual/);
  daemon.kill("SIGTERM");
  assert.equal(await daemon.code, 0);
});

test("a taken port, a wrong address and an open one without a token are one sentence each and exit 2", async (t) => {
  const root = bookFolder(t);
  const daemon = wb(t, bookFolder(t), "serve", "--listen", "127.0.0.1:0", "--json");
  const { url } = JSON.parse(await until("an address", () => daemon.out().includes("\n") && daemon.out()));
  for (const [listen, say] of [
    [new URL(url).host, /is in use by another program/],
    ["nowhere", /is no address to listen on/],
    ["0.0.0.0:0", /no person has a token yet/],
  ] as const) {
    const { code, err } = await done(t, root, "serve", "--listen", listen);
    assert.equal(code, 2, err);
    assert.match(err, say);
    assert.equal(err.trim().split("\n").length, 2, err);
  }
  const gone = await done(t, join(root, "nowhere"), "serve");
  assert.equal(gone.code, 2);
  assert.match(gone.err, /does not exist/);
  assert.ok(!existsSync(join(root, "nowhere")));
});
