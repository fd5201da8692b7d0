import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { seal } from "../../src/evidence/dsse.ts";
import { publicKeyFile, signingKey } from "../../src/evidence/key.ts";
import { FILES } from "../../src/evidence/record.ts";
import * as fc from "fast-check";
import { recordEvidence } from "../../src/evidence/record.ts";
import { record, recorder } from "../kit/evidence.ts";
import { planDigest } from "../../src/evidence/run/plan.ts";
import { bound, inputOfRun, recordRun, unsigned } from "../kit/run-evidence.ts";
import { Drive } from "../kit/run-drive.ts";
import { play } from "../kit/run-play.ts";
import { anyPlan } from "../kit/run-plans.ts";
import { folder } from "../kit/folder.ts";
import { bothWays, countingRun, countOf, soundRows } from "../kit/ledger.ts";
import { needs } from "./needs.ts";

const docs = join(import.meta.dirname, "../../docs/formats");

type Listed = { readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[] };

/** A statement as it would be of another file under this name. */
const statementWith = (statement: Listed, name: string, bytes: Buffer): Listed => ({
  ...statement,
  subject: statement.subject.map((one) =>
    one.name === name ? { name, digest: { sha256: createHash("sha256").update(bytes).digest("hex") } } : one,
  ),
});

/** The recipe as the document prints it, word for word. */
function recipe(document: string): string {
  const found = /<!-- recipe -->\n```sh\n([^]*?)\n```\n/.exec(readFileSync(join(docs, document), "utf8"));
  assert.ok(found, document);
  return found[1]!;
}

test("the documented recipe verifies evidence without watchbook, and refuses what was changed", async (t) => {
  if (!needs(t, "openssl", "jq", "base64")) return;
  assert.equal(recipe("evidence.zh-CN.md"), recipe("evidence.md"));
  const place = folder(t);
  const [to, stranger] = [recorder(place), recorder(folder(t))];
  const script = join(place, "verify.sh");
  writeFileSync(script, recipe("evidence.md"));
  const run = (directory: string, key = publicKeyFile(to.keys)) => {
    const { status, stdout } = spawnSync("sh", [script, directory, key], { encoding: "utf8" });
    return { status, stdout };
  };

  const runs = [
    await record(to, "run-1"),
    await record(to, "run-2", { cpu: 95 }),
    await record(to, "run-3", { cpu: 75 }),
    await record(to, "run-4", { mode: "dry-run" }),
    await record(to, "run-5"),
  ];
  const verdicts = runs.map(({ directory }) => {
    const { status, stdout } = run(directory);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /\nin the log: yes\n$/);
    return /\nverdict: (\w+)\n/.exec(stdout)?.[1];
  });
  assert.deepEqual(verdicts, ["pass", "fail", "pass", "rehearsal", "pass"]);

  const { directory } = runs[2]!;
  for (const name of Object.values(FILES)) {
    // The recipe does not read the second envelope.
    if (name === FILES.testResult) continue;
    const path = join(directory, name);
    const sound = readFileSync(path);
    const changed = Buffer.from(sound);
    changed[Math.floor(sound.length / 2)]! ^= 1;
    writeFileSync(path, changed);
    assert.notEqual(run(directory).status, 0, name);
    writeFileSync(path, sound);
  }
  assert.equal(run(directory).status, 0);
  await record(stranger, "run-1");
  assert.notEqual(run(directory, publicKeyFile(stranger.keys)).status, 0);
});

test("the recipe judges runs too: by their plan and every step of it", async (t) => {
  if (!needs(t, "openssl", "jq", "base64")) return;
  const place = folder(t);
  const to = recorder(place);
  const script = join(place, "verify.sh");
  writeFileSync(script, recipe("evidence.md"));
  const check = (directory: string) => {
    const { status, stdout } = spawnSync("sh", [script, directory, publicKeyFile(to.keys)], { encoding: "utf8" });
    return status === 0 ? /\nverdict: (\w+)\n/.exec(stdout)?.[1] : "refused";
  };
  const verdicts = new Set<string>();
  const tapes = fc.sample(fc.tuple(anyPlan, fc.array(fc.nat(10_000), { maxLength: 120, size: "max" })), {
    numRuns: 60,
    seed: 7,
  });
  for (const [index, [any, tape]] of tapes.entries()) {
    const plan = unsigned(any);
    const { play } = new Drive(plan, tape, { receipts: true, watch: () => undefined }).run();
    const input = inputOfRun(play, { record: { id: `r${index}`, by: "requester", reason: "" } });
    // Many of them are alike: some of each verdict are enough.
    if (verdicts.has(input.verdict) && index > 10) continue;
    verdicts.add(input.verdict);
    const { directory } = await recordEvidence(to, input);
    assert.equal(check(directory), input.verdict, `${index}`);
  }
  assert.deepEqual([...verdicts].sort(), ["fail", "inconclusive", "pass", "rehearsal"]);
});

