// A cluster that Patroni runs: it is asked and watched, never passed by, and what is claimed of it is counted as everywhere.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { clusterBench, type ClusterBench } from "../kit/cluster.ts";
import { signal } from "../kit/signal.ts";
import { until } from "../kit/until.ts";
import { shared } from "./cluster.ts";
import { needs } from "./needs.ts";
import { PASSWORD } from "./pair.ts";
import { patroni, type Kept, type Patroni } from "./patroni.ts";

const has = (t: TestContext): boolean => needs(t, "postgres", "psql", "patroni", "etcd");
const servers = shared(after, (ending) => patroni(ending));

const bench = (t: TestContext, { given, shared: all }: Patroni, more: object = {}): Promise<ClusterBench> =>
  clusterBench(t, {
    ...{ kind: "patroni", members: given, shared: all, secrets: { ops: PASSWORD } },
    more: { limit: "3m", ...more },
  });

/** Who leads, and the other one. */
async function roles(found: Patroni): Promise<readonly [Kept, Kept]> {
  const leader = await found.leader();
  return [leader, found.members.find((one) => one !== leader)!];
}

/** What it says; nothing while it starts. */
function answer(one: Kept, statement: string): string {
  try {
    return one.ask(statement);
  } catch {
    return "";
  }
}

const streams = (one: Kept): boolean => answer(one, "SELECT status FROM pg_stat_wal_receiver") === "streaming";
const isFollower = (one: Kept): boolean => answer(one, "SELECT pg_is_in_recovery()") === "t";

test("the state tells who holds the key; paused, without its store, and declared as another kind it is not touched", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  const b = await bench(t, found);
  const [leader, other] = await roles(found);
  assert.equal((await b.walk("state")).end, "ok");
  assert.match(
    b.here.printed(),
    new RegExp(`^${leader.name} {2}primary .*keeper=patroni/[0-9.]+ leader=${leader.name}$`, "m"),
  );
  assert.match(b.here.printed(), new RegExp(`^${other.name} {2}replica .*hears=yes`, "m"));
  const paused = (to: boolean) => found.api(leader, "PATCH", "/config", { pause: to || null });
  await paused(true);
  t.after(() => paused(false));
  for (const runbook of ["failover", "switchover", "rejoin"] as const)
    assert.equal((await b.walk(runbook)).end, "failed cluster-paused");
  assert.equal((await b.walk("state")).end, "ok");
  assert.match(b.here.printed(), / leader=pg\d paused /);
  await paused(false);
  const plain = await clusterBench(t, {
    members: Object.fromEntries(
      found.members.map(({ name, data, port }) => [name, { target: "here", with: { data, port } }]),
    ),
    ...{ shared: found.shared, secrets: { ops: PASSWORD } },
  });
  const { end, at } = await plain.walk("switchover");
  assert.deepEqual([end, at], ["failed cluster-kept", "look"]);
  assert.equal((await found.leader()).name, leader.name);
});

test("a switchover under load is Patroni's own: nothing is lost, the session from before is refused, the old primary streams", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  const b = await bench(t, found);
  const [leader, other] = await roles(found);
  const { end, at, args, outputs } = await b.walk("switchover", { drill: true });
  assert.equal(end, "ok", `${at} ${JSON.stringify(args)}`);
  assert.deepEqual(
    [outputs["LOST_ACKED"], outputs["DATA_SYNC_LAG_EVENTS"], outputs["PROMOTED"]],
    ["0", "0", other.name],
  );
  assert.match(b.here.printed(), /"fence":"read-only","session":"refused"/);
  assert.equal((await found.leader()).name, other.name);
  assert.ok(streams(leader));
});

test("a node that dies: Patroni replaces it by itself, what was confirmed is counted, and the node is brought back by its Patroni", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  const b = await bench(t, found);
  const [leader, other] = await roles(found);
  const { end, at, args, outputs } = await b.walk("failover", { drill: true });
  assert.equal(end, "ok", `${at} ${JSON.stringify(args)}`);
  assert.deepEqual(
    [outputs["DETECTION"], outputs["FENCE_VERIFIED"], outputs["PROMOTED"]],
    ["keeper", "true", other.name],
  );
  assert.ok(Number(outputs["FAILOVER_SECONDS"]) > 1, outputs["FAILOVER_SECONDS"]);
  assert.match(outputs["LOST_ACKED"] ?? "", /^\d+$/);
  assert.deepEqual([leader.processes(), leader.keepers()], [[], []]);
  const back = await b.walk("rejoin");
  assert.equal(back.end, "ok", JSON.stringify(back.args));
  assert.ok(leader.keepers().length > 0 && streams(leader));
});

