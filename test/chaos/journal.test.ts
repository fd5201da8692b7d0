import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { until } from "./until.ts";
import { folder } from "../kit/folder.ts";
import { planOf } from "../kit/plan.ts";
import { localPlace, targetAt } from "./place.ts";
import { counted } from "./plan.ts";
import { startSubject } from "./process.ts";
import type { Said } from "./subject.ts";

const harms: readonly [what: string, sql: string][] = [
  ["was cut", "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)"],
  ["misses an entry", "DELETE FROM journal WHERE seq = 2"],
  ["belongs to another plan", `UPDATE journal SET entry = replace(entry, 'sha256:0', 'sha256:f') WHERE seq = 1`],
  ["names a step of another plan", `UPDATE journal SET entry = replace(entry, '"s1"', '"s9"')`],
  ["holds what is no entry", `UPDATE journal SET entry = 'rm -rf' WHERE seq = 3`],
];

for (const [what, sql] of harms)
  test(`a run whose journal ${what} is refused at the start, stays as it is, and nothing of it begins`, async (t) => {
    const root = folder(t);
    const data = join(root, "data");
    const place = localPlace(root, "local");
    const said: Said[] = [];
    const first = startSubject(data, (one) => said.push(one));
    t.after(() => first.send("SIGKILL"));
    const steps = [1, 2, 3].map((n) => ({ id: `s${n}`, params: counted(n === 2 ? "sleep 300" : ":") }));
    first.tell({ do: "create", plan: planOf({ steps, targets: [targetAt(place, "x")] }), reason: "r" });
    await until("the second step runs", () => place.lines().length === 3);
    first.send("SIGKILL");
    await first.gone;
    await place.reboot();
    const file = join(data, "state.db");
    const rows = (): readonly unknown[] => {
      using db = new DatabaseSync(file);
      return db.prepare("SELECT * FROM journal ORDER BY seq").all();
    };
    {
      using db = new DatabaseSync(file);
      db.exec(sql);
    }
    const [before, lines] = [rows(), place.lines()];
    said.length = 0;
    const second = startSubject(data, (one) => said.push(one));
    t.after(() => second.send("SIGKILL"));
    const ready = await until("it is ready", () => said.find(({ say }) => say === "ready"));
    assert.equal(ready.say === "ready" && ready.problems.length, 1);
    assert.match(ready.say === "ready" ? ready.problems[0]! : "", /JOURNAL/);
    second.send("SIGKILL");
    await second.gone;
    assert.deepEqual(rows(), before);
    assert.deepEqual(place.lines(), lines);
  });
