// The check kind `redis` against servers of the test's own.
import assert from "node:assert/strict";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { test, type TestContext } from "node:test";
import { WatchbookError } from "../../src/model/error.ts";
import { folder } from "../kit/folder.ts";
import { freePort } from "../kit/port.ts";
import { until } from "../kit/until.ts";
import { contextOf, here, measure, said } from "../suites/check-context.ts";
import { needs } from "./needs.ts";

const PASSWORD = "a pass'word";
const cli = (port: number, ...words: readonly string[]): string =>
  execFileSync("redis-cli", ["--no-auth-warning", "-p", `${port}`, ...words], {
    encoding: "utf8",
    env: { ...process.env, REDISCLI_AUTH: PASSWORD },
  }).trim();

async function server(
  t: TestContext,
  ...options: readonly string[]
): Promise<{ port: number; child: ChildProcess; room: string }> {
  const port = await freePort();
  const room = folder(t);
  const own = ["--bind", "127.0.0.1", "--port", `${port}`, "--requirepass", PASSWORD, "--save", "", "--dir", room];
  const child = spawn("redis-server", [...own, ...options], { stdio: "ignore" });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  t.after(async () => {
    child.kill("SIGCONT");
    child.kill("SIGKILL");
    await gone;
  });
  await until(() => {
    try {
      return cli(port, "PING") === "PONG";
    } catch {
      return false;
    }
  }, "redis does not come up");
  return { port, child, room };
}

const secret = (reference: string): Promise<string> =>
  reference === "cache"
    ? Promise.resolve(PASSWORD)
    : Promise.reject(new WatchbookError("SECRET-MISSING", { reference }));
const connect = (port: number, of = "cache") => ({ connect: { host: "127.0.0.1", port, password: { secret: of } } });

test("redis: memory, role, link and what is kept, each with its own words; a refused one is unknown", async (t) => {
  if (!needs(t, "redis-server", "redis-cli")) return;
  const reach = await here(t);
  const context = contextOf(reach, { secret });
  const { port, child, room } = await server(t, "--maxmemory", "10mb");
  const used = await measure("redis", { ...connect(port), role: "master" }, context);
  assert.ok(used.kind === "value" && used.value > 5 && used.value < 50 && used.unit === "%", JSON.stringify(used));
  assert.equal(used.facts?.["limit"], 10 * 1_048_576);
  assert.equal(said(await measure("redis", { ...connect(port), role: "replica" }, context)), "fail redis-role");
  assert.equal(said(await measure("redis", connect(port, "none"), context)), "unknown secret-missing");
  const wrong = contextOf(reach, { secret: () => Promise.resolve("another") });
  assert.equal(said(await measure("redis", connect(port), wrong)), "unknown no-permission");
  assert.equal(
    said(await measure("redis", { connect: { host: "127.0.0.1", port } }, context)),
    "unknown no-permission",
  );
  const denied = { ...connect(port), client: ["no-such-client"] };
  assert.equal(said(await measure("redis", denied, context)), "unknown command-missing");

  // A snapshot that cannot be written.
  rmSync(room, { recursive: true });
  cli(port, "BGSAVE");
  await until(() => cli(port, "INFO", "persistence").includes("rdb_last_bgsave_status:err"), "BGSAVE goes well");
  assert.equal(said(await measure("redis", connect(port), context)), "fail redis-unkept");
  mkdirSync(room);
  chmodSync(room, 0o777);

  child.kill("SIGSTOP");
  assert.equal(said(await measure("redis", { ...connect(port), within: 1 }, context)), "fail redis-slow");
  child.kill("SIGCONT");
  assert.equal(said(await measure("redis", connect(await freePort()), context)), "fail redis-down");
});

test("redis: a replica whose master died has failed, whatever its memory", async (t) => {
  if (!needs(t, "redis-server", "redis-cli")) return;
  const context = contextOf(await here(t), { secret });
  const master = await server(t, "--repl-diskless-sync-delay", "0");
  const replica = await server(t, "--masterauth", PASSWORD, "--replicaof", "127.0.0.1", `${master.port}`);
  const ask = async () => said(await measure("redis", { ...connect(replica.port), role: "replica" }, context));
  await until(() => cli(replica.port, "INFO", "replication").includes("master_link_status:up"), "no link");
  assert.equal(await ask(), "value");
  master.child.kill("SIGKILL");
  await until(() => cli(replica.port, "INFO", "replication").includes("master_link_status:down"), "the link stays");
  assert.equal(await ask(), "fail redis-link");
});
