import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { knownHosts } from "../src/kinds/targets/ssh/known-hosts.ts";
import { unchanged } from "../src/kinds/targets/ssh/unchanged.ts";
import { folder } from "./suites/check-context.ts";

test("ssh files: what is made of one is made again when it changes, goes or comes, and only then", (t) => {
  const path = join(folder(t), "file");
  let made = 0;
  const text = (): string => unchanged("text", path, (bytes) => ((made += 1), bytes.toString()));
  assert.deepEqual([text(), text(), made], ["", "", 1]);
  writeFileSync(path, "one");
  assert.deepEqual([text(), text(), made], ["one", "one", 2]);
  // As long as before, and put in its place as an editor does.
  writeFileSync(`${path}.new`, "two");
  renameSync(`${path}.new`, path);
  assert.deepEqual([text(), text(), made], ["two", "two", 3]);
  assert.equal(
    unchanged("length", path, (bytes) => bytes.length),
    3,
  );
  rmSync(path);
  assert.deepEqual([text(), made], ["", 4]);
  mkdirSync(path);
  assert.deepEqual([text(), text(), made], ["", "", 5]);
});

test("ssh files: a path that leads nowhere has no bytes either", (t) => {
  const root = folder(t);
  symlinkSync("loop", join(root, "loop"));
  for (const path of [join(root, "loop"), join(root, "x".repeat(300))])
    assert.equal(
      unchanged("length", path, (bytes) => bytes.length),
      0,
    );
});

test("known hosts: read once, each host has its own lines and those of every pattern that is about it", () => {
  const key = (name: string): string => Buffer.from(name).toString("base64");
  const known = knownHosts(
    [
      `web1,WEB2 ssh-ed25519 ${key("one")}`,
      `web1 ssh-rsa ${key("two")}`,
      `*.shop,!old.shop ecdsa ${key("three")}`,
      `web?,bare ssh-dss ${key("four")}`,
      `@revoked web1 ssh-rsa ${key("gone")}`,
      `@cert-authority * ssh-ed25519 ${key("ca")}`,
    ].join("\n"),
  );
  const types = (name: string): readonly string[] => known(name).types.toSorted();
  assert.deepEqual(types("web1"), ["ssh-dss", "ssh-ed25519", "ssh-rsa"]);
  assert.deepEqual([types("web2"), types("Web2")], [types("web2"), ["ssh-dss", "ssh-ed25519"]]);
  assert.deepEqual([types("a.shop"), types("old.shop"), types("bare")], [["ecdsa"], [], ["ssh-dss"]]);
  const judged = (name: string, type: string, said: string): string => known(name).judge(type, Buffer.from(said));
  assert.deepEqual(
    [judged("web1", "ssh-rsa", "two"), judged("web1", "ssh-rsa", "gone"), judged("web2", "ssh-rsa", "two")],
    ["known", "changed", "changed"],
  );
  assert.deepEqual([judged("none", "ssh-rsa", "two"), known("none").authority], ["unknown", true]);
});
