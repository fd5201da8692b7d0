// The programs of the MariaDB kind before shellcheck.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { WORDS } from "../../src/kinds/backups/program/words.ts";
import { mariadbCluster } from "../../src/kinds/clusters/mariadb.ts";
import { PRELUDE } from "../../src/kinds/steps/program/program.ts";
import { needs } from "./needs.ts";

/** Words are called by name and variables come from outside; lists of numbers are split; quotes open for another shell. */
const MEANT = "SC2317,SC2329,SC2154,SC2034,SC2046,SC2086,SC2015,SC2030,SC2031,SC2016";

test("its programs are POSIX shell that shellcheck accepts, and no secret stands in one", (t) => {
  if (!needs(t, "shellcheck")) return;
  const parsed = mariadbCluster.params.safeParse({
    ...{ data: "/var/lib/mysql", host: "db1", connect: { user: "ops", password: { secret: "file:/ops" } } },
    ...{ follow: { user: "rep", password: { secret: "file:/rep" } }, clone: "ssh db2 clone" },
    address: { host: "db1,db2", user: "app", database: "shop", password: { secret: "file:/app" } },
  });
  assert.ok(parsed.success, JSON.stringify(parsed));
  const { data } = parsed;
  const kind = mariadbCluster;
  const programs = [
    ...[kind.look(data), kind.stop(data), kind.start(data), kind.promote(data), kind.refuses(data), kind.hold(data)],
    ...[kind.release(data), kind.followed(data), kind.follows(data), kind.rows(data)],
  ];
  const joined = kind.join(data, data);
  assert.deepEqual(joined.secrets, { MYSQL_PWD: "file:/ops", WB_UP_PASSWORD: "file:/rep" });
  for (const { text, env = {} } of [...programs, joined]) {
    assert.doesNotMatch(JSON.stringify(env), /file:/);
    const input = `#!/bin/sh\n${PRELUDE}${WORDS}${text}`;
    const { status, stdout } = spawnSync("shellcheck", ["-s", "sh", "-e", MEANT, "-"], { input, encoding: "utf8" });
    assert.equal(status, 0, stdout);
  }
  const { argv, env, secrets } = kind.writer(data)!;
  assert.deepEqual(argv.slice(-2), ["db1 3306", "db2 3306"]);
  assert.deepEqual(env, { WB_LOGIN: "app", WB_BASE: "shop" });
  assert.deepEqual(secrets, { MYSQL_PWD: "file:/app" });
});