test("a failover that is asked for ends the old primary's Patroni first: nothing of it is left, and nobody starts it but a rejoin", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  const b = await bench(t, found);
  const [leader, other] = await roles(found);
  assert.equal((await b.walk("failover")).end, "failed cluster-primary-alive");
  const { end, at, args, outputs } = await b.walk("failover", { params: { FORCE: "yes" } });
  assert.equal(end, "ok", `${at} ${JSON.stringify(args)}`);
  assert.equal(outputs["PROMOTED"], other.name);
  assert.match(b.here.printed(), /"fence":"gone","session":"refused"/);
  assert.deepEqual([leader.processes(), leader.keepers()], [[], []]);
  // Copied anew, as somebody asks for who does not trust what is there.
  const before = statSync(join(leader.data, "PG_VERSION"));
  const back = await b.walk("rejoin", { params: { COPY: "yes" } });
  assert.equal(back.end, "ok", `${back.at} ${JSON.stringify(back.args)}`);
  assert.notEqual(statSync(join(leader.data, "PG_VERSION")).ctimeMs, before.ctimeMs);
});

test("a leader that stands still is replaced and not fenced; once it goes on it confirms what nobody will find again, and that is counted", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  const [leader, other] = await roles(found);
  // Those who write ask the old one first.
  const address = { ...(found.shared["address"] as object), port: `${leader.port},${other.port}` };
  const fault = { kind: "stop", pattern: `patroni ${leader.config}` };
  const b = await bench(t, { ...found, shared: { ...found.shared, address } }, { fault });
  const { end, at, args, outputs } = await b.walk("failover", {
    drill: true,
    skip: ["prove-fence"],
    before: {
      fence: () => leader.signal("SIGSTOP"),
      lag: async () => {
        const only = ["look", "pin", "fence", "promote", "writes"];
        const proof = await b.walk("failover", { skip: only, params: { OLD: leader.name, PROMOTED: other.name } });
        assert.equal(proof.end, "failed cluster-not-fenced");
        const table = other.ask("SELECT relname FROM pg_class WHERE relname LIKE 'watchbook_load%' AND relkind = 'r'");
        const now = other.ask("SELECT clock_timestamp()");
        leader.signal("SIGCONT");
        // Whoever loses the new primary asks the first address again.
        other.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'watchbook-load'");
        // More than those that were under way when it stood still, and whose writers have gone.
        const late = `SELECT count(*) > 8 FROM ${table} WHERE at > '${now}'`;
        await until(() => leader.ask(late) === "t", "the old primary confirms nothing");
        // Its Patroni begins anew. One that goes on where it stood may, before 3.0.3, take the key back from whoever has it now.
        signal(leader.keepers());
        leader.keep();
      },
    },
  });
  assert.equal(end, "ok", `${at} ${JSON.stringify(args)}`);
  assert.ok(Number(outputs["LOST_ACKED"]) > 0, JSON.stringify(outputs));
  await until(() => streams(leader), "Patroni does not bring it back");
});

test("without its store Patroni keeps no primary: that is said, and nothing is promoted", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  const b = await bench(t, found);
  await found.store.stop();
  try {
    await until(() => found.members.every(isFollower), "a primary stays");
    assert.equal((await b.walk("state")).end, "ok");
    assert.match(b.here.printed(), /^pg1 {2}replica .*keeper=patroni\/[0-9.]+ no-store {2}bars=cluster-no-store/m);
    assert.equal((await b.walk("failover")).end, "failed cluster-no-store");
  } finally {
    await found.store.start();
  }
  await until(async () => {
    try {
      return !isFollower(await found.leader());
    } catch {
      return false;
    }
  }, "Patroni does not go on");
});
