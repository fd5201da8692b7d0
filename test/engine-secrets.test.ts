import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { z } from "zod";
import { inspect } from "../src/engine/inspect.ts";
import { defineCheck } from "../src/model/check.ts";
import { judge } from "../src/model/judge.ts";
import { redact } from "../src/model/redact.ts";
import { openStore } from "../src/store/sqlite.ts";
import { folder } from "./kit/folder.ts";
import { check, duty, given, house, item, opened, TestClock } from "./kit/inspection.ts";

const HIDDEN = "•••";

test("what looks like a secret is hidden in somebody else's text, whatever writes it", () => {
  const cases: readonly (readonly [given: string, clean: string])[] = [
    ["DB_PASSWORD=hunter2 next", `DB_PASSWORD=${HIDDEN} next`],
    ['{"token": "a b c", "n": 1}', `{"token": ${HIDDEN}, "n": 1}`],
    ["api-key: 'x y'; rest", `api-key: ${HIDDEN}; rest`],
    ["Authorization: Bearer abc.def-ghi", `Authorization: Bearer ${HIDDEN}`],
    ["postgres://app:pw@db:5432/x", `postgres://app:${HIDDEN}@db:5432/x`],
    ["mysql --password hunter2 -h db", `mysql --password ${HIDDEN} -h db`],
    ["密码：hunter2", `密码：${HIDDEN}`],
    ["-----BEGIN PRIVATE KEY-----\nMC4CAQ\n", HIDDEN],
    ["a known value: correct horse", `a known value: ${HIDDEN}`],
  ];
  for (const [given, clean] of cases) assert.equal(redact(given, ["correct horse"]), clean);
});

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1g";

test("a signed token is hidden wherever in a word it begins", () => {
  const cases: readonly (readonly [given: string, clean: string])[] = [
    [JWT, HIDDEN],
    [`jwt=${JWT}; next`, `jwt=${HIDDEN}; next`],
    [`session-${JWT} a ${JWT}`, `session-${HIDDEN} a ${HIDDEN}`],
    [`-eyJ-${JWT}`, `-${HIDDEN}`],
    [`www.example.org.${JWT}`, `www.example.org.${HIDDEN}`],
    [`/${JWT}/${JWT}`, `/${HIDDEN}/${HIDDEN}`],
  ];
  for (const [given, clean] of cases) assert.equal(redact(given), clean);
  for (const text of ["eyJ", "eyJhbGciOiJIUzI1NiJ9", "keyJar.of-the-kitchen.shelf-two", "-eyJ.a.b"])
    assert.equal(redact(text), text);
});

/** What some form begins to match again and again, and never does; or does each time. */
const PIECES = [
  ...["-eyJ", ".eyJ", "eyJ", "eyJaaaaaaaaaa.", "-eyJaaaaaaaaaa.aaaaaaaaa.", "a-", "a.", "aaaaaaaaaaaaa."],
  ...["Bearer ", "Basic    ", "Bearer a", "bearer  aaaaaaaa", "-----BEGIN ", "-----BEGIN A", "-----BEGIN PRIVATE KEY"],
  ...["password", "password=", 'password="', "passwords'", "token: ", "--token ", "--secret -", "\u5bc6\u7801\uff1a"],
  ...[
    "://",
    "://:",
    "://a:",
    "://a:b",
    "://a:b@",
    ":",
    "AKIA",
    "AKIAAAAAAAAAAAAAAAAA",
    "ghp_",
    "xoxb-",
    "xoxb-a ",
    " ",
  ],
];

/** Milliseconds of CPU time, so that the load of others does not count. */
function took(text: string): number {
  const before = process.cpuUsage();
  redact(text);
  return Math.round(process.cpuUsage(before).user / 1000);
}

test("no hostile megabyte keeps the redactor busy", () => {
  for (const piece of PIECES)
    for (const text of [piece.repeat(1_000_000 / piece.length), ` ${piece}`.repeat(1_000_000 / (piece.length + 1))]) {
      // A tenth of it on an idle machine; what seems too slow is looked at once more.
      const ms = took(text);
      assert.ok(ms < 600 || took(text) < 600, `${JSON.stringify(piece)} took ${ms} ms`);
    }
});

test("ordinary text stays, and short values do not tear it to pieces", () => {
  for (const text of ["GET /token/list 200", "ntp: 3 peers, 12:30:00", "user@host:/srv/data", "password changed"])
    assert.equal(redact(text, ["a", "12"]), text);
});

/** A probe that tells what it should keep to itself. */
const talks = defineCheck({
  kind: "talks",
  params: z.object({}),
  run: async (_, context) => {
    const value = await context.secret("env:TOKEN");
    const said = `the server said ${value} and password=hunter2`;
    return { kind: "state", outcome: "fail", reason: "command-exit", args: { error: said }, facts: { output: said } };
  },
});

test("a secret that a probe meets gets into no file: not state, evidence, report or its twin", async (t) => {
  const root = folder(t);
  const data = join(root, ".watchbook");
  const store = await openStore(join(data, "state.db"));
  t.after(() => store[Symbol.asyncDispose]());
  const real = house(data, store, new TestClock("2026-11-20T08:33:00Z"), [talks]);
  const open = opened(root, {
    checks: [check("c", {}, { kind: "talks" })],
    duties: [duty([item("Ask the server", ["c"])])],
  });
  const result = await inspect({ ...real, secret: () => Promise.resolve("correct-horse") }, open, "daily", {
    by: "lin",
    signal: new AbortController().signal,
  });
  assert.equal(result.inspection.items[0]?.outcome, "fail");
  assert.match(String(result.inspection.items[0].readings[0]?.facts["output"]), /the server said ••• and password=•••/);
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.ok(files.length > 8);
  for (const { parentPath, name } of files) {
    const content = readFileSync(join(parentPath, name), "latin1");
    for (const secret of ["correct-horse", "hunter2"]) assert.ok(!content.includes(secret), `${name} has ${secret}`);
  }
});

test("bands without a limit judge nothing, and where only normal is known, what is not normal is a warning", async (t) => {
  assert.equal(judge(99, { bad: "above" }).outcome, "unknown");
  assert.equal(judge(99, { bad: "above", normal: 50 }).outcome, "warn");
  assert.equal(judge(10, { bad: "below", normal: 50 }).outcome, "warn");
  assert.equal(judge(49, { bad: "above", normal: 50 }).outcome, "pass");
  const root = folder(t);
  const data = join(root, ".watchbook");
  const store = await openStore(join(data, "state.db"));
  t.after(() => store[Symbol.asyncDispose]());
  const open = opened(root, {
    checks: [check("c", { value: 99 }, { bands: { bad: "above" } })],
    duties: [duty([item("Look", ["c"])])],
  });
  const result = await inspect(house(data, store, new TestClock("2026-11-20T08:33:00Z"), [given]), open, "daily", {
    by: "lin",
    signal: new AbortController().signal,
  });
  const [reading] = result.inspection.items[0]!.readings;
  assert.deepEqual([reading?.outcome, reading?.reason, reading?.value], ["unknown", "no-bands", 99]);
});
