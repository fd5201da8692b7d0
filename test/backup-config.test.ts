// What watchbook.yaml says of hours, alarms, second places and of restoring over what is in use.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withBackups } from "../src/book/compile/backup-runbooks.ts";
import { readConfig } from "../src/book/config/read.ts";

const read = (...lines: readonly string[]) => {
  const text = [
    "backups:",
    "  shop:",
    "    into: /sets",
    "    parts: { files: { kind: files, path: /data } }",
    ...lines,
  ];
  const { config, findings } = readConfig("watchbook.yaml", `${text.join("\n")}\n`);
  return { backup: config.backups[0], found: findings.map(({ args }) => JSON.stringify(args)).join() };
};
const step = "{ kind: shell, with: { script: 'true' } }";

test("hours, alarms and names become data", () => {
  const { backup, found } = read(
    '    window: "23:00-05:00"',
    "    at: '01:00'",
    "    alarm: { age: 2d, shrink: 30%, unchanged: 7d }",
    "    also: [{ name: nas, folder: /nas }, { rsync: 'b@c:/d' }]",
    "    restore:",
    "      over:",
    `        stop: { app: ${step}, db: ${step} }`,
    `        start: { db: ${step}, app: ${step} }`,
    "        paths: { files: /data }",
    "        approval: { roles: [ops], quorum: 2 }",
  );
  assert.equal(found, "");
  assert.deepEqual(backup!.window, { from: "23:00", to: "05:00" });
  assert.deepEqual(backup!.alarm, { ageMs: 172_800_000, shrink: 0.3, unchangedMs: 604_800_000 });
  assert.deepEqual(
    backup!.also!.map(({ name }) => name),
    ["nas", undefined],
  );
  const { stop, start, paths, approval } = backup!.restore.over!;
  assert.deepEqual(
    [stop, start].map((steps) => steps.map(({ id }) => id)),
    [
      ["app", "db"],
      ["db", "app"],
    ],
  );
  assert.deepEqual(paths, { files: "/data" });
  assert.deepEqual(approval, { roles: ["ops"], quorum: 2 });
  assert.equal(read("    alarm: false").backup!.alarm, false);
});

test("runbooks of one backup have names of their own, whatever its title", () => {
  const titles = (...lines: readonly string[]) =>
    withBackups([], [], [read(...lines).backup!]).runbooks.map(({ title }) => title);
  assert.deepEqual(titles("    title: Orders", "    keep: { copies: 2 }", "    also: [{ folder: /nas }]"), [
    ...["backup Orders", "restore Orders", "examine-copies Orders", "examine Orders", "prune Orders"],
  ]);
  assert.deepEqual(titles(), ["backup-shop", "restore-shop", "examine-shop"]);
});

test("what contradicts itself is told: a time outside of its hours, a stop that nothing undoes, a part that is none, a name twice", () => {
  const over = (...lines: readonly string[]) => read("    restore:", "      over:", ...lines).found;
  const pair = [`        stop: { app: ${step} }`, `        start: { app: ${step} }`];
  assert.match(read('    window: "01:00-05:00"', "    at: '05:00'").found, /at ∈ window/);
  assert.equal(read('    window: "01:00-05:00"', "    at: 'sun 04:59'").found, "");
  assert.match(over(`        stop: { app: ${step}, db: ${step} }`, pair[1]!), /start/);
  assert.match(over("        stop: {}", "        start: {}"), /start/);
  assert.match(over(...pair, "        paths: { db: /var/lib/db }"), /PART/);
  assert.equal(over(...pair), "");
  assert.match(read("    also: [{ name: a, folder: /a }, { name: a, folder: /b }]").found, /nas-2/);
  assert.match(read('    window: "1-5"').found, /01:00-05:00/);
});
