// What was proven, from real evidence on the disk: lint and show read it, and believe no forgery.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { signingKey } from "../src/evidence/key.ts";
import { seal } from "../src/evidence/dsse.ts";
import { evidencePath } from "../src/evidence/name.ts";
import { proofsOf, type ProofCache } from "../src/evidence/proofs.ts";
import { FILES, type Recorder } from "../src/evidence/record.ts";
import { bookSource } from "../src/cli/book-source.ts";
import { openLocal } from "../src/cli/hold.ts";
import { registry } from "../src/kinds/registry.ts";
import { cli } from "./kit/cli.ts";
import { systemClock } from "../src/model/time.ts";
import { recorder, trusting } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { bound, factsOf, goodRun, recordRun } from "./kit/run-evidence.ts";

const DAY = 86_400_000;

const MANUAL = `# Restore

## SOP-01 Restore drill

**Frequency**: monthly

1. Stop the service:

\`\`\`bash
systemctl stop app
\`\`\`

2. Start the service:

\`\`\`bash
systemctl start app
\`\`\`
`;

/** A book in a folder of its own, whose evidence goes to its data directory. */
function book(t: TestContext) {
  const root = folder(t);
  writeFileSync(join(root, "restore.md"), MANUAL);
  writeFileSync(join(root, "watchbook.yaml"), "zone: UTC\n");
  const data = join(root, ".watchbook");
  const to: Recorder = { ...recorder(data), keys: join(data, "keys") };
  return { root, data, to };
}

/** A passed run of a runbook that ended so long ago. */
function run(to: Recorder, runbook: string, ago: number, more: { rehearsal?: boolean; id?: string } = {}) {
  const { rehearsal = false, id = `r-${runbook}-${ago}` } = more;
  const play = goodRun(bound({ steps: ["look"], runbook, title: "Restore drill", rehearsal }));
  const shift = Date.now() - ago - play.now;
  const journal = factsOf(play).journal.map((one) => ({ ...one, at: one.at + shift }));
  return recordRun(to, play, { journal, record: { id, by: "requester", reason: "test" } });
}

interface Linted {
  readonly findings: readonly { readonly code: string; readonly say: string }[];
}

const undrilled = async (t: TestContext, root: string): Promise<string[]> => {
  const { out: stdout } = await cli(t, ["lint", "--format", "json"], root);
  const { findings } = JSON.parse(stdout) as Linted;
  return findings.flatMap(({ code }) => (code === "WB303" || code === "WB304" ? [code] : []));
};

const idOf = async (t: TestContext, root: string): Promise<string> => {
  const { out: stdout } = await cli(t, ["lint", "--format", "json"], root);
  return (JSON.parse(stdout) as { runbooks: { id: string }[] }).runbooks[0]!.id;
};

test("lint lists a runbook without a proof; one passed run takes exactly that line away; an old one is overdue [C-053]", async (t) => {
  const { root, to } = book(t);
  const id = await idOf(t, root);
  assert.deepEqual(await undrilled(t, root), ["WB303"]);
  await run(to, id, 40 * DAY);
  assert.deepEqual(await undrilled(t, root), ["WB304"]);
  const { out: stdout } = await cli(t, ["show", "coverage", "--json"], root);
  const coverage = JSON.parse(stdout) as {
    undrilled: unknown[];
    overdue: { id: string; days: number; limit: number }[];
  };
  assert.deepEqual(
    [coverage.undrilled, coverage.overdue.map((one) => [one.id, one.days, one.limit])],
    [[], [[id, 40, 31]]],
  );
  assert.match((await cli(t, ["show", "coverage", "--lang", "en"], root)).out, /Drilled too long ago/);
  await run(to, id, 2 * DAY);
  assert.deepEqual(await undrilled(t, root), []);
});

test("rehearsals, failed runs, parts of a runbook and other runbooks prove nothing", async (t) => {
  const { root, to } = book(t);
  const id = await idOf(t, root);
  await run(to, id, DAY, { rehearsal: true });
  await run(to, "something-else", DAY);
  const part = goodRun({
    ...bound({ steps: ["look"], runbook: id }),
    request: { runbook: id, environment: "test", params: {}, only: ["look"] },
  });
  await recordRun(to, part, { record: { id: "r-part", by: "requester", reason: "" } });
  assert.deepEqual(await undrilled(t, root), ["WB303"]);
});

