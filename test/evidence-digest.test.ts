// A file that a run made, known by the digest that one of its steps gave out: as good as the evidence of that run, no better.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test, type TestContext } from "node:test";
import { FILES } from "../src/evidence/files.ts";
import { evidenceBook } from "./kit/evidence-book.ts";
import { bound, recordRun } from "./kit/run-evidence.ts";
import { play } from "./kit/run-play.ts";

const NAME = "RESULT_SHA256";

/** A book with one other run, and a way to record a run that gives the digest of a text out. */
async function place(t: TestContext) {
  const { root, to, places, call } = await evidenceBook(t, {});
  let count = 0;
  const given = async (text: string, name = NAME) => {
    const run = play(bound({ steps: [{ id: "digests", outputs: [name] }], targets: ["a"] }));
    run.go();
    run.end("digests@a", { outputs: { [name]: createHash("sha256").update(text).digest("hex") } });
    count += 1;
    const record = { id: `r20261120-083300-000${count}`, by: "requester", reason: "test" };
    return recordRun(to, run, { kind: "deploy", record });
  };
  const verify = async (name: string, text: string, ...words: readonly string[]) => {
    writeFileSync(join(root, name), text);
    const { status, stdout } = await call("verify", name, "--json", ...words);
    const { verdict, reasons } = JSON.parse(stdout) as { verdict: string; reasons: readonly { code: string }[] };
    return { status, verdict, codes: reasons.map(({ code }) => code) };
  };
  return { root, to, other: places[0]!, given, verify };
}

test("a file whose digest a step gave out passes with its run; changed by a byte, or its evidence, it does not [C-018]", async (t) => {
  const { given, verify } = await place(t);
  const { directory } = await given("# Result\n");
  const kept = await verify("result.md", "# Result\n");
  assert.deepEqual([kept.status, kept.verdict, kept.codes.includes("digest-given")], [0, "pass", true]);
  await given('{ "verdict": "pass" }\n');
  assert.equal((await verify("result.json", '{ "verdict": "pass" }\n')).verdict, "pass");
  assert.equal((await verify("result.md", "# Result \n")).verdict, "refused");
  const limited = await verify("result.md", "# Result\n", "--max-rto-seconds", "10");
  assert.deepEqual([limited.status, limited.verdict], [3, "inconclusive"], "the run measured no such thing");
  const events = join(directory, FILES.events);
  writeFileSync(events, readFileSync(events, "utf8").replace('"a"', '"b"'));
  assert.equal((await verify("result.md", "# Result\n")).verdict, "refused");
});

test("an output that is no digest by its name ties nothing", async (t) => {
  const { given, verify } = await place(t);
  await given("# Result\n", "RESULT");
  assert.equal((await verify("result.md", "# Result\n")).verdict, "refused");
});

test("what is refused as a report or as KEY=VALUE stays refused, whichever run took its digest", async (t) => {
  const { to, other, given, verify } = await place(t);
  const report = `# Daily\n\nEvidence: ${relative(to.root, other.directory)}\n\nAll well.\n`;
  const env = "rto_seconds=1\nrto_seconds=0\n";
  for (const [name, text, code] of [
    ["daily.md", report, "report-differs"],
    ["wal.env", env, "env-twice"],
  ] as const) {
    await given(text);
    const found = await verify(name, text);
    assert.deepEqual([found.verdict, found.codes.includes(code)], ["refused", true], JSON.stringify(found));
  }
});
