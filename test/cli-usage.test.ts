import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { makeHouse } from "../src/cli/house.ts";
import { run } from "../src/cli/dispatch.ts";
import { verbs } from "../src/cli/verbs.ts";
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
    [/Option --lang stands where a verb belongs/, "--lang", "en", "status"],
    [/Option --json stands where a verb belongs/, "--json", "lint", root],
    [/no verb “nope”/, "help", "nope"],
    [/no language “fr”/, "lint", root, "--lang", "fr"],
    [/is no folder/, "inspect", "--book", file],
    [/is no folder/, "inspect", "--book", root, "--data", file],
    [/does not exist/, "evidence", "log", "--book", join(root, "none")],
    [/cannot be written \(it is a folder, EISDIR\)/, "lint", root, "-o", root],
    [/cannot be written \(.*no folder, ENOTDIR\)/, "init", join(file, "new"), "--template", "plain", "--yes"],
    [/has nobody called|no person/i, "serve", "--book", root, "--token-for", "nobody"],
  ];
  for (const [says, ...argv] of cases) {
    const world = worldIn(root);
    assert.equal(await run(argv, world), 2, argv.join(" "));
    assert.match(world.said.stderr, says, argv.join(" "));
    assert.match(world.said.stderr, /^error: [^\n]+\n {2}[^\n]+\n$/, argv.join(" "));
  }
});

test("words that a verb has no use for are refused by name, by every verb, and nothing is made", async (t) => {
  const root = book(t);
  const cases: readonly (readonly [extra: string, ...argv: string[]])[] = [
    ["weekly, monthly", "inspect", "daily", "weekly", "monthly"],
    ["now", "serve", "now"],
    ["please", "status", "please"],
    ["two", "init", join(root, "one"), "two", "--yes"],
    ["b", "demo", "silktalk", "b"],
    ["c", "show", "duties", "c"],
    ["x", "evidence", "log", "x"],
    ["y", "run", "SOP-01", "y"],
    ["z", "runs", "show", "last", "z"],
    ["m", "backup", "list", "shop", "m"],
    ["n", "restore", "shop", "n"],
    ["o", "drill", "SOP-01", "o"],
    ["q", "target", "enroll", "web", "q"],
    ["r", "slo", "report", "r"],
    ["w", "onboard", "w"],
    ["x", "heartbeat", "backup", "x"],
    ["s", "channel", "test", "ops", "s"],
    ["t", "who", "main", "t"],
    ["u", "rota", "override", "main", "wei", "u"],
    ["v", "tonight", "v"],
    ["x", "gap", "list", "x"],
    ["w", "handover", "page.md", "w"],
    ["d", "alerts", "show", "3f9c", "d"],
    ["e", "why", "3f9c", "e"],
    ["f", "render", "all", "f"],
    ["g", "account", "list", "g"],
    ["h", "session", "list", "h"],
    ["i", "audit", "list", "i"],
    ["j", "incident", "list", "j"],
    ["k", "problem", "list", "k"],
    ["show", "help", "lint", "show"],
  ];
  for (const [extra, ...argv] of cases) {
    const world = worldIn(root);
    assert.equal(await run(argv, world), 2, argv.join(" "));
    assert.match(world.said.stderr, new RegExp(`^error: .*${extra}`), argv.join(" "));
  }
  assert.deepEqual(readdirSync(root), ["daily.md"]);
  const called = new Set(cases.map(([, verb]) => verb));
  // `lint` takes any number of paths; those that are not there are said one by one.
  for (const verb of Object.keys(verbs)) assert.ok(called.has(verb) || verb === "lint", verb);
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

test("what a library or the system says is said in the reader's language, and in a form where that needs none", async (t) => {
  const said = async (lang: string, yaml: string, ...argv: readonly string[]): Promise<string> => {
    const root = book(t);
    writeFileSync(join(root, "watchbook.yaml"), yaml);
    const world = worldIn(root);
    await run([...(argv.length === 0 ? ["lint"] : argv), "--lang", lang], world);
    return world.said.stdout + world.said.stderr;
  };
  const params =
    "checks:\n  a: { kind: tcp, params: { address: nowhere } }\n  b: { kind: connections, params: { port: 0 } }\n";
  const broken = 'title: "x\n';
  const zh = [
    [await said("zh", broken), /少了收尾的符号/],
    [await said("zh", "title: a: b\n"), /第二个“: ”/],
    [await said("zh", "interval: 1s\ntitle: 3\n"), /请写成："…"/],
    [await said("zh", params), /主机:端口[^]*≥ 1/],
    [await said("zh", "", "lint", "-o", "/"), /它是目录，EISDIR/],
  ] as const;
  for (const [text, right] of zh) {
    assert.match(text, right);
    assert.doesNotMatch(
      text,
      /Too (?:small|big)|Invalid|expected|must |no such file|Nested mappings|Missing|Flow|issue:|yaml:[A-Z]/,
    );
  }
  assert.match(await said("en", broken), /a closing sign/);
  assert.match(await said("en", params), /port does not fit kind connections \(≥ 1\)/);
});

test("show --json tells places as file and line, as lint does, however deep they lie", async (t) => {
  const root = book(
    t,
    `${BOOK}\n## Restart\n\n1. Look: \`uptime\`\n2. Restart it:\n\n\`\`\`sh\nsystemctl restart beacon\n\`\`\`\n`,
  );
  for (const what of ["coverage", "index", "services", "duties", "rota", "daily-inspection", "daily.md"]) {
    const world = worldIn(root);
    assert.equal(await run(["show", what, "--json"], world), 0, world.said.stderr);
    assert.doesNotMatch(world.said.stdout, /"source"/, what);
  }
  const world = worldIn(root);
  await run(["show", "daily-inspection", "--json"], world);
  const duty = JSON.parse(world.said.stdout);
  assert.deepEqual([duty.file, duty.line], ["daily.md", 5]);
  assert.deepEqual([duty.items[0].file, duty.items[0].line], ["daily.md", 5]);
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
