// Items that were left open are answered afterwards, without measuring again: here, and through a daemon.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { begin, cli } from "../kit/cli.ts";
import { folder } from "../kit/folder.ts";
import { until } from "../kit/wb.ts";

const MANUAL = `# Beacon

## Daily inspection

- [ ] Check memory
- [ ] The fan sounds healthy
- [ ] The door is locked

| metric | normal | warning | critical |
| --- | --- | --- | --- |
| memory usage | < 97% | 98% | 99% |
`;

function book(t: TestContext): string {
  const root = folder(t);
  writeFileSync(join(root, "ops.md"), MANUAL);
  return root;
}

const outcomes = (out: string) => JSON.parse(out).items.map((item: { outcome: string }) => item.outcome);

test("inspect --answer judges what was left open: exit codes, report, evidence, and nothing measured again", async (t) => {
  const root = book(t);
  const early = await cli(t, ["inspect", "daily", "--answer", "fan=pass"], root);
  assert.equal(early.code, 2);
  assert.match(early.err, /has not been done in this period.*\n.*watchbook inspect daily/);
  assert.equal(existsSync(join(root, ".watchbook")), false);

  const first = await cli(t, ["inspect", "--no-ask"], root);
  assert.equal(first.code, 5);
  assert.match(first.out, /Still open: 2\. Answer: watchbook inspect daily-inspection --open/);
  const some = await cli(
    t,
    ["inspect", "daily", "--answer", "fan=pass", "--note", "quiet", "--by", "li", "--json"],
    root,
  );
  assert.equal(some.code, 5, some.err);
  assert.deepEqual(outcomes(some.out), ["pass", "pass", "open"]);
  const all = await cli(t, ["inspect", "--answer", "The door is locked = pass", "--by", "wang", "--json"], root);
  assert.equal(all.code, 0, all.err);
  const said = JSON.parse(all.out);
  assert.equal(said.verdict, "pass");
  const report = readFileSync(said.report, "utf8");
  assert.match(report, /^## Answers 2: .*by li$/m);
  assert.match(report, /^## Answers 3: .*by wang$/m);
  assert.match(report, /li, \d.*quiet/);
  assert.equal((await cli(t, ["evidence", "verify", said.evidence], root)).code, 0);
  assert.equal((await cli(t, ["evidence", "verify", said.report], root)).code, 3);
  const none = await cli(t, ["inspect", "--answer", "fan=fail"], root);
  assert.equal(none.code, 2);
  assert.match(none.err, /No item of daily-inspection waits/);
});

test("an answer of fail makes the verdict fail, exit 3; what cannot be meant is refused and recorded nowhere", async (t) => {
  const root = book(t);
  await cli(t, ["inspect", "--no-ask"], root);
  const cases: readonly (readonly [RegExp, ...string[]])[] = [
    [/“fan” is no answer/, "--answer", "fan"],
    [/“fan=maybe” is no answer/, "--answer", "fan=maybe"],
    [/“=pass” is no answer/, "--answer", "=pass"],
    [/No item is called “roof”[^]*The fan sounds healthy, The door is locked/, "--answer", "roof=pass"],
    [/more than one item/, "--answer", "the =pass"],
    [/is not open/, "--answer", "Check memory=pass"],
    [/answered twice/, "--answer", "fan=pass", "--answer", "fan=fail"],
    [/belongs to an answer/, "--note", "quiet"],
    [/do not go together/, "--answer", "fan=pass", "--open"],
    [/no terminal to ask on[^]*The fan sounds healthy/, "--open"],
    [/present period/, "--answer", "fan=pass", "--period", "2001-01-01"],
  ];
  for (const [why, ...words] of cases) {
    const { code, err } = await cli(t, ["inspect", ...words], root);
    assert.equal(code, 2, `${words.join(" ")}: ${err}`);
    assert.match(err, why);
  }
  const failed = await cli(t, ["inspect", "--answer", "door=fail", "--answer", "fan=skip"], root);
  assert.equal(failed.code, 3);
  assert.match(failed.out, /✗ failed +The door is locked/);
});

test("a daemon that owns the data takes the answers; its status waits for nobody any more", async (t) => {
  const root = book(t);
  const daemon = begin(t, ["serve", "--listen", "127.0.0.1:0"], root);
  t.after(async () => {
    daemon.child.kill("SIGTERM");
    await daemon.ended;
  });
  await until("an address", 30, () => daemon.said.err.includes("http://"));
  assert.equal((await cli(t, ["inspect", "--no-ask"], root)).code, 5);
  const waiting = await cli(t, ["status"], root);
  assert.equal(waiting.code, 5, waiting.out);
  assert.match(waiting.out, /watchbook inspect --book \S+ daily-inspection --open/);
  const answers = ["--answer", "door=pass", "--answer", "fan=pass"];
  const done = await cli(t, ["inspect", "daily", ...answers, "--by", "li", "--json"], root);
  assert.equal(done.code, 0, done.err);
  assert.deepEqual(outcomes(done.out), ["pass", "pass", "pass"]);
  assert.equal((await cli(t, ["status"], root)).code, 0);
  const again = await cli(t, ["inspect", ...answers, "--lang", "zh"], root);
  assert.equal(again.code, 2);
  assert.match(again.err, /没有等人确认的条目/);
  const asked = await cli(t, ["inspect", "--open"], root);
  assert.match(asked.err, /No item of/);
});
