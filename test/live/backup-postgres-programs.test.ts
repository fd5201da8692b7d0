// The programs of the PostgreSQL kinds before shellcheck, and the script of the guide.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { backups } from "../../src/kinds/backups/index.ts";
import { WORDS } from "../../src/kinds/backups/program/words.ts";
import { PRELUDE } from "../../src/kinds/steps/program/program.ts";
import { folder } from "../kit/folder.ts";
import { archiveScript } from "./cluster.ts";
import { needs } from "./needs.ts";

/** Words are called by name and variables come from outside; lists of numbers are split; quotes open for another shell. */
const MEANT = "SC2317,SC2329,SC2153,SC2154,SC2034,SC2046,SC2086,SC2015,SC2030,SC2031,SC2016";

const KINDS: Readonly<Record<string, object>> = { postgres: {}, "postgres-dump": {}, pgbackrest: { stanza: "main" } };

for (const [name, given] of Object.entries(KINDS))
  test(`${name}: its programs are POSIX shell that shellcheck accepts`, (t) => {
    if (!needs(t, "shellcheck")) return;
    const kind = backups.find((one) => one.kind === name)!;
    const parsed = kind.params.safeParse(given);
    assert.ok(parsed.success);
    const { data } = parsed;
    const server = kind.server!;
    const programs = [
      ...[kind.size(data), kind.take(data), kind.examine(data), kind.restore(data)],
      ...[server.start(data), server.stop(data), server.rows(data), kind.forget?.({ LABEL: "l", STANZA: "s" }, [data])],
    ];
    for (const program of programs.filter((one) => one !== undefined)) {
      const input = `#!/bin/sh\n${PRELUDE}${WORDS}${program.text}`;
      const { status, stdout } = spawnSync("shellcheck", ["-s", "sh", "-e", MEANT, "-"], { input, encoding: "utf8" });
      assert.equal(status, 0, stdout);
    }
  });

test("the guide's script archives a file once, says yes to the same again and never writes over another", (t) => {
  const room = folder(t);
  const [archive, script, file] = ["archive", "archive-wal", "000000010000000000000001"].map((one) =>
    join(room, one),
  ) as [string, string, string];
  mkdirSync(archive);
  writeFileSync(script, archiveScript(), { mode: 0o755 });
  const put = (content: string): number | null => {
    writeFileSync(file, content);
    return spawnSync(script, [archive, file, "000000010000000000000001"]).status;
  };
  assert.deepEqual([put("one"), put("one"), put("another")], [0, 0, 1]);
  assert.deepEqual(readdirSync(archive), ["000000010000000000000001"]);
  assert.equal(readFileSync(join(archive, "000000010000000000000001"), "utf8"), "one");
  // Both languages show the same commands.
  const commands = (lang: string): string =>
    readFileSync(new URL(`../../docs/guide/${lang}/postgres-archive.md`, import.meta.url), "utf8")
      .match(/```sh\n([\s\S]*?)```/)![1]!
      .replaceAll(/^ *#.*\n/gm, "");
  assert.equal(commands("zh-CN"), commands("en"));
});
