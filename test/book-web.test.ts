// Where a line of the manual is read with a browser: only the web, never what somebody signs in with.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceAt, webOf } from "../src/book/read/web.ts";

test("only an origin of the web is one, without name and password", () => {
  assert.equal(webOf("https://wang:s3cret@git.example.org/ops/manual.git"), "https://git.example.org/ops/manual");
  assert.equal(webOf("http://git.example.org:3000/ops/manual/"), "http://git.example.org:3000/ops/manual");
  for (const origin of [
    "git@host.example.org:ops/manual.git",
    "ssh://git@host/manual",
    "notgithub.example.org:ops/manual",
    "/srv/git/manual",
    "javascript:alert(1)",
    "",
  ])
    assert.equal(webOf(origin), undefined, origin);
});

test("of ssh the hosts are believed that show by https what they are asked for", () => {
  for (const [origin, web] of [
    ["git@github.com:ops/manual.git", "https://github.com/ops/manual"],
    ["gitee.com:ops/manual", "https://gitee.com/ops/manual"],
    ["ssh://git@gitlab.lan:2222/team/ops/manual.git", "https://gitlab.lan/team/ops/manual"],
    ["ssh://codeberg.org/ops/manual/", "https://codeberg.org/ops/manual"],
  ] as const)
    assert.equal(webOf(origin), web, origin);
});

test("each host has its own way to a line, and names with signs stay names", () => {
  const at = (host: string): string => sourceAt(`https://${host}/o/r`, "c0ffee", "手册/a b#.md");
  const path = `${encodeURIComponent("手册")}/a%20b%23.md`;
  assert.equal(at("github.com"), `https://github.com/o/r/blob/c0ffee/${path}#L{line}`);
  assert.equal(at("gitlab.lan"), `https://gitlab.lan/o/r/-/blob/c0ffee/${path}#L{line}`);
  assert.equal(at("codeberg.org"), `https://codeberg.org/o/r/src/commit/c0ffee/${path}#L{line}`);
  assert.equal(at("bitbucket.org"), `https://bitbucket.org/o/r/src/c0ffee/${path}#lines-{line}`);
});
