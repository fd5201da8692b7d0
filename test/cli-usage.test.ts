import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { makeHouse } from "../src/cli/house.ts";
import { run } from "../src/cli/run.ts";
import { format } from "../src/i18n/format.ts";
import { columns } from "../src/report/columns.ts";
import { openStore } from "../src/store/sqlite.ts";
import { folder } from "./kit/folder.ts";
import { worldIn } from "./kit/world.ts";

const BOOK = "# Daily inspection\n\nFrequency: daily\n\n- [ ] Look at the door\n";

function book(t: TestContext, manual = BOOK): string {
  const root = folder(t);
  writeFileSync(join(root, "daily.md"), manual);
  return root;
}

test("what cannot be meant is one sentence with the next action, exit 2, and no stack", async (t) => {
  const root = book(t);
  const file = join(root, "daily.md");
  const cases: readonly (readonly [says: RegExp, ...argv: string[]])[] = [
    [/stands where a verb belongs/, "--book", root],
    [/no verb “nope”/, "help", "nope"],
    [/no language “fr”/, "lint", root, "--lang", "fr"],
    [/is no folder/, "inspect", "--book", file],
    [/is no folder/, "inspect", "--book", root, "--data", file],
    [/does not exist/, "evidence", "log", "--book", join(root, "none")],
    [/cannot be written \(EISDIR\)/, "lint", root, "-o", root],
    [/cannot be written \(ENOTDIR\)/, "init", join(file, "new"), "--template", "plain", "--yes"],
    [/has nobody called|no person/i, "serve", "--book", root, "--token-for", "nobody"],
  ];
  for (const [says, ...argv] of cases) {
    const world = worldIn(root);
    assert.equal(await run(argv, world), 2, argv.join(" "));
    assert.match(world.said.stderr, says, argv.join(" "));
    assert.match(world.said.stderr, /^error: [^\n]+\n {2}[^\n]+\n$/, argv.join(" "));
  }
});

test("a manual cannot command the terminal: titles, items and file names are shown without control signs", async (t) => {
  const evil = "\u001b[2J\u001b]0;owned\u0007 \u202egnp.exe \u009b31m";
  const root = book(t, BOOK.replace("Daily", `Daily ${evil}`).replace("the door", `the door ${evil}`));
  // oxlint-disable-next-line no-control-regex
  const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
  for (const argv of [
    ["show", "duties"],
    ["show", "index"],
    ["lint", root, "--notes"],
    ["show", `nosuch ${evil}`],
  ]) {
    const world = worldIn(root);
    await run([...argv, "--book", root], world);
    const said = world.said.stdout + world.said.stderr;
    assert.ok(said.length > 0, argv.join(" "));
    assert.doesNotMatch(said, obeyed, argv.join(" "));
  }
  assert.doesNotMatch(format("{a}", { a: evil }) + columns([[evil, evil]]).trimEnd(), obeyed);
});

test("an interrupt is silent, but what else went wrong meanwhile is said", async (t) => {
  const stop = new AbortController();
  stop.abort("SIGINT");
  const world = worldIn(folder(t), stop.signal);
  assert.equal(await run(["lint", "/nonexistent"], world), 130);
  assert.match(world.said.stderr, /does not exist/);
});

test(
  "a secret is a line of a plain file named whole: no device, no folder, nothing relative",
  { timeout: 20_000 },
  async (t) => {
    const root = folder(t);
    writeFileSync(join(root, "token"), "correct-horse\n");
    await using store = await openStore(":memory:");
    const house = await makeHouse({ ...worldIn(root), env: { TOKEN: "t", EMPTY: "" } }, join(root, "data"), store);
    assert.equal(await house.secret(`file:${join(root, "token")}`), "correct-horse");
    assert.equal(await house.secret("env:TOKEN"), "t");
    for (const reference of [
      "file:token",
      "file:/dev/zero",
      `file:${root}`,
      "file:/nonexistent",
      "env:EMPTY",
      "env:NONE",
      "x",
    ])
      await assert.rejects(house.secret(reference), { code: "SECRET-MISSING" }, reference);
  },
);