test("a forged proof does not count: changed, re-signed by a stranger, copied from elsewhere, or dated anew", async (t) => {
  const { root, data, to } = book(t);
  const id = await idOf(t, root);
  const place = await run(to, id, 40 * DAY);
  const saved = join(folder(t), "saved");
  cpSync(place.directory, saved, { recursive: true });
  const env = join(place.directory, FILES.env);
  const is = readFileSync(env, "utf8");
  // The day, in the file alone.
  writeFileSync(env, is.replace(/ENDED_UTC=\S+/, `ENDED_UTC=${new Date().toISOString()}`));
  assert.deepEqual(await undrilled(t, root), ["WB303"]);
  // The day, with the statement made anew by a key of the forger's.
  const forged = readFileSync(env);
  const envelope = JSON.parse(readFileSync(join(place.directory, FILES.statement), "utf8")) as { payload: string };
  const statement = JSON.parse(Buffer.from(envelope.payload, "base64").toString()) as {
    subject: { name: string; digest: { sha256: string } }[];
  };
  statement.subject.find(({ name }) => name === FILES.env)!.digest.sha256 = createHash("sha256")
    .update(forged)
    .digest("hex");
  writeFileSync(join(place.directory, FILES.statement), seal(statement, signingKey(join(folder(t), "keys"))));
  assert.deepEqual(await undrilled(t, root), ["WB303"]);
  // Sound, under a name that says it is of today: not where it was made for.
  rmSync(place.directory, { recursive: true });
  const today = join(to.root, evidencePath({ id: "r", title: "Restore drill", started: Date.now() }));
  mkdirSync(dirname(today), { recursive: true });
  cpSync(saved, today, { recursive: true });
  assert.deepEqual(await undrilled(t, root), ["WB303"]);
  // Of another host, whose key this book does not trust.
  const other = book(t);
  const theirs = await run(other.to, id, DAY);
  rmSync(today, { recursive: true });
  mkdirSync(dirname(place.directory), { recursive: true });
  cpSync(theirs.directory, join(to.root, ...theirs.directory.split("/").slice(-3)), { recursive: true });
  assert.deepEqual(await undrilled(t, root), ["WB303"]);
  // The true one, where it belongs: overdue again.
  renameSync(saved, place.directory);
  assert.deepEqual(await undrilled(t, root), ["WB304"]);
  assert.ok(basename(data) === ".watchbook");
});

test("signers that cannot be read trust nobody, and no evidence costs no trust at all", async (t) => {
  const { root, to } = book(t);
  const id = await idOf(t, root);
  await run(to, id, DAY);
  assert.deepEqual(await undrilled(t, root), []);
  writeFileSync(join(root, "watchbook.yaml"), "zone: UTC\nsigners: signers\n");
  assert.deepEqual(await undrilled(t, root), ["WB303"]);
  writeFileSync(join(root, "signers"), "nonsense\n");
  assert.deepEqual(await undrilled(t, root), ["WB303"]);
});

test("the newest proof of each runbook counts, and what was verified once is not verified again", async (t) => {
  const to = recorder(folder(t));
  await run(to, "a", 40 * DAY);
  const newest = await run(to, "a", 3 * DAY);
  await run(to, "b", 5 * DAY);
  const cache: ProofCache = { opened: new Map(), found: new Map() };
  const look = () => proofsOf(to.root, trusting(to, { pins: { now: Date.now() } }), cache);
  const first = await look();
  assert.deepEqual([...first.keys()].sort(), ["a", "b"]);
  assert.equal(first.get("a")!.directory, newest.directory);
  assert.equal(cache.found.size, 2);
  // What is remembered is what is answered, also when the log has grown since.
  const [[key, found] = ["", undefined]] = cache.found;
  assert.ok(typeof found === "object");
  cache.found.set(key, { ...found, ended: 1 });
  assert.equal((await look()).get(found.runbook)!.ended, 1);
  await run(to, "c", DAY);
  const grown = await look();
  assert.deepEqual([grown.size, grown.get(found.runbook)!.ended, cache.found.size], [3, 1, 3]);
  // A file that was changed since: the proof before it counts.
  writeFileSync(join(newest.directory, FILES.events), "{}\n");
  assert.notEqual((await look()).get("a")!.directory, newest.directory);
  assert.equal((await proofsOf(join(to.root, "none"), trusting(to))).size, 0);
});

test("a daemon's book knows its proofs, and looks again when evidence has come", async (t) => {
  const { root, data, to } = book(t);
  const id = await idOf(t, root);
  await using reach = await openLocal(registry, root);
  const source = bookSource(root, reach, { ...systemClock, sleep: () => Promise.resolve() }, data);
  const codesOf = async (): Promise<string[]> =>
    (await source.load()).findings.flatMap(({ code }) => (code === "WB303" || code === "WB304" ? [code] : []));
  assert.deepEqual(await codesOf(), ["WB303"]);
  const mark = await source.mark();
  assert.equal(await source.mark(), mark);
  await run(to, id, 40 * DAY);
  assert.notEqual(await source.mark(), mark);
  assert.deepEqual(await codesOf(), ["WB304"]);
});
