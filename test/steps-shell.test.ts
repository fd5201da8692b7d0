// Commands and scripts of the manual as steps.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { differs } from "../src/kinds/steps/shell/expect.ts";
import { Leave } from "../src/model/step.ts";
import { bound } from "./kit/bound.ts";
import { done, given, place, recalled, said } from "./suites/step-context.ts";
import { until } from "./kit/until.ts";

test("strict mode is stated in the view and holds: failing command, unset variable, failing part of a pipe", async (t) => {
  const here = await place(t);
  const { kind, params } = given("shell", { script: "true" });
  assert.equal(kind.view(params).command, "# bash -eu -o pipefail\ntrue");
  for (const [at, script] of ["false; echo on", 'echo "$NOT_SET"', "false | true"].entries()) {
    assert.equal(
      said(await done("shell", { script }, here.context({}, { number: at + 1 }))),
      "failed exit-code",
      script,
    );
    const loose = { script, strict: false };
    assert.equal(said(await done("shell", loose, here.context({}, { number: at + 11 }))), "ok", script);
  }
  assert.equal(
    given("shell", { script: "x", interpreter: "sh" }).kind.view(
      given("shell", { script: "x", interpreter: "sh" }).params,
    ).command,
    "# sh -eu\nx",
  );
});

test("a step gets the values it names and no others, and never one that a shell takes for code", async (t) => {
  const here = await place(t);
  const env = { VERSION: "1.2", TOKEN: "s3cret", WB_RUN: "run-1" };
  const script = 'echo "${VERSION-none} ${TOKEN-none} ${WB_RUN-none}"';
  await done("shell", { script, env: ["VERSION"] }, here.context({ env }));
  assert.equal(here.printed(), "1.2 none run-1\n");
  const missing = await done("shell", { script, env: ["NOBODY"] }, here.context({ env }, { number: 2 }));
  assert.equal(said(missing), "failed value-missing");
  const file = join(here.root, "env.sh");
  writeFileSync(file, `touch ${join(here.root, "owned")}`);
  for (const [at, name] of ["BASH_ENV", "ENV", "LD_PRELOAD", "PS4"].entries()) {
    const end = await done("shell", { script: "true" }, here.context({ env: { [name]: file } }, { number: 3 + at }));
    assert.equal(said(end), "failed value-is-code", name);
  }
  assert.ok(!existsSync(join(here.root, "owned")));
});

test("outputs come from the file that WB_OUTPUT names", async (t) => {
  const here = await place(t);
  const script = 'printf "VERSION=%s\\nCOUNT=2\\n" "$(echo 1.2.3)" >>"$WB_OUTPUT"';
  assert.deepEqual((await done("shell", { script }, here.context())).outputs, { VERSION: "1.2.3", COUNT: "2" });
});

test("what must be printed verifies a step: dots stand for anything, blanks at the end for nothing", async (t) => {
  assert.equal(differs(["a", "..."], "a\nb\nc\n"), undefined);
  assert.equal(differs(["...", "c"], "a\nb\nc"), undefined);
  assert.equal(differs(["a", "...", "c"], "a\nc"), undefined);
  assert.equal(differs(["up ... min, ... users"], "up 3 min, 2 users  \n\n"), undefined);
  assert.equal(differs([], ""), undefined);
  assert.deepEqual(differs(["a"], "a\nb"), { line: 2, wanted: "", seen: "b" });
  assert.deepEqual(differs(["a", "b"], "a"), { line: 2, wanted: "b", seen: "" });
  assert.deepEqual(differs(["up ... min"], "up 3 h"), { line: 1, wanted: "up ... min", seen: "up 3 h" });
  assert.deepEqual(differs(["ab...bc"], "abc"), { line: 1, wanted: "ab...bc", seen: "abc" });
  const here = await place(t);
  const script = "echo active; echo main process 1234; echo ready";
  const good = { script, expect: "active\nmain process ...\n..." };
  assert.equal(said(await done("shell", good, here.context())), "ok");
  const end = await done("shell", { script, expect: ["active", "ready"] }, here.context({}, { number: 2 }));
  assert.equal(said(end), "failed output-differs");
  assert.deepEqual(end.args, { line: 2, wanted: "ready", seen: "main process 1234" });
  const long = { script: "head -c 2000000 /dev/zero | tr '\\0' x", expect: "..." };
  assert.equal(said(await done("shell", long, here.context({}, { number: 3 }))), "failed output-too-long");
});

test("after a crash what was printed is judged too, from the receipt", async (t) => {
  const here = await place(t);
  const params = { script: "echo wrong", expect: "right" };
  const context = here.context();
  assert.equal(said(await done("shell", params, context)), "failed output-differs");
  assert.deepEqual(await recalled("shell", params, context), { state: "running" });
  assert.equal(said(await done("shell", params, context)), "failed output-differs");
  assert.equal((await recalled("shell", { script: "echo wrong" }, context)).state, "ended");
});

test("a worker that lets go leaves the command running; the next one attaches and sees its end", async (t) => {
  const here = await place(t);
  const stop = new AbortController();
  const params = { script: 'echo one; until [ -e "$GO" ]; do sleep 0.05; done; echo two; echo X=1 >>"$WB_OUTPUT"' };
  const env = { GO: join(here.root, "go") };
  const left = done("shell", params, here.context({ env, signal: stop.signal }));
  await until(() => here.printed().includes("one"));
  stop.abort(new Leave());
  assert.equal(said(await left), "unknown left-running");
  assert.deepEqual(await recalled("shell", params, here.context()), { state: "running" });
  writeFileSync(env.GO, "");
  const end = await done("shell", params, here.context({ env }));
  assert.deepEqual([said(end), end.outputs], ["ok", { X: "1" }]);
});

test("a script of the book is sent as it was planned, with arguments that no shell reads", async (t) => {
  const here = await place(t);
  const plan = bound(here.root, {
    "ops/up.py": "import sys\nprint(sys.argv[1:])\n",
    "ops/up.sh": 'printf "[%s]" "$@"',
  });
  const context = (number: number) => here.context({ plan, env: { V: "$(id); 'x'" } }, { number });
  const args = ["--to", { value: "V" }, "a b", ""];
  const end = await done("script", { file: "ops/up.sh", interpreter: ["bash", "-eu"], args }, context(1));
  assert.equal(said(end), "ok");
  assert.equal(here.printed(), "[--to][$(id); 'x'][a b][]");
  const { kind, params } = given("script", { file: "ops/up.sh", interpreter: ["bash", "-eu"], args });
  assert.equal(kind.view(params).command, "bash -eu ops/up.sh --to $V 'a b' ''");
  assert.deepEqual(kind.files?.(params), ["ops/up.sh"]);
  writeFileSync(join(here.root, "ops/up.sh"), "echo other");
  assert.equal(said(await done("script", { file: "ops/up.sh" }, context(2))), "failed book-file-changed");
  assert.equal(said(await done("script", { file: "ops/no.sh" }, context(3))), "failed book-file-unbound");
});

test("what is no text, has foreign line ends, or leads out of the book is not sent", async (t) => {
  const here = await place(t);
  const plan = bound(here.root, { "a.sh": "x\0y", "b.sh": "#!/bin/sh\r\necho\r\n" });
  const say = async (file: string, number: number) =>
    said(await done("script", { file }, here.context({ plan }, { number })));
  assert.equal(await say("a.sh", 1), "failed script-not-text");
  assert.equal(await say("b.sh", 2), "failed script-line-ends");
});
