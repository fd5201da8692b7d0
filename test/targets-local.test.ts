import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { localTarget } from "../src/kinds/targets/local.ts";
import { timed } from "../src/kinds/targets/local/files.ts";
import { ReachError } from "../src/model/target.ts";
import { folder, here } from "./suites/check-context.ts";
import { reachSuite } from "./suites/reach.ts";

reachSuite("local", async (t) => ({ reach: await here(t), directory: folder(t) }));

test("local: relative paths and commands start in the target's directory", async (t) => {
  const directory = folder(t);
  mkdirSync(join(directory, "tools"));
  writeFileSync(join(directory, "tools", "hello"), "#!/bin/sh\necho hello from $PWD\n", { mode: 0o755 });
  writeFileSync(join(directory, "note"), "a note");
  const reach = await here(t, { directory, path: ["tools"], env: { COLOUR: "blue" } });
  assert.equal((await reach.exec(["hello"])).out, `hello from ${directory}\n`);
  assert.equal((await reach.exec(["sh", "-c", "echo $COLOUR"])).out, "blue\n");
  assert.equal(new TextDecoder().decode(await reach.read("note")), "a note");
  assert.deepEqual(await reach.list("tools"), ["hello"]);
});

test("local: commands do not inherit our environment", async (t) => {
  process.env["WATCHBOOK_TEST_SECRET"] = "hunter2";
  t.after(() => delete process.env["WATCHBOOK_TEST_SECRET"]);
  const { out } = await (await here(t)).exec(["env"]);
  const names = out
    .trim()
    .split("\n")
    .map((line) => line.split("=")[0]);
  assert.deepEqual(new Set(names), new Set(["HOME", "LC_ALL", "PATH", "WATCHBOOK_EXEC"]));
});

test("local: a file operation that hangs ends as a time-out", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const hung = timed("/dead/mount", promise, 20);
  await assert.rejects(hung, (error) => error instanceof ReachError && error.reason === "timeout");
  resolve("late");
  assert.equal(await timed("/fine", Promise.resolve("answer"), 5_000), "answer");
});

test("local: a parameter it does not know is refused by name", () => {
  const parsed = localTarget.params.safeParse({ directroy: "/srv" });
  assert.ok(!parsed.success && JSON.stringify(parsed.error.issues).includes("directroy"));
  assert.ok(localTarget.params.safeParse(undefined).success);
});
