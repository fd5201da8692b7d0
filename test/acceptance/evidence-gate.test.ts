// A runbook that needs another one's evidence: without it, with an old, a failed or a changed one, nothing of it begins.
import assert from "node:assert/strict";
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { write } from "../kit/daemon.ts";
import { folder } from "../kit/folder.ts";
import { wb } from "../kit/wb.ts";

const MANUAL = `# Things

## SOP-01: Preflight

1. Look

   \`\`\`bash {"name":"look","wb-risk":"read"}
   test ! -e red
   \`\`\`

## SOP-02: Roll out

1. The preflight passed

2. Do it

   \`\`\`bash {"name":"roll","wb-risk":"write"}
   echo rolled >> effects
   \`\`\`

## SOP-03: Roll out at once

1. The preflight passed a moment ago

2. Do it

   \`\`\`bash {"name":"at-once","wb-risk":"write"}
   echo rolled >> effects
   \`\`\`

## SOP-04: All of it

1. Look: [SOP-01](#sop-01-preflight)
2. Do it: [SOP-02](#sop-02-roll-out)
3. With a fault
`;

const DATA = `environments: { test: {}, other: {} }
targets:
  a: { kind: local, environment: test }
  b: { kind: local, environment: other }
services: { things: { automation: auto } }
runbooks:
  SOP-02:
    steps:
      1: { kind: check, scope: run, with: { check: evidence, with: { of: SOP-01, maxAge: 1h } } }
  SOP-03:
    steps:
      1: { kind: check, scope: run, with: { check: evidence, with: { of: SOP-01, maxAge: 1ms } } }
  SOP-04:
    steps:
      1: { kind: runbook, with: { runbook: SOP-01 } }
      2: { kind: runbook, with: { runbook: SOP-02 } }
      3: { kind: check, scope: run, with: { check: evidence, with: { of: SOP-04/1, maxAge: 1h, fault: true } } }
`;

async function made(t: TestContext) {
  const book = folder(t);
  write(book, { "things.md": MANUAL, "watchbook.yaml": DATA });
  const run = async (runbook: string, ...words: readonly string[]) => {
    const { code, out, err } = await wb(t, "run", runbook, "--env", "test", "--json", "--book", book, ...words);
    if (!out.startsWith("{")) throw new Error(`${err}${out}`);
    const { evidence, verdict, steps } = JSON.parse(out);
    return { code, evidence, verdict, steps, out };
  };
  return { book, run, rolled: () => existsSync(join(book, "effects")) };
}

const execute = ["--execute", "--no-ask"];

test("a rollout without a passed preflight newer than it demands does not begin [C-014]", async (t) => {
  const { book, run, rolled } = await made(t);
  const shown = await wb(t, "run", "SOP-02", "--env", "test", "--book", book);
  assert.match(shown.out, /check evidence \{"of":"SOP-01","maxAge":/, "the plan shows what it demands");
  const none = await run("SOP-02", ...execute);
  assert.deepEqual([none.code, none.verdict], [3, "fail"]);
  assert.match(none.out, /evidence-none/);

  await run("SOP-01");
  assert.equal((await run("SOP-02", ...execute)).code, 3, "a plan that was only shown is no preflight");
  const elsewhere = await wb(t, "run", "SOP-01", "--env", "other", "--book", book, ...execute);
  assert.equal(elsewhere.code, 0, elsewhere.err);
  assert.match((await run("SOP-02", ...execute)).out, /evidence-none/, "of another environment");

  const passed = await run("SOP-01", ...execute);
  assert.equal(passed.code, 0);
  assert.match((await run("SOP-03", ...execute)).out, /evidence-old/);
  assert.equal(rolled(), false, "until here nothing was done");
  assert.equal((await run("SOP-02", ...execute)).code, 0);
  assert.equal(rolled(), true);
});

test("a preflight that failed since, and one whose evidence was changed or taken away, do not count [C-014]", async (t) => {
  const { book, run, rolled } = await made(t);
  const passed = await run("SOP-01", ...execute);
  writeFileSync(join(book, "red"), "");
  assert.equal((await run("SOP-01", ...execute)).code, 3);
  assert.match((await run("SOP-02", ...execute)).out, /evidence-verdict/, "the last one counts, not the last good one");
  rmSync(join(book, "red"));
  const again = await run("SOP-01", ...execute);
  assert.notEqual(again.evidence, passed.evidence);
  appendFileSync(join(again.evidence, "result.env"), "#\n");
  const changed = await run("SOP-02", ...execute);
  assert.equal(changed.code, 3);
  assert.match(changed.out, /cannot be judged.*digest-disagrees/, "unknown is not green");
  rmSync(again.evidence, { recursive: true });
  mkdirSync(again.evidence);
  assert.match((await run("SOP-02", ...execute)).out, /cannot be judged.*file-missing/);
  assert.equal(rolled(), false);
});

test("what the run itself has done of a runbook counts; without a fault it is no proof of one [C-014 C-039]", async (t) => {
  const { run, rolled } = await made(t);
  const whole = await run("SOP-04", ...execute);
  const states = Object.fromEntries(whole.steps.map(({ id, state }: { id: string; state: string }) => [id, state]));
  assert.deepEqual(states, {
    "SOP-04/1/look": "done",
    "SOP-04/2/1": "done",
    "SOP-04/2/roll": "done",
    "SOP-04/3": "failed",
  });
  assert.match(whole.out, /no-fault/);
  assert.equal(rolled(), true);
});
