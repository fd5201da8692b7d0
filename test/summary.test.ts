// What the end of `./wb test` says of the tests that were left out.
import assert from "node:assert/strict";
import { run, test } from "node:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import counted, { summary } from "../scripts/summary.ts";
import { folder } from "./kit/folder.ts";

test("what was skipped is counted by reason, the most first, with one line that installs all of it", () => {
  const left = new Map([
    ["needs openssl: apt-get install openssl", 2],
    ["needs root (run as root)", 1],
    ["needs ssh, sshd: apt-get install openssh-client openssh-server", 5],
  ]);
  assert.deepEqual(summary({ passed: 90, failed: 1, left }).split("\n"), [
    "wb: 99 tests: 90 passed, 1 failed, 8 skipped",
    "  5 × needs ssh, sshd: apt-get install openssh-client openssh-server",
    "  2 × needs openssl: apt-get install openssl",
    "  1 × needs root (run as root)",
    "  all of these that a package mends: apt-get install openssh-client openssh-server openssl",
    "",
  ]);
  assert.equal(summary({ passed: 3, failed: 0, left: new Map() }), "wb: 3 tests: 3 passed, 0 failed, 0 skipped\n");
  const files = new Map([
    ["a.test.ts", 9_000],
    ["b.test.ts", 12_400],
    ["c.test.ts", 61_000],
  ]);
  assert.match(
    summary({ passed: 3, failed: 0, left: new Map(), files }),
    /^ {2}longest: c\.test\.ts 61 s, b\.test\.ts 12 s$/m,
  );
});

test("the reporter counts tests and their parts of every file, not the files", async (t) => {
  const root = folder(t);
  const file = join(root, "a.test.mjs");
  writeFileSync(
    file,
    `import { test, describe } from "node:test";
test("whole", async (t) => { await t.test("part", () => {}); });
test("left", (t) => t.skip("needs jq: apt-get install jq"));
describe("suite", () => { test("in it", () => { throw new Error("no"); }); });`,
  );
  // A run inside a run reports nothing unless it believes to be the first.
  const env = process.env["NODE_TEST_CONTEXT"];
  delete process.env["NODE_TEST_CONTEXT"];
  const said: string[] = [];
  for await (const text of counted(run({ files: [file], isolation: "process" }))) said.push(text);
  if (env !== undefined) process.env["NODE_TEST_CONTEXT"] = env;
  assert.equal(
    said.join(""),
    "\nwb: 4 tests: 2 passed, 1 failed, 1 skipped\n  1 × needs jq: apt-get install jq\n  all of these that a package mends: apt-get install jq\n",
  );
});
