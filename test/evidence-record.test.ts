import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { drillsOf, type DrillCache } from "../src/evidence/drills.ts";
import { logEntry } from "../src/evidence/entry.ts";
import { removedFrom } from "../src/evidence/inclusion.ts";
import { signingKey } from "../src/evidence/key.ts";
import { append, logFolder, readCheckpoint, recoverLog } from "../src/evidence/log.ts";
import { openLog } from "../src/evidence/opened.ts";
import { evidencePath } from "../src/evidence/name.ts";
import { FILES, recordEvidence } from "../src/evidence/record.ts";
import { rememberedFile } from "../src/evidence/remembered.ts";
import { readEntries } from "../src/evidence/tiles.ts";
import { WatchbookError } from "../src/model/error.ts";
import { planDigest } from "../src/evidence/run/plan.ts";
import { codes, eventsOf, inputOf, record, recorder, STARTED, trusting, verify } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { countOf, countingRun, soundRows } from "./kit/ledger.ts";
import { bound, goodRun, recordRun } from "./kit/run-evidence.ts";

const sha256 = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

test("a log that lost what this host wrote is not carried on; restored, it goes on", async (t) => {
  const to = recorder(folder(t));
  await record(to, "run-1");
  const before = join(folder(t), "before");
  cpSync(to.root, before, { recursive: true });
  await record(to, "run-2");
  const whole = join(folder(t), "whole");
  cpSync(to.root, whole, { recursive: true });
  const put = (from: string): void => {
    rmSync(to.root, { recursive: true });
    cpSync(from, to.root, { recursive: true });
  };
  put(before);
  await assert.rejects(record(to, "run-3"), { code: "EVIDENCE-LOG-CUT" });
  rmSync(to.root, { recursive: true });
  await assert.rejects(record(to, "run-3"), { code: "EVIDENCE-LOG-CUT" });
  put(whole);
  const place = await record(to, "run-3");
  assert.deepEqual([place.leaf, verify(to, place).verdict], [2, "pass"]);
});

test("a run leaves one directory with everything in it, signed and in the log [C-018]", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  assert.equal(place.directory, join(to.root, "2026/11", basename(place.directory)));
  assert.match(basename(place.directory), /^20261120T083300Z-每日巡检-daily-[0-9a-f]{4}$/);
  assert.deepEqual(readdirSync(place.directory).sort(), Object.values(FILES).sort());
  assert.deepEqual([place.leaf, place.keyId], [0, signingKey(to.keys).publicKey.id]);
  assert.equal(verify(to, place).verdict, "pass");
  const [entry] = readEntries(logFolder(to.root), 1);
  assert.equal(
    entry!.toString(),
    `${sha256(join(place.directory, FILES.statement))}  2026/11/${basename(place.directory)}/${FILES.statement}\n`,
  );
  assert.equal(statSync(join(to.keys, "evidence.pem")).mode & 0o777, 0o600);
  assert.equal(statSync(to.keys).mode & 0o777, 0o700);
  assert.match(readFileSync(join(to.root, ".gitignore"), "utf8"), /^log\/lock\.db/);
});

test("the same run twice is one record; another run is another one, also in the same second", async (t) => {
  const to = recorder(folder(t));
  const first = await record(to, "run-1");
  assert.deepEqual(await record(to, "run-1"), first);
  const others = await Promise.all(["run-2", "run-3", "run-4"].map((id) => record(to, id)));
  assert.deepEqual(
    others.map(({ leaf }) => leaf).sort((a, b) => a - b),
    [1, 2, 3],
  );
  for (const place of [first, ...others]) assert.equal(verify(to, place).verdict, "pass");
});

test("two runs whose names would meet get longer names", async (t) => {
  const to = recorder(folder(t));
  const tail = (id: string) => createHash("sha256").update(id).digest("hex").slice(0, 4);
  const first = "run-0";
  const second = Array.from({ length: 400_000 }, (_, n) => `run-${n + 1}`).find((id) => tail(id) === tail(first))!;
  const [one, two] = [await record(to, first), await record(to, second)];
  assert.equal(two.directory, join(to.root, evidencePath(inputOf(second), 8)));
  for (const place of [one, two]) assert.equal(verify(to, place).verdict, "pass");
  assert.deepEqual(await record(to, second), two);
});

