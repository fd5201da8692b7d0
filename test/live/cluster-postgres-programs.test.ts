// The programs of the PostgreSQL cluster kind, and those of a drill's load, before shellcheck.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { WORDS } from "../../src/kinds/backups/program/words.ts";
import { patroniCluster } from "../../src/kinds/clusters/patroni.ts";
import { postgresCluster } from "../../src/kinds/clusters/postgres.ts";
import { END_LOAD, PROVE, START_LOAD } from "../../src/kinds/load/program.ts";
import { PRELUDE } from "../../src/kinds/steps/program/program.ts";
import { needs } from "./needs.ts";

/** Words are called by name and variables come from outside; lists of numbers are split; quotes open for another shell. */
const MEANT = "SC2317,SC2329,SC2154,SC2034,SC2046,SC2086,SC2015,SC2030,SC2031,SC2016";

function assertClean(text: string): void {
  const input = `#!/bin/sh\n${PRELUDE}${WORDS}${text}`;
  const { status, stdout } = spawnSync("shellcheck", ["-s", "sh", "-e", MEANT, "-"], { input, encoding: "utf8" });
  assert.equal(status, 0, stdout);
}

test("the programs of PostgreSQL clusters, of those that Patroni runs, and of their load are POSIX shell that shellcheck accepts", (t) => {
  if (!needs(t, "shellcheck")) return;
  const kind = postgresCluster;
  const parsed = kind.params.safeParse({ data: "/srv/pg", host: "10.0.0.1" });
  assert.ok(parsed.success);
  const { data } = parsed;
  for (const { text } of [
    ...[kind.look(data), kind.stop(data), kind.start(data), kind.promote(data), kind.refuses(data), kind.hold(data)],
    ...[kind.release(data), kind.join(data, data), kind.followed(data), kind.follows(data), kind.rows(data)],
  ])
    assertClean(text);
  const kept = patroniCluster.params.safeParse({ data: "/srv/pg", host: "10.0.0.1" });
  assert.ok(kept.success);
  // The others are those of PostgreSQL.
  const [own, given] = [patroniCluster, kept.data];
  for (const { text } of [own.look(given), own.stop(given), own.start(given), own.promote(given)]) assertClean(text);
  for (const { text } of [own.join(given, given), own.followed(given)]) assertClean(text);
  for (const text of [START_LOAD, END_LOAD, PROVE]) assertClean(text);
});
