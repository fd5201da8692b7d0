import assert from "node:assert/strict";
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, release, totalmem } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ReachError, type Reach } from "../src/model/target.ts";
import { contextOf, folder, here, measure, said } from "./suites/check-context.ts";

test("machine: below a floor it says both values, numbers are compared as numbers [H-012 H-013 H-014 H-018]", async (t) => {
  const context = contextOf(await here(t));
  const enough = { cpus: 1, memory: totalmem(), disk: "1 MB", kernel: "2.6.32" };
  assert.equal(said(await measure("machine", enough, context)), "pass machine-enough");
  const found = await measure("machine", { cpus: 9_999, memory: "900 TB", disk: "1 KB", kernel: "99.1" }, context);
  assert.equal(said(found), "fail machine-less");
  const detail = String(found.kind === "state" && found.args?.["detail"]);
  assert.match(
    detail,
    new RegExp(`^cpus ${availableParallelism()} < 9999; memory .* < 900 TB; kernel ${release().split("-")[0]} < 99.1$`),
  );
});

/** A machine whose files say what another one's would. */
const machine = (files: Readonly<Record<string, string>>): Reach => ({
  target: "m",
  exec: () => Promise.resolve({ end: { kind: "exit", code: 0 }, out: " 8:1\n", err: "", truncated: false }),
  read: (path) =>
    path in files ? Promise.resolve(Buffer.from(files[path]!)) : Promise.reject(new ReachError("absent", path)),
  stat: () => Promise.reject(new ReachError("absent", "")),
  list: () => Promise.resolve(["eth0", "lo"]),
  space: () => Promise.resolve({ size: 1e11, free: 0, available: 0 }),
  [Symbol.asyncDispose]: () => Promise.resolve(),
});

test("machine: a turning disk, a slow link and another system are less; what says nothing is unknown [H-012 H-015 H-018]", async () => {
  const files = {
    "/sys/dev/block/8:1/../queue/rotational": "1\n",
    "/sys/class/net/eth0/speed": "100\n",
    "/etc/os-release": 'ID="ubuntu"\nVERSION_ID="20.04"\n',
  };
  const ask = async (params: object, given: Readonly<Record<string, string>> = files) =>
    said(await measure("machine", params, contextOf(machine(given))));
  assert.equal(await ask({ solid: true }), "fail machine-less");
  assert.equal(await ask({ solid: true }, { "/sys/dev/block/8:1/queue/rotational": "0\n" }), "pass machine-enough");
  assert.equal(await ask({ solid: true }, {}), "unknown absent");
  assert.equal(await ask({ link: 1_000 }), "fail machine-less");
  assert.equal(await ask({ link: 100 }), "pass machine-enough");
  assert.equal(await ask({ link: 100 }, { "/sys/class/net/eth0/speed": "-1\n" }), "unknown absent");
  assert.equal(await ask({ systems: { ubuntu: "22.04", debian: "12" } }), "fail machine-less");
  assert.equal(await ask({ systems: { ubuntu: "20.04" } }), "pass machine-enough");
  assert.equal(await ask({ disk: "110 GB" }), "pass machine-enough");
  assert.equal(await ask({ disk: "120 GB" }), "fail machine-less");
});

test("permissions: every wrong row is named with what is and what must be [M-050 M-051]", async (t) => {
  const room = folder(t);
  const at = (name: string): string => join(room, name);
  writeFileSync(at("key"), "x");
  chmodSync(at("key"), 0o644);
  mkdirSync(at("data"));
  chmodSync(at("data"), 0o750);
  symlinkSync("nowhere", at("dangling"));
  const context = contextOf(await here(t));
  const owner = process.getuid!();
  const right = [
    { path: at("key"), kind: "file", owner, mode: "0644" },
    { path: at("data"), kind: "directory", maxMode: "0755", below: true },
    { path: at("none"), mode: "0600", optional: true },
  ];
  const passed = await measure("permissions", { paths: right }, context);
  assert.equal(said(passed), "pass permissions-right");
  const wrong = [
    ...right,
    { path: at("key"), mode: "0600" },
    { path: at("data"), owner: 2_000, group: 2_000 },
    { path: at("none"), mode: "0600" },
    { path: at("dangling"), kind: "file" },
  ];
  const found = await measure("permissions", { paths: wrong }, context);
  assert.equal(said(found), "fail permissions-wrong");
  const group = process.getgid!();
  assert.deepEqual(found.kind === "state" && found.args, {
    count: 4,
    detail: [
      `${at("key")}: file ${owner}:${group} 0644 → 0600`,
      `${at("data")}: directory ${owner}:${group} 0750 → 2000:2000`,
      `${at("none")}: - → 0600`,
      `${at("dangling")}: - → file`,
    ].join("; "),
  });
  assert.equal(found.facts?.["failed"], 4);
});

test("permissions: one file of another owner below a directory is found; a name that nobody has is unknown [M-050]", async (t) => {
  const room = folder(t);
  const [deep, stray] = [join(room, "a"), join(room, "a/b")];
  mkdirSync(deep);
  writeFileSync(stray, "");
  chmodSync(stray, 0o666);
  const context = contextOf(await here(t));
  const row = { path: room, owner: process.getuid!(), maxMode: "0755", below: true };
  const found = await measure("permissions", { paths: [row] }, context);
  assert.equal(found.kind === "state" && found.args?.["detail"], `${stray} → ${process.getuid!()}:* ≤0755`);
  chmodSync(stray, 0o644);
  assert.equal(said(await measure("permissions", { paths: [row] }, context)), "pass permissions-right");
  if (process.getuid!() === 0) {
    chownSync(stray, 65_534, 65_534);
    assert.equal(said(await measure("permissions", { paths: [row] }, context)), "fail permissions-wrong");
  }
  const nobody = [{ path: room, owner: "no-such-user-here" }];
  assert.equal(said(await measure("permissions", { paths: nobody }, context)), "unknown absent");
});