test("titles of any script become names that any tool can take", () => {
  const named = (title: string) => basename(evidencePath({ id: "x", title, started: STARTED })).slice(17, -5);
  assert.deepEqual(["Daily check", "  ../../etc/passwd\n", "巡检｜第１次", "—", "a".repeat(90)].map(named), [
    "daily-check",
    "etc-passwd",
    "巡检-第1次",
    "run",
    "a".repeat(40),
  ]);
});

test("what nobody could verify is not recorded: a verdict that the events do not give, a NaN, a line break in a key's value", async (t) => {
  const to = recorder(folder(t));
  await assert.rejects(
    recordEvidence(to, inputOf("run-1", { verdict: "pass", events: eventsOf("run-1", "fail", { cpu: 95 }) })),
    TypeError,
  );
  await assert.rejects(record(to, "run-1", { events: eventsOf("run-1").slice(1) }), TypeError);
  await assert.rejects(record(to, "run-1", { result: { value: Number.NaN } }), /NaN/);
  await assert.rejects(record(to, "run-1", { env: [["NOTE", "a\nb"]] }), TypeError);
  await assert.rejects(record(to, "run-1", { env: [["RUN_ID", "other"]] }), TypeError);
  assert.ok(!existsSync(to.root) || !readdirSync(to.root).includes("2026"));
});

test("a crash before the directory arrived leaves no trace in the log; after it, the log has it", async (t) => {
  const to = recorder(folder(t));
  const first = await record(to, "run-1");
  const key = signingKey(to.keys);
  append(to.root, Buffer.from("never arrived"), "2026/11/never", key);
  recoverLog(to.root);
  assert.equal(openLog(to.root, trusting(to).trust.signers)!.size, 1);

  const path = "2026/11/20261120T083300Z-arrived-0000";
  const statement = readFileSync(join(first.directory, FILES.statement));
  append(to.root, logEntry(statement, path), path, key);
  mkdirSync(join(to.root, path), { recursive: true });
  writeFileSync(join(to.root, path, FILES.statement), statement);
  recoverLog(to.root);
  const log = openLog(to.root, trusting(to).trust.signers)!;
  assert.equal(log.size, 2);
  assert.deepEqual(removedFrom(to.root, log.size), []);
  const next = await record(to, "run-2");
  assert.equal(next.leaf, 2);
  for (const place of [first, next]) assert.equal(verify(to, place).verdict, "pass");
});

test("leftovers of a killed writer are cleared, and evidence that was removed is named by the log", async (t) => {
  const to = recorder(folder(t));
  const first = await record(to, "run-1");
  mkdirSync(join(to.root, "2026/11/.new-0011aabb"));
  const second = await record(to, "run-2");
  assert.deepEqual(
    readdirSync(join(to.root, "2026/11")).sort(),
    [first, second].map(({ directory }) => basename(directory)).sort(),
  );
  rmSync(first.directory, { recursive: true });
  const removed = removedFrom(to.root, 2);
  assert.deepEqual(removed, [`2026/11/${basename(first.directory)}/${FILES.statement}`]);
});

test("a damaged log is not carried on, and a key that others can read does not sign", async (t) => {
  const to = recorder(folder(t));
  await record(to, "run-1");
  const tile = join(logFolder(to.root), "tile/0/000.p/1");
  const bytes = readFileSync(tile);
  writeFileSync(
    tile,
    bytes.map((byte) => byte ^ 1),
  );
  const refused = (code: string) => (error: unknown) => error instanceof WatchbookError && error.code === code;
  await assert.rejects(record(to, "run-2"), refused("EVIDENCE-LOG-DAMAGED"));
  writeFileSync(tile, bytes);
  chmodSync(join(to.keys, "evidence.pem"), 0o644);
  await assert.rejects(record(to, "run-2"), refused("EVIDENCE-KEY-OPEN"));
  chmodSync(join(to.keys, "evidence.pem"), 0o600);
  assert.equal((await record(to, "run-2")).leaf, 1);
});

