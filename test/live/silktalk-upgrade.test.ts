// The upgrade of the example's manual, done on its real nodes: a good version, another one on the same day, and one that
// does not start and is rolled back by itself.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hasSilktalk, silktalk } from "../kit/silktalk.ts";
import { wb, type Ended } from "../kit/wb.ts";

test("silktalk: an upgrade keeps a dated copy, never nests, and goes back by itself when the new version does not start [S-077 S-078]", async (t) => {
  if (!(await hasSilktalk(t))) return;
  const stack = await silktalk(t, "en");
  const nodes = join(stack.dir, "nodes");
  const env = join(stack.dir, "result.env");
  const kept = (): readonly string[] =>
    readdirSync(nodes)
      .filter((name) => /^gamma\.backup\.\d{8}(?:-\d+)?$/.test(name))
      .toSorted();
  const upgrade = (version: string): Promise<Ended> =>
    wb(
      t,
      ...["run", "SOP-04", "--env", "demo", "--param", `version=${version}`, "--execute", "--no-ask", "--json"],
      ...["--output-file", env, "--book", stack.book],
    );
  const runs = async (): Promise<Record<string, unknown>> =>
    JSON.parse((await stack.silktalk("gamma", "status", "--json")).out) as Record<string, unknown>;
  const measured = (): ReadonlyMap<string, string> =>
    new Map(
      readFileSync(env, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
    );
  const before = await runs();
  assert.equal(before["version"], "1.0.0");

  await t.test("the plan alone changes nothing", async () => {
    const dry = await wb(t, "run", "SOP-04", "--env", "demo", "--param", "version=1.1.0", "--book", stack.book);
    assert.equal(dry.code, 0, dry.err);
    assert.deepEqual(kept(), []);
    assert.equal((await runs())["version"], "1.0.0");
  });

  await t.test("a good version runs afterwards, the same node, and the old folder is kept", async () => {
    const done = await upgrade("1.1.0");
    assert.equal(done.code, 0, `${done.err}\n${done.out}`);
    const now = await runs();
    assert.deepEqual([now["version"], now["peerId"], now["status"]], ["1.1.0", before["peerId"], "healthy"]);
    const told = await wb(t, "runs", "log", "last", "--step", "upgrade-before", "--book", stack.book);
    assert.match(told.out, /^1\.0\.0$/m, told.err);
    assert.equal(kept().length, 1);
    assert.equal(readFileSync(join(nodes, kept()[0]!, "version"), "utf8"), "1.0.0\n");
  });

  await t.test("another one on the same day takes a folder of its own", async () => {
    const done = await upgrade("1.1.1");
    assert.equal(done.code, 0, `${done.err}\n${done.out}`);
    const [first = "", second = "", ...more] = kept();
    assert.deepEqual([second, more], [`${first}-2`, []]);
    assert.deepEqual(
      readdirSync(join(nodes, first)).filter((name) => name.startsWith("gamma")),
      [],
    );
    assert.equal(readFileSync(join(nodes, second, "version"), "utf8"), "1.1.0\n");
    assert.equal(readFileSync(join(nodes, first, "version"), "utf8"), "1.0.0\n");
  });

  await t.test("a version that does not start is rolled back, and the rollback is measured", async () => {
    const done = await upgrade("2.0.0");
    assert.equal(done.code, 3, `${done.err}\n${done.out}`);
    const now = await runs();
    assert.deepEqual([now["version"], now["peerId"], now["status"]], ["1.1.1", before["peerId"], "healthy"]);
    const values = measured();
    assert.ok(Number(values.get("ROLLBACK_SECONDS")) > 0, [...values].join("\n"));
    const away = readdirSync(nodes).filter((name) => name.endsWith(".after"));
    assert.equal(away.length, 1, "what was taken away is still there");
  });

  await t.test("the next good version goes on from there", async () => {
    const done = await upgrade("1.1.0");
    assert.equal(done.code, 0, `${done.err}\n${done.out}`);
    assert.equal((await runs())["version"], "1.1.0");
    assert.equal(kept().length, 4);
  });

  await t.test("a kept folder that is not whole is not gone back to, and the node goes on", async () => {
    rmSync(join(nodes, "gamma.kept", "identity.key"));
    const was = readdirSync(nodes).toSorted();
    const words = ["run", "SOP-05", "--env", "demo", "--execute", "--no-ask", "--book", stack.book];
    const done = await wb(t, ...words);
    assert.equal(done.code, 3, `${done.err}\n${done.out}`);
    assert.deepEqual(readdirSync(nodes).toSorted(), was);
    assert.deepEqual([(await runs())["version"], (await runs())["peerId"]], ["1.1.0", before["peerId"]]);
  });
});
