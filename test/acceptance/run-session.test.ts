// A fault in a trading session: refused where the book forbids it, with nothing begun; done elsewhere.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { injected, setting } from "../kit/fault-run.ts";
import { wb } from "../kit/wb.ts";

const ALWAYS = `sessions:
  futures:
    open: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "00:00" }]
    knownUntil: 2999-12-31
`;

test("while a session is on, a run with a fault is refused in production and done elsewhere [C-057]", async (t) => {
  const one = await setting(t, "touch seen", (dir) => `{ kind: stop, pidFile: ${dir}/victim.pid, limit: 60s }`);
  const file = join(one.book, "watchbook.yaml");
  const data = readFileSync(file, "utf8");
  const refused = async (sessions: string, code: string, say: RegExp): Promise<void> => {
    writeFileSync(file, data + sessions);
    const { code: exit, out, err } = await one.run("--json");
    assert.deepEqual([exit, JSON.parse(out).error.code], [2, code], err);
    assert.match(JSON.parse(out).error.say, say);
    assert.equal(existsSync(join(one.dir, "seen")), false);
    assert.ok(["S", "R"].includes(one.state()!), "nobody was stopped");
  };
  // The only environment, and so the last one: protected.
  await refused(ALWAYS, "RUN-SESSION", /futures is on \(00:00–00:00, UTC\): no fault is injected in test now/);
  await refused(ALWAYS.replace("2999", "2020"), "RUN-SESSION-UNKNOWN", /ends with 2020-12-31/);
  const listed = JSON.parse((await wb(t, "runs", "list", "--json", "--book", one.book)).out) as { runs: unknown[] };
  assert.deepEqual(listed.runs, [], "nothing was begun");
  const words = ["run", "SOP-01", "--env", "test", "--execute", "--no-ask", "--json", "--book", one.book];
  const without = await wb(t, ...words);
  assert.equal(without.code, 0, `without a fault it is a run like any other: ${without.err}`);
  writeFileSync(file, `${data.replace("test: { name: Test }", "test: { name: Test }, prod: {}")}${ALWAYS}`);
  const done = await one.run("--json");
  assert.equal(done.code, 0, `${done.err}${done.out}`);
  assert.equal(injected(one), "ok");
});
