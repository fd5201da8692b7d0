// The backup kind `redis`: snapshots of a server of the test's own.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { backupBench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { until } from "../kit/until.ts";
import { backupSuite, type Source } from "../suites/backup.ts";
import { done, said } from "../suites/step-context.ts";
import { needs } from "./needs.ts";

const TOOLS = ["redis-server", "redis-cli"] as const;
const PASSWORD = "redis pass'word";
const user = process.getuid?.() === 0 ? "nobody" : userInfo().username;

const endings: (() => void | Promise<void>)[] = [];
after(async () => {
  for (const end of endings.toReversed()) await end();
});

const cli = (socket: string, args: readonly string[], password?: string): string =>
  execFileSync("redis-cli", ["--no-auth-warning", "-s", socket, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...(password !== undefined && { REDISCLI_AUTH: password }) },
  }).trim();

async function redis(): Promise<string> {
  const room = folder({ after: (end) => void endings.push(end as () => void) });
  const socket = join(room, "s");
  const options = ["--port", "0", "--unixsocket", socket, "--dir", room, "--save", "", "--databases", "20"];
  // A snapshot by replication is waited for so long.
  options.push("--repl-diskless-sync-delay", "0");
  writeFileSync(join(room, "conf"), `requirepass "${PASSWORD}"\n`, { mode: 0o600 });
  const child = spawn("redis-server", [join(room, "conf"), ...options], { stdio: "ignore" });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  endings.push(async () => {
    child.kill("SIGKILL");
    await gone;
  });
  await until(() => {
    try {
      return cli(socket, ["PING"], PASSWORD) === "PONG";
    } catch {
      return false;
    }
  }, "redis does not come up");
  return socket;
}

let shared: Promise<string> | undefined;
const server = () => (shared ??= redis());
const partOf = (socket: string, more = {}) => ({
  id: "cache",
  kind: "redis",
  with: { connect: { socket, password: { secret: "cache" } }, user, ...more },
});
const secret = () => Promise.resolve(PASSWORD);
let lists = 0;

const lines = (text: string): readonly string[] => (text === "" ? [] : text.split("\n"));

/** Every test has a list of its own, in a database that a server as it is installed would not have. */
async function source(): Promise<Source> {
  const socket = await server();
  const all = ["-n", "18", "LRANGE", `orders-${(lists += 1)}`, "0", "-1"];
  return {
    part: partOf(socket),
    secret,
    add: (what) => void cli(socket, ["-n", "18", "RPUSH", `orders-${lists}`, what], PASSWORD),
    has: () => lines(cli(socket, all, PASSWORD)),
    restored: (outputs) => lines(cli(outputs["CACHE_HOST"]!, all)),
  };
}

backupSuite({ kind: "redis", proves: "", has: (t) => needs(t, ...TOOLS), source });

test("redis: a wrong password and a server that is not there are told apart", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const socket = await server();
  const wrong = await backupBench(t, { parts: [partOf(socket)], secret: () => Promise.resolve("wrong") });
  assert.equal((await wrong.take()).end, "failed backup-password");
  const nowhere = await backupBench(t, { parts: [partOf(`${socket}-not`)], secret });
  assert.equal((await nowhere.take()).end, "unreachable backup-no-connection");
});

test("redis: what is restored has no port, saves nothing, and knows no point but its own; it has no rows", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const bench = await backupBench(t, { parts: [partOf(await server())], secret });
  assert.equal((await bench.take()).end, "ok");
  let seen = "";
  const { end } = await bench.restore({}, ({ outputs }) => {
    seen = ["port", "save", "appendonly"]
      .map((name) => cli(outputs["CACHE_HOST"]!, ["CONFIG", "GET", name]).replaceAll("\n", "="))
      .join(" ");
  });
  assert.equal(end, "ok");
  assert.equal(seen, "port=0 save appendonly=no");
  assert.equal((await bench.restore({ TO: "2099-01-01T00:00:00Z" })).end, "failed restore-no-log");
  const { id: part, kind, with: given } = partOf(await server());
  const rows = {
    set: "shop",
    into: bench.into,
    sudo: false,
    part,
    kind,
    with: given,
    query: "SELECT 1",
    files: "files",
  };
  assert.equal(
    said(await done("backup-rows", rows, bench.context("r20261120-000000-00000000", "rows"))),
    "failed backup-no-rows",
  );
});
