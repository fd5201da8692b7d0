// What status tells to type works as it stands: the book and the data that were named are named again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test, type TestContext } from "node:test";
import { begin, cli } from "../kit/cli.ts";
import { folder } from "../kit/folder.ts";
import { MAIN, until } from "../kit/wb.ts";

const MANUAL = "# Beacon\n\n## Daily inspection\n\n- [ ] The fan sounds healthy\n";

/** A folder with the book `my book` and the data `state`, and a `watchbook` to be called by its name. */
function place(t: TestContext): { readonly dir: string; readonly env: NodeJS.ProcessEnv } {
  const dir = folder(t);
  mkdirSync(join(dir, "my book"));
  mkdirSync(join(dir, "bin"));
  writeFileSync(join(dir, "my book", "ops.md"), MANUAL);
  // Due at whatever hour the test runs.
  writeFileSync(join(dir, "my book", "watchbook.yaml"), 'zone: UTC\nduties: { daily-inspection: { at: "00:00" } }\n');
  writeFileSync(join(dir, "bin", "watchbook"), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, {
    mode: 0o755,
  });
  return { dir, env: { ...process.env, PATH: [join(dir, "bin"), process.env["PATH"]].join(delimiter) } };
}

const hints = (out: string): readonly string[] => out.match(/watchbook (?:inspect|serve|lint).*$/gm) ?? [];

const at = ["--book", "my book", "--data", "state"];

test("every command that status names works as it stands, with and without a daemon, from where it was asked", async (t) => {
  const { dir, env } = place(t);
  const alone = await cli(t, ["status", "--lang", "en", ...at], dir);
  assert.equal(alone.code, 5, alone.err);
  assert.deepEqual(hints(alone.out), [
    "watchbook serve --book 'my book' --data state",
    "watchbook inspect --book 'my book' --data state daily-inspection",
  ]);
  const [, inspect] = hints(alone.out);
  assert.throws(
    () => execFileSync("sh", ["-c", `${inspect} --no-ask`], { cwd: dir, env, stdio: "pipe" }),
    ({ status, stdout }: { status: number; stdout: Buffer }) => status === 5 && /The fan sounds/.test(String(stdout)),
  );
  const daemon = begin(t, ["serve", "--listen", "127.0.0.1:0", ...at], dir);
  await until("an address", 30, () => daemon.said.err.includes("http://"));
  const watched = await cli(t, ["status", "--lang", "en", ...at], dir);
  const [open] = hints(watched.out);
  assert.match(open!, /^watchbook inspect --book '.*my book' --data .*state daily-inspection --open$/);
  const answer = open!.replace("--open", "--answer fan=pass");
  assert.match(execFileSync("sh", ["-c", answer], { cwd: "/", env, encoding: "utf8" }), /passed|Verdict/i);
  daemon.child.kill("SIGTERM");
  await daemon.ended;
});

test("where nothing was named, commands name nothing: the folder says it", async (t) => {
  const { dir } = place(t);
  const { out } = await cli(t, ["status", "--lang", "en"], join(dir, "my book"));
  assert.deepEqual(hints(out), ["watchbook serve", "watchbook inspect daily-inspection"]);
});
