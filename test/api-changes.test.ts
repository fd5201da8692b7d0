// What changed, over the API: runs that wrote, with how long an undo took, and revisions of the manual.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "../src/model/time.ts";
import { ask, serving, until } from "./kit/daemon.ts";
import { commitLamp, LAMP, lampBook, ranLamp } from "./kit/lamp-book.ts";

test("changes: runs that wrote and revisions of the manual, newest first; by service, kind and time; one by its id", async (t) => {
  const root = lampBook(t);
  const daemon = await serving(t, root, { clock: systemClock });
  const { socket } = daemon;
  const changes = async (query = "") => (await ask({ socket }, `/api/v1/changes${query}`)).json;
  const [first] = (await changes()).changes;
  assert.deepEqual(
    [first.kind, first.title, first.by, first.book.files, first.book.commits.length],
    ["book", "The manual of the lamps", "Zhao", [], 1],
  );
  await ranLamp(daemon, "SOP-02");
  const green = await ranLamp(daemon, "SOP-01", { colour: "green" });
  const red = await ranLamp(daemon, "SOP-01", { colour: "red" });
  writeFileSync(join(root, "ops.md"), `${LAMP}\nRead this first.\n`);
  commitLamp(root, "<b>Say</b> what to read first", "Li <li@example.org>");
  await until("the new book", async () => (await changes()).changes.length === 4);
  writeFileSync(join(root, "watchbook.yaml"), "title: [\n");
  commitLamp(root, "Broken");
  await until("the refusal", async () => (await changes()).changes.length === 5);

  const all = (await changes()).changes;
  assert.deepEqual(
    all.map(({ kind, title }: { kind: string; title: string }) => [kind, title]),
    [
      ["refused", "Broken"],
      ["book", "<b>Say</b> what to read first"],
      ["release", "SOP-01: Upgrade the lamp"],
      ["release", "SOP-01: Upgrade the lamp"],
      ["book", "The manual of the lamps"],
    ],
    "what only read is none",
  );
  const [refused, taken, undone, done] = all;
  assert.deepEqual(refused.book.files, [{ path: "watchbook.yaml", did: "changed" }]);
  assert.ok(refused.book.errors > 0 && refused.book.commit !== taken.book.commit);
  assert.deepEqual([taken.by, taken.book.files], ["Li", [{ path: "ops.md", did: "changed" }]]);
  assert.deepEqual([done.id, undone.id], [green, red]);
  assert.deepEqual(
    [done.service, done.environment, done.by, done.run.state, done.run.verdict, done.run.targets, done.run.rollback],
    ["lamps", "test", "wang", "done", "pass", ["lamp-1"], null],
  );
  assert.deepEqual(
    [done.run.params, done.run.steps, done.source.file],
    [[{ name: "colour", value: "green" }], 1, "ops.md"],
  );
  assert.equal((await ask({ socket }, `/api/v1/evidence/${done.run.evidence}`)).status, 200);
  assert.deepEqual([undone.run.state, undone.run.verdict, undone.run.rollback.complete], ["undone", "fail", true]);
  assert.ok(undone.run.rollback.seconds > 0);

  const ids = async (query: string) => (await changes(query)).changes.map(({ id }: { id: string }) => id);
  assert.deepEqual(await ids("?service=lamps&environment=test&kind=release"), [red, green]);
  assert.deepEqual(await ids("?service=other"), []);
  assert.deepEqual(await ids("?kind=refused"), [refused.id]);
  assert.deepEqual(await ids(`?from=${undone.began}&to=${undone.at}`), [red]);
  const page = await changes("?limit=2");
  assert.deepEqual(await ids(`?limit=9&before=${page.next}`), [red, green, all[4].id]);
  assert.deepEqual((await ask({ socket }, `/api/v1/changes/${green}`)).json, done);
  assert.deepEqual((await ask({ socket }, `/api/v1/changes/${refused.id}`)).json, refused);
  assert.equal((await ask({ socket }, "/api/v1/changes/book-1000")).status, 404);

  // A journal that a replaced worker wrote into: what it changed is unknown, and the others are shown all the same.
  const { store } = daemon.daemon.house;
  const { record } = (await store.run(green))!;
  const [plan, journal] = [(await store.plan(record.digest))!, await store.journal({ run: green })];
  const appends = journal.map((entry) => ({
    ...{ kind: "journal.append" as const, run: "broken" },
    entry: { ...entry, epoch: 0 },
  }));
  await store.commit([{ kind: "run.insert", record: { ...record, id: "broken" }, plan }, ...appends]);
  const releases = (await changes("?kind=release")).changes;
  assert.deepEqual(releases.map(({ id }: { id: string }) => id).toSorted(), ["broken", green, red].toSorted());
  assert.equal(releases.find(({ id }: { id: string }) => id === "broken").run.verdict, "inconclusive");
});
