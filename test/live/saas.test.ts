// The example of a service on a PostgreSQL pair: its restore drill with five phases, and its failover in seven steps.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { envOf, exampleAt, type Example } from "../kit/example.ts";
import { needs } from "./needs.ts";

const api = async (port: number, path: string): Promise<any> =>
  (await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(10_000) })).json();
const resultOf = (done: { readonly json: any }): ReadonlyMap<string, string> =>
  envOf(join(done.json.evidence, "result.env"));
const why = (done: { readonly out: string; readonly err: string }): string => `${done.err}\n${done.out}`;
const run = (site: Example, sql: string) => site.program("sql", sql);

test("saas: SOP-01 and SOP-02 on a real pair", async (t) => {
  if (!needs(t, "postgres", "psql")) return;
  const site = await exampleAt(t, "saas", "en", 21_000);

  await t.test(
    "SOP-01: a restore apart, an application on it, counts and a sample, nothing left, within the objectives [K-056 K-061 K-062 K-063 K-064 K-065 K-077 K-078]",
    async () => {
      const taken = await site.wb("backup", "run");
      assert.equal(taken.code, 0, why(taken));
      const file = join(site.dir, "sop-01.env");
      const done = await site.json("drill", "SOP-01", "--env", "demo", "--by", "lin", "--output-file", file);
      assert.deepEqual([done.code, done.json.verdict], [0, "pass"], why(done));
      const env = envOf(file);
      assert.ok(Number(env.get("RTO_SECONDS")) > 0 && Number(env.get("RPO_SECONDS")) > 0, [...env].join("\n"));
      assert.deepEqual(
        ["OBJECTIVE_RTO_SECONDS_MET", "OBJECTIVE_RPO_SECONDS_MET", "OPERATOR", "CLOCK_SOURCE"].map((key) =>
          env.get(key),
        ),
        ["true", "true", "lin", "monotonic"],
      );
      assert.match(env.get("SET_ID") ?? "", /^r\d{8}-/);
      const log = (await site.wb("runs", "log", "last", "--step", "SOP-01/2/application")).out;
      const said = JSON.parse(/\{.*\}/.exec(log)![0]);
      assert.deepEqual([said.users, said.projects, said.sampled.length], [100, 60, 3]);
      // Its database is a socket in the place of this restore, no port of production.
      assert.match(said.database, /\/restore\/[^:]+:\d+$/);
      assert.equal((await site.wb("evidence", "verify", file, "--max-rto-seconds", "3600")).code, 0);
      const { json: listed } = await site.json("backup", "list");
      assert.equal(listed.sets[0].state, "good");
    },
  );

  await t.test("a table that lost its rows fails the drill, whatever the server says of itself [K-063]", async () => {
    assert.equal((await run(site, "ALTER TABLE project RENAME TO project_gone")).code, 0);
    assert.equal((await site.wb("backup", "run")).code, 0);
    const done = await site.json("drill", "SOP-01", "--env", "demo");
    assert.deepEqual([done.code, done.json.verdict], [3, "fail"], why(done));
    assert.equal((await site.program("nothing-left")).code, 0);
    assert.equal((await run(site, "ALTER TABLE project_gone RENAME TO project")).code, 0);
  });

  await t.test("a replica that is a minute behind keeps SOP-02 from beginning [K-069]", async () => {
    assert.equal((await site.program("scale", "0")).code, 0);
    const asked = await site.program("sql", "--member", "pg2", "SELECT pg_wal_replay_pause()");
    assert.equal(asked.code, 0, why(asked));
    assert.equal((await run(site, "UPDATE heartbeat SET at = now() + interval '61 s'")).code, 0);
    const refused = await site.json("drill", "SOP-02", "--env", "demo");
    assert.equal(refused.code, 3, why(refused));
    assert.match(why(refused), /"behind","lagSeconds":6\d/);
    assert.doesNotMatch(why(refused), /running +failover-declare/);
    assert.equal((await site.program("sql", "--member", "pg2", "SELECT pg_wal_replay_resume()")).code, 0);
    assert.equal((await run(site, "UPDATE heartbeat SET at = now()")).code, 0);
    assert.equal((await site.program("scale", "back")).code, 0);
  });

  await t.test(
    "SOP-02 under load: isolated, fenced, promoted, connected again, and users can work, within the objectives [K-067 K-072 K-074 K-077 K-078]",
    async () => {
      const other = site.port("pg2");
      const done = await site.json("drill", "SOP-02", "--env", "demo");
      assert.deepEqual([done.code, done.json.verdict], [0, "pass"], why(done));
      const env = resultOf(done);
      assert.deepEqual(
        ["FENCE_VERIFIED", "OBJECTIVE_RTO_SECONDS_MET", "OBJECTIVE_RPO_SECONDS_MET"].map((key) => env.get(key)),
        ["true", "true", "true"],
        [...env].join("\n"),
      );
      const health = await Promise.all(["app-1", "app-2"].map((name) => api(site.port(name), "/health")));
      for (const said of health)
        assert.deepEqual([said.database, said.writable, said.status], [`127.0.0.1:${other}`, true, "healthy"]);
      const events = readFileSync(join(site.dir, "oncall", "events.md"), "utf8");
      assert.match(events, /SOP-02 begins[^]*SOP-02 is over/);
      assert.deepEqual([env.get("LOST_ACKED"), Number(env.get("FAILOVER_SECONDS")) < 300], ["0", true]);
      const verified = await site.json("evidence", "verify", done.json.evidence, "--max-rto-seconds", "3600");
      assert.deepEqual([verified.code, verified.json.verdict], [0, "pass"]);
    },
  );

  await t.test("started again the old primary takes no write; rejoined it follows [K-069 K-072]", async () => {
    await site.stack("up");
    assert.equal((await site.program("lag")).code, 3, "how far it is behind nobody knows: it follows nobody");
    const written = await site.program("sql", "--member", "pg1", "UPDATE heartbeat SET at = now()");
    assert.equal(written.code, 4);
    assert.match(written.err, /read-only/);
    const back = await site.wb("run", "rejoin-tenants", "--env", "demo", "--execute", "--no-ask");
    assert.equal(back.code, 0, why(back));
    assert.equal((await site.program("lag", "--limit", "60")).code, 0);
  });
});