test("every kind of verdict is kept as what it is; a dry run is a rehearsal whatever it measured [C-045]", async (t) => {
  const to = recorder(folder(t));
  const warn = verify(to, await record(to, "warn", { cpu: 75 }));
  assert.deepEqual([warn.verdict, warn.measured["warn"]], ["pass", 1]);
  const fail = verify(to, await record(to, "fail", { cpu: 95 }));
  assert.deepEqual([fail.verdict, codes(fail)], ["fail", ["verdict-fail"]]);
  const dry = verify(to, await record(to, "dry", { mode: "dry-run" }));
  assert.deepEqual([dry.verdict, codes(dry)], ["rehearsal", ["verdict-rehearsal"]]);
  await assert.rejects(record(to, "dry-2", { mode: "dry-run", verdict: "pass" }), TypeError);
});

test("a log that was removed, and is forgotten, begins again under its own name and says nothing of what was before", async (t) => {
  const to = recorder(folder(t));
  const first = await record(to, "run-1");
  rmSync(logFolder(to.root), { recursive: true });
  assert.deepEqual(codes(verify(to, first)), ["no-log"]);
  rmSync(rememberedFile(to.keys, to.root));
  await record(to, "run-2");
  assert.match(readCheckpoint(to.root)!, /^watchbook\/evidence\/[0-9a-f]{16}\n1\n/);
  assert.deepEqual([verify(to, first).verdict, codes(verify(to, first))], ["refused", ["not-included"]]);
});

test("the log says of which runbook evidence was, when the directory is gone or is not believed", async (t) => {
  const to = recorder(folder(t));
  const input = countingRun(countOf(soundRows(), []));
  const place = await recordEvidence(to, input);
  assert.equal(verify(to, place).logged, true);
  const [entry] = readEntries(logFolder(to.root), 1);
  const { runbook } = input.result;
  assert.ok(typeof runbook === "string" && entry!.toString().endsWith(`\n# runbook ${runbook}\n`), entry!.toString());
  const removed = async () => (await drillsOf(to.root, trusting(to))).removed;
  assert.deepEqual(await removed(), []);
  const gone = [{ runbook, index: 0 }];
  writeFileSync(join(place.directory, FILES.json), "better\n");
  assert.deepEqual(await removed(), gone);
  rmSync(place.directory, { recursive: true });
  assert.deepEqual(await removed(), gone);
});

test("what was verified once is verified again when something of it has changed, and only then", async (t) => {
  const to = recorder(folder(t));
  const plan = { ...bound({ steps: ["s"] }), drill: { kind: "restore" as const, objectives: [] } };
  const place = await recordRun(to, goodRun({ ...plan, digest: planDigest(plan) }));
  const cache: DrillCache = { opened: new Map(), found: new Map() };
  const file = join(place.directory, FILES.events);
  const events = readFileSync(file, "utf8");
  // Whole seconds, which can be given again to the nanosecond.
  const OLD = 1_700_000_000;
  utimesSync(file, OLD, OLD);
  const verdicts = async () => (await drillsOf(to.root, trusting(to), cache)).drills.map(({ verdict }) => verdict);
  assert.deepEqual(await verdicts(), ["pass"]);
  // What is remembered is what is answered.
  const [[key, looked] = ["", undefined]] = cache.found;
  assert.ok(typeof looked === "object");
  cache.found.set(key, { ...looked, verdict: "fail" });
  assert.deepEqual(await verdicts(), ["fail"]);
  // A file that was changed, and given its old times.
  writeFileSync(file, events.replace(/"s"/, '"z"'));
  utimesSync(file, OLD, OLD);
  assert.equal(statSync(file).mtimeMs, OLD * 1_000);
  assert.deepEqual(await verdicts(), []);
  writeFileSync(file, events);
  assert.deepEqual(await verdicts(), ["pass"]);
  assert.equal(cache.found.size, 1, "nothing is kept that is of no use");
});