test("the recipe judges a run as we do that broke off because its fault had no effect", async (t) => {
  if (!needs(t, "openssl", "jq", "base64")) return;
  const place = folder(t);
  const to = recorder(place);
  const script = join(place, "verify.sh");
  writeFileSync(script, recipe("evidence.md"));
  for (const [reason, verdict] of [
    ["fault-did-not-bite", "inconclusive"],
    ["exit-code", "fail"],
  ] as const) {
    const run = play(
      bound({
        steps: [{ id: "fault_injection", kind: "fault", until: "switch", undo: "heal" }, { id: "switch" }],
        others: [{ id: "heal" }],
      }),
    );
    run.go();
    run.end("fault_injection@a", { ending: "failed", reason });
    for (let open = run.view.tasks.find((task) => task.open); open; open = run.view.tasks.find((task) => task.open))
      run.end(`${open.step}@${open.target}`);
    const { directory } = await recordRun(to, run, { record: { id: reason, by: "requester", reason: "" } });
    const { status, stdout } = spawnSync("sh", [script, directory, publicKeyFile(to.keys)], { encoding: "utf8" });
    assert.deepEqual([status, /\nverdict: (\w+)\n/.exec(stdout)?.[1]], [0, verdict], reason);
  }
});

test("the recipe counts again what was lost, from the ledger alone", async (t) => {
  if (!needs(t, "openssl", "jq", "base64")) return;
  const place = folder(t);
  const to = recorder(place);
  const script = join(place, "verify.sh");
  writeFileSync(script, recipe("evidence.md"));
  const { directory } = await recordEvidence(to, countingRun(countOf(soundRows(), [250, 299])));
  const check = () => spawnSync("sh", [script, directory, publicKeyFile(to.keys)], { encoding: "utf8" });
  const sound = check();
  assert.equal(sound.status, 0, sound.stderr);
  for (const said of ["LOST_ACKED=2", "RPO_EVENTS=2", "IN_DOUBT=1", "IN_DOUBT_PRESENT=0", "ACKED_LAST_SECOND=100"])
    assert.ok(sound.stdout.split("\n").includes(said), `${said}: ${sound.stdout}`);
  // Whoever has the key signs a flattered number: the ledger gives it away.
  const env = join(directory, FILES.env);
  writeFileSync(env, readFileSync(env, "utf8").replace("LOST_ACKED=2", "LOST_ACKED=0"));
  const path = join(directory, FILES.statement);
  const { payload } = JSON.parse(readFileSync(path, "utf8")) as { readonly payload: string };
  const statement = JSON.parse(Buffer.from(payload, "base64").toString("utf8")) as Parameters<typeof statementWith>[0];
  writeFileSync(path, seal(statementWith(statement, FILES.env, readFileSync(env)), signingKey(to.keys)));
  const forged = check();
  assert.notEqual(forged.status, 0);
  assert.match(forged.stderr, /LOST_ACKED=0, the ledger says LOST_ACKED=2/);
});

test("the recipe holds a drill to its objectives, there and back", async (t) => {
  if (!needs(t, "openssl", "jq", "base64")) return;
  const place = folder(t);
  const to = recorder(place);
  const script = join(place, "verify.sh");
  writeFileSync(script, recipe("evidence.md"));
  const objective = (unit: "events" | "seconds", value: number) =>
    ({ name: unit === "events" ? "rpo" : "failover", comparison: "<=", value, unit }) as const;
  const cases: readonly (readonly [outputs: Readonly<Record<string, string>>, limit: number, verdict: string])[] = [
    [{ FAILOVER_SECONDS: "2.5" }, 2.5, "pass"],
    [{ FAILOVER_SECONDS: "2.501" }, 2.5, "fail"],
    // The worse of both ways.
    [{ FAILOVER_SECONDS: "2.5", FAILBACK_SECONDS: "9" }, 2.5, "fail"],
    [{ RTO_SECONDS: "1" }, 2.5, "inconclusive"],
  ];
  for (const [index, [outputs, limit, verdict]] of cases.entries()) {
    const bare = bound({ steps: [{ id: "count", outputs: [...Object.keys(outputs), "RPO_EVENTS"] }] });
    const drill = { kind: "failover", objectives: [objective("events", 0), objective("seconds", limit)] } as const;
    const plan = { ...bare, drill, digest: planDigest({ ...bare, drill }) };
    const run = play(plan);
    run.go();
    run.end("count@a", { outputs: { ...outputs, RPO_EVENTS: "0" } });
    const input = inputOfRun(run, { record: { id: `drill-${index}`, by: "requester", reason: "" } });
    assert.equal(input.verdict, verdict);
    const { directory } = await recordEvidence(to, input);
    const { status, stdout, stderr } = spawnSync("sh", [script, directory, publicKeyFile(to.keys)], {
      encoding: "utf8",
    });
    assert.deepEqual([status, /\nverdict: (\w+)\n/.exec(stdout)?.[1]], [0, verdict], stderr);
  }
  const { directory } = await recordEvidence(to, bothWays(countOf(soundRows(), [299]), countOf(soundRows(200), [])));
  const { status, stdout, stderr } = spawnSync("sh", [script, directory, publicKeyFile(to.keys)], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  for (const said of ["LOST_ACKED=1", "FAILBACK_LOST_ACKED=0", "FAILBACK_ACKED_LAST_SECOND=200"])
    assert.ok(stdout.split("\n").includes(said), stdout);
});

test("the entries of the log are lines that sha256sum checks", async (t) => {
  if (!needs(t, "sha256sum")) return;
  const { readEntries } = await import("../../src/evidence/tiles.ts");
  const to = recorder(folder(t));
  for (const id of ["run-1", "run-2", "run-3"]) await record(to, id);
  const input = Buffer.concat(readEntries(join(to.root, "log"), 3));
  const { status, stdout } = spawnSync("sha256sum", ["-c", "-"], { cwd: to.root, input, encoding: "utf8" });
  assert.deepEqual([status, stdout.match(/: OK$/gm)?.length], [0, 3]);
});
