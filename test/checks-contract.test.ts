import assert from "node:assert/strict";
import { test } from "node:test";
import { checks } from "../src/kinds/checks/index.ts";
import { everyMsOf, SOON_MS } from "../src/model/check.ts";
import { checkKindSuite, type KindCase } from "./suites/check-kind.ts";

const both = { pidFile: "/run/x.pid", pattern: "x" };

const CASES: readonly KindCase[] = [
  {
    kind: "cpu",
    good: { window: 0.1 },
    bad: [
      [{ window: "5 parsecs" }, "duration"],
      [{ window: "2h" }, "window"],
      [{ processes: {} }, "pid-file-or-pattern"],
    ],
  },
  {
    kind: "memory",
    good: {},
    bad: [
      [{ limit: "lots" }, "size"],
      [{ limit: 0 }, "positive"],
      [{ processes: { pattern: "(" } }, "regex"],
    ],
  },
  {
    kind: "disk",
    good: { path: "/", quota: "1 GB" },
    bad: [
      [{ path: "" }, "path"],
      [{ quota: -1 }, "quota"],
      [{ of: "files" }, "of"],
    ],
  },
  {
    kind: "disk-growth",
    good: { path: "/" },
    bad: [
      [{ jump: 0 }, "jump"],
      [{ jump: 101 }, "jump"],
      [{ window: 0 }, "positive"],
    ],
  },
  {
    kind: "forecast",
    good: { path: "/", ahead: "24h" },
    bad: [
      [{ guard: 101 }, "guard"],
      [{ window: "1m" }, "positive"],
      [{ ahead: 0 }, "positive"],
    ],
  },
  {
    kind: "heartbeat",
    good: { cron: "30 2 * * *", zone: "Asia/Shanghai" },
    bad: [
      [{}, "every-or-cron"],
      [{ every: "1d", cron: "0 2 * * *" }, "every-or-cron"],
      [{ cron: "at two" }, "cron"],
      [{ every: "1d", zone: "Peking" }, "zone"],
    ],
    connects: true,
  },
  {
    kind: "process",
    good: both,
    bad: [
      [{}, "pid-file-or-pattern"],
      [{ pattern: "[" }, "regex"],
      [{ ...both, min: -1 }, "min"],
    ],
    absent: "unknown no-permission",
  },
  {
    kind: "connections",
    good: { port: 4001 },
    bad: [
      [{}, "port"],
      [{ port: 0 }, "port"],
      [{ port: 70_000 }, "port"],
      [{ port: "4001" }, "port"],
    ],
  },
  {
    kind: "tcp",
    good: { address: "127.0.0.1:1" },
    bad: [
      [{}, "address"],
      [{ address: "host" }, "address"],
      [{ address: "host:0" }, "address"],
      [{ address: "a b:1" }, "address"],
    ],
    connects: true,
  },
  {
    kind: "http",
    good: { url: "http://127.0.0.1:1/" },
    bad: [
      [{}, "url"],
      [{ url: "ftp://x/" }, "url"],
      [{ url: "http://me:secret@x/" }, "url-credentials"],
      [{ url: "http://x/", method: "POST" }, "method"],
      [{ url: "http://x/", maxBytes: "1 GB" }, "max-bytes"],
      [{ url: "http://x/", value: { json: "/a", lines: true } }, "one-of"],
      [{ url: "http://x/", json: {} }, "at"],
    ],
    connects: true,
  },
  {
    kind: "prometheus",
    good: { url: "http://127.0.0.1:1", query: "up" },
    bad: [
      [{}, "url"],
      [{ url: "http://x/" }, "query"],
      [{ url: "http://x/", query: " " }, "query"],
      [{ url: "http://me:secret@x/", query: "up" }, "url-credentials"],
      [{ url: "http://x/", query: "up", absent: "0" }, "absent"],
    ],
    connects: true,
  },
  {
    kind: "tls",
    good: { address: "127.0.0.1:1" },
    bad: [
      [{}, "address-or-file"],
      [{ address: "x:1", key: "/k" }, "key-needs-file"],
    ],
    connects: true,
  },
  {
    kind: "evidence",
    good: { of: "SOP-01", maxAge: "15m" },
    bad: [
      [{ of: "SOP-01" }, "maxAge"],
      [{ of: "", maxAge: "15m" }, "of"],
      [{ of: "SOP-01", maxAge: 0 }, "positive"],
    ],
    // It asks what is on record, not the target.
    connects: true,
  },
  {
    kind: "file",
    good: { path: "/x", maxAge: "1d" },
    bad: [
      [{}, "path"],
      [{ path: "/x", mode: "rw" }, "mode"],
      [{ path: [] }, "path"],
    ],
    absent: "fail file-absent",
  },
  {
    kind: "newest",
    good: { directory: "/x" },
    bad: [
      [{}, "directory"],
      [{ directory: "/x", zone: "Mars/North" }, "zone"],
    ],
  },
  {
    kind: "log-errors",
    good: { files: "/x.log" },
    bad: [
      [{}, "files"],
      [{ files: "/x", contains: "a", regex: "b" }, "contains-or-regex"],
      [{ files: "/x", window: 5 }, "window-minute"],
    ],
  },
  {
    kind: "load",
    good: { over: "15m" },
    bad: [
      [{ over: "1h" }, "over"],
      [{ perCpu: "yes" }, "perCpu"],
    ],
  },
  {
    kind: "ping",
    good: { host: "127.0.0.1", count: 1 },
    bad: [
      [{}, "host"],
      [{ host: "-f" }, "host"],
      [{ host: "x", count: 0 }, "count"],
    ],
  },
  {
    kind: "dns",
    good: { name: "a.example", server: "127.0.0.1:1" },
    bad: [
      [{}, "name"],
      [{ name: "a.example", type: "ANY" }, "type"],
    ],
    connects: true,
  },
  {
    kind: "clock",
    good: { server: "127.0.0.1:1" },
    bad: [
      [{ server: "127.0.0.1" }, "address"],
      [{ within: "soon" }, "within"],
    ],
  },
  {
    kind: "watchbook",
    good: { url: "http://127.0.0.1:1", within: 0.2 },
    bad: [
      [{}, "url"],
      [{ url: "ftp://x" }, "url"],
      [{ url: "http://me:secret@x/" }, "url-credentials"],
    ],
    connects: true,
  },
  {
    kind: "workload",
    good: { names: "web" },
    bad: [
      [{ names: [] }, "names"],
      [{ unit: "web" }, "unit"],
    ],
    // It asks the driver of the target, which has a contract of its own.
    connects: true,
  },
  {
    kind: "sql",
    good: { engine: "postgres", statement: "SELECT 1", client: ["no-such-client"] },
    bad: [
      [{ engine: "postgres" }, "statement"],
      [{ engine: "oracle", statement: "SELECT 1" }, "engine"],
      [{ engine: "mysql", statement: "SELECT 1", connect: { password: "pw" } }, "password"],
    ],
  },
  {
    kind: "replication",
    good: { engine: "mysql", client: ["no-such-client"] },
    bad: [
      [{}, "engine"],
      [{ engine: "mysql", silent: "long" }, "silent"],
    ],
  },
  {
    kind: "version",
    good: { argv: ["x", "--version"], min: "2.40" },
    bad: [
      [{ argv: ["x"] }, "min-or-below"],
      [{ argv: ["x"], min: "new" }, "version"],
      [{ min: "1" }, "argv"],
    ],
  },
  {
    kind: "redis",
    good: { connect: { port: 1 } },
    bad: [
      [{ role: "slave" }, "role"],
      [{ connect: { password: "pw" } }, "password"],
      [{ limit: "lots" }, "size"],
    ],
  },
  {
    kind: "container",
    good: { names: "db" },
    bad: [
      [{}, "names-or-project"],
      [{ names: "db", project: "chat" }, "names-or-project"],
      [{ names: "db", services: "db" }, "names-or-project"],
      [{ names: "-f x" }, "name"],
    ],
  },
  {
    kind: "permissions",
    good: { paths: [{ path: "/x", mode: "0600" }] },
    bad: [
      [{ paths: [] }, "paths"],
      [{ paths: [{ path: "/x" }] }, "row-demand"],
      [{ paths: [{ path: "/x", mode: "rw" }] }, "mode"],
    ],
    absent: "fail permissions-wrong",
  },
  {
    kind: "log-fields",
    good: { files: "/x.log", where: { field: ".level", is: ["error"] } },
    bad: [
      [{ files: "/x.log" }, "share-where"],
      [{ files: "/x.log", where: { field: ".status" } }, "is-or-min"],
      [{ files: "/x.log", measure: "quantile" }, "quantile-of"],
      [{ files: "/x.log", measure: "complete" }, "complete-required"],
      [{ files: "/x.log", window: 0, where: { field: ".s", min: 1 } }, "positive"],
    ],
  },
  {
    kind: "machine",
    good: { cpus: 1, kernel: "5.4" },
    bad: [
      [{}, "machine-demand"],
      [{ path: "/" }, "machine-demand"],
      [{ solid: false }, "solid"],
      [{ systems: { ubuntu: "jammy" } }, "version"],
    ],
  },
  {
    kind: "command",
    good: { argv: ["x"], value: { json: "/a" } },
    bad: [
      [{}, "argv"],
      [{ argv: "df -h | grep x" }, "argv"],
      [{ argv: [] }, "argv"],
      [{ argv: ["x"], value: {} }, "one-of"],
    ],
  },
];

for (const each of CASES) checkKindSuite(each);

test("every check kind runs through the contract, and its file is called as it is", () => {
  assert.deepEqual(CASES.map((each) => each.kind).toSorted(), checks.map((each) => each.kind).toSorted());
});

test("what is cheap is read every ten seconds, the rest every minute, unless the book or the check says", () => {
  const soon = checks.filter((kind) => everyMsOf({}, kind) === 10_000).map(({ kind }) => kind);
  const cheap = [
    "dns",
    "file",
    "heartbeat",
    "http",
    "load",
    "memory",
    "process",
    "prometheus",
    "tcp",
    "tls",
    "watchbook",
  ];
  assert.deepEqual(soon.toSorted(), cheap);
  assert.ok(
    checks.every((kind) => kind.light !== true || kind.everyMs === SOON_MS),
    "what only asks is cheap",
  );
  const [tcp, command] = ["tcp", "command"].map((name) => checks.find(({ kind }) => kind === name));
  assert.equal(everyMsOf({}, command), 60_000);
  assert.equal(everyMsOf({}, tcp, 30_000), 30_000);
  assert.equal(everyMsOf({ everyMs: 5_000 }, tcp, 30_000), 5_000);
});
