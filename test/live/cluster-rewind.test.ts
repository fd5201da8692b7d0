// A rewind that never ended leaves data that is neither the one nor the other: that is seen, and cured by a copy.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { clusterBench } from "../kit/cluster.ts";
import { until } from "../kit/until.ts";
import { postgresPrograms } from "./databases.ts";
import { needs } from "./needs.ts";
import { pair, PASSWORD } from "./pair.ts";

const has = (t: TestContext): boolean => needs(t, "postgres", "psql");

/** The server's programs, with a pg_rewind that dies when the first files have come, and tells its number. */
function programsThatDie(room: string): string {
  const real = postgresPrograms()!;
  const folder = join(room, "bin");
  mkdirSync(folder);
  for (const name of readdirSync(real)) if (name !== "pg_rewind") symlinkSync(join(real, name), join(folder, name));
  const text = `#!/bin/sh
mkfifo "${folder}/said.$$"
${real}/pg_rewind --debug "$@" >"${folder}/said.$$" 2>&1 &
rewinding=$!
while read -r line; do
  echo "$line"
  case $line in *'received chunk'*) kill -KILL $rewinding; echo $$ >"${folder}/half.new"; mv "${folder}/half.new" "${folder}/half"; exec sleep 600 ;; esac
done <"${folder}/said.$$"
wait $rewinding
`;
  writeFileSync(join(folder, "pg_rewind"), text);
  for (const path of [room, folder, join(folder, "pg_rewind")]) chmodSync(path, 0o777);
  return folder;
}

test("a rejoin that died in the middle of pg_rewind: the next one says so and rewinds nothing; copied anew it follows, its old data kept", async (t) => {
  if (!has(t)) return;
  const found = await pair((work) => t.after(work));
  const { a, b, members, shared, room } = found;
  a.signal("SIGKILL");
  await until(() => a.processes().length === 0);
  const parts = { members, shared, secrets: { ops: PASSWORD } };
  const steps = await clusterBench(t, parts);
  assert.equal((await steps.walk("failover")).end, "ok");
  // More than a moment's work.
  b.ask("CREATE TABLE much AS SELECT id, repeat('x', 500) AS text FROM generate_series(1, 60000) AS id");
  const programs = programsThatDie(room);
  const first = (await clusterBench(t, { ...parts, shared: { ...shared, programs } })).walk("rejoin");
  await until(() => existsSync(join(programs, "half")), "nothing is rewound");
  // As when the host dies: everything that carries the step out is gone.
  const pid = readFileSync(join(programs, "half"), "utf8").trim();
  const group = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")[2]!;
  process.kill(-Number(group), "SIGKILL");
  assert.equal((await first).at, "join");
  assert.deepEqual(a.processes(), []);

  const second = await steps.walk("rejoin");
  assert.deepEqual([second.end, second.at], ["failed cluster-half-rewound", "join"]);
  assert.equal(second.args?.["member"], "pg1");
  assert.deepEqual(a.processes(), []);

  const anew = await steps.walk("rejoin", { params: { COPY: "yes" } });
  assert.deepEqual([anew.end, anew.outputs["REWOUND"]], ["ok", "yes"], JSON.stringify(anew.args));
  assert.equal(a.ask("SELECT count(*) FROM much"), "60000");
  assert.equal(a.ask("SHOW port"), String(a.port));
  const left = readdirSync(room).filter((name) => name.startsWith("pg1."));
  assert.deepEqual(
    left.filter((name) => !name.startsWith("pg1.watchbook-kept-") && name !== "pg1.log"),
    [],
  );
  assert.equal(left.filter((name) => name.startsWith("pg1.watchbook-kept-")).length, 1);
});
