// The backup of the example's manual, on its real nodes: a node whose key is gone becomes the node it was.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hasSilktalk, silktalk } from "../kit/silktalk.ts";
import { until, wb, type Ended } from "../kit/wb.ts";
import { needs } from "./needs.ts";

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test("silktalk: sets of three nodes, a lost key, and the same peer again", async (t) => {
  if (!needs(t, "openssl") || !(await hasSilktalk(t))) return;
  const stack = await silktalk(t, "en");
  const run = (...words: readonly string[]): Promise<Ended> => wb(t, ...words, "--book", stack.book);
  const json = async (...words: readonly string[]) => {
    const done = await run(...words, "--json");
    return { ...done, json: done.out === "" ? undefined : JSON.parse(done.out) };
  };
  const beta = async (): Promise<Record<string, unknown>> =>
    JSON.parse((await stack.silktalk("beta", "status", "--json")).out) as Record<string, unknown>;
  const home = join(stack.dir, "nodes", "beta");
  const setsIn = (place: string, node: string): readonly string[] =>
    readdirSync(join(stack.dir, place, node)).filter((name) => name.startsWith("r"));
  const before = await beta();

  await t.test(
    "SOP-01 takes a set of every node, here and in the second place, and they run again [S-046 S-049 S-050]",
    async () => {
      const done = await run("run", "SOP-01", "--env", "demo", "--execute", "--no-ask");
      assert.equal(done.code, 0, `${done.err}\n${done.out}`);
      for (const node of ["alpha", "beta", "gamma"]) {
        const [set = "", ...more] = setsIn("sets", node);
        assert.deepEqual([more, setsIn("remote", node)], [[], [set]]);
        for (const place of ["sets", "remote"]) {
          const at = join(stack.dir, place, node, set);
          assert.equal(modeOf(join(at, "identity", "identity.key")), 0o600);
          assert.ok(existsSync(join(at, "settings", "config.json")) && existsSync(join(at, "data", "dht-data.tar.gz")));
          // The key lies in its own part only.
          assert.deepEqual(
            readdirSync(join(at, "settings")).filter((name) => name.includes("key")),
            [],
          );
        }
        const sums = (place: string) => readFileSync(join(stack.dir, place, node, set, "manifest.json"), "utf8");
        assert.equal(sums("remote"), sums("sets"));
      }
      assert.equal((await beta())["status"], "healthy");
      assert.match((await run("backup", "list", "beta")).out, /unproven/i);
    },
  );

  await t.test(
    "the key and the data are gone: the drill brings the same peer back, within the objectives [S-017 S-055]",
    async () => {
      await stack.stack("stop", "beta");
      rmSync(join(home, "identity.key"));
      rmSync(join(home, "data"), { recursive: true });
      await stack.stack("start", "beta");
      const stranger = await beta();
      assert.notEqual(stranger["peerId"], before["peerId"]);
      assert.deepEqual(stranger["reasons"], ["identity-changed"]);
      const file = join(stack.dir, "restore_result.env");
      const done = await json("drill", "SOP-02", "--env", "demo", "--output-file", file);
      assert.equal(done.code, 0, `${done.err}\n${done.out}`);
      assert.equal(done.json.verdict, "pass");
      const now = await beta();
      assert.deepEqual([now["peerId"], now["status"]], [before["peerId"], "healthy"]);
      assert.equal(modeOf(join(home, "identity.key")), 0o600);
      // Alpha dials it by its old id: only the holder of its key can answer to that.
      await until("alpha knows beta again", 20, async () => {
        const peers = JSON.parse((await stack.silktalk("alpha", "peers", "--json")).out) as readonly { peer: string }[];
        return peers.some(({ peer }) => peer === before["peerId"]);
      });
      assert.equal((await run("evidence", "verify", file, "--max-rto-seconds", "1800")).code, 0);
      const env = readFileSync(file, "utf8");
      assert.match(env, /^OBJECTIVE_RTO_SECONDS_MET=true$/m);
      assert.match(env, /^OBJECTIVE_RPO_SECONDS_MET=true$/m);
      const { json: listed } = await json("backup", "list", "beta");
      assert.equal(listed.sets[0].state, "good");
      assert.deepEqual(readdirSync(join(stack.dir, "restore")), [], "what was restored apart is gone");
    },
  );

  await t.test("a set without its key is refused, and the node that runs is not touched [S-056]", async () => {
    const [set = ""] = setsIn("sets", "beta");
    rmSync(join(stack.dir, "sets", "beta", set, "identity", "identity.key"));
    const was = readdirSync(join(stack.dir, "nodes")).toSorted();
    const pid = readFileSync(join(home, "silktalk.pid"), "utf8");
    const done = await run("drill", "SOP-02", "--env", "demo");
    assert.equal(done.code, 3, `${done.err}\n${done.out}`);
    assert.deepEqual(readdirSync(join(stack.dir, "nodes")).toSorted(), was);
    assert.equal(readFileSync(join(home, "silktalk.pid"), "utf8"), pid);
    // The second place has it still.
    const far = await run("restore", "beta", "--from", "remote", "--execute");
    assert.equal(far.code, 0, `${far.err}\n${far.out}`);
  });
});
