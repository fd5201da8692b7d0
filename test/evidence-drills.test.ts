// Drills on record: each that the log has is one, whatever lies in its directory now, and whatever came after it.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { promisesView } from "../src/api/view/drills.ts";
import { listOf, type Kinds } from "../src/api/view/evidence.ts";
import { canonical } from "../src/evidence/canonical.ts";
import { drillsOf, type DrillCache } from "../src/evidence/drills.ts";
import { evidenceNamed, listEvidence } from "../src/evidence/list.ts";
import { checkpointFile, logFolder } from "../src/evidence/log.ts";
import { evidencePath } from "../src/evidence/name.ts";
import { openLog, type OpenedLogs } from "../src/evidence/opened.ts";
import { FILES, type Recorder } from "../src/evidence/record.ts";
import { Refusal } from "../src/evidence/refusal.ts";
import { remembered, rememberedFile } from "../src/evidence/remembered.ts";
import { planDigest } from "../src/evidence/run/plan.ts";
import { promisesOf } from "../src/report/drill/promises.ts";
import type { Book } from "../src/model/book.ts";
import type { Plan } from "../src/model/plan.ts";
import { record, recorder, STARTED, trusting } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { bound, goodRun, inputOfRun, recordRun } from "./kit/run-evidence.ts";
import { play } from "./kit/run-play.ts";

/** A drill of a restore. */
function drill(more: Partial<Plan> = {}) {
  const plan = { ...bound({ steps: ["s"] }), drill: { kind: "restore" as const, objectives: [] }, ...more };
  return goodRun({ ...plan, digest: planDigest(plan) });
}

/** One that went wrong, as `id`; the run that was drilled is the same. */
function failed(id: string) {
  const { plan } = drill();
  const run = play(plan);
  run.go();
  run.now += 1_500;
  run.end("s@a", { ending: "failed", seconds: 1.5 });
  return [run, { record: { id, by: "requester", reason: "test" } }] as const;
}

const verdicts = async (to: Recorder) =>
  (await drillsOf(to.root, { ...trusting(to), checkpoint: remembered(to.keys, to.root)! })).drills.map(
    ({ verdict }) => verdict,
  );

test("a drill that was written over as if it had been none is told as changed", async (t) => {
  const to = recorder(folder(t));
  const place = await recordRun(to, drill());
  const seen = async () => {
    const { drills, removed } = await drillsOf(to.root, trusting(to));
    return [drills.length, removed.length];
  };
  assert.deepEqual(await seen(), [1, 0]);
  const file = join(place.directory, FILES.json);
  const { drill: _, ...rest } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  writeFileSync(file, canonical(rest));
  assert.deepEqual(await seen(), [0, 1]);
});

test("a log that grows is read on from where it was known; another one in its place is read from its beginning", async (t) => {
  const to = recorder(folder(t));
  const opened: OpenedLogs = new Map();
  const open = () => openLog(to.root, trusting(to).trust.signers, opened)!;
  await recordRun(to, drill());
  const first = open();
  assert.equal(open(), first, "nothing is read of what has not changed");
  for (let n = 0; n < 3; n += 1) await record(to, `run-${n}`);
  const grown = open();
  assert.deepEqual([grown.size, grown.line, grown.runs], [4, first.line, first.runs]);
  assert.deepEqual(openLog(to.root, trusting(to).trust.signers)!.runs, grown.runs);
  // The same key, another history, longer than the one that was known.
  rmSync(logFolder(to.root), { recursive: true });
  rmSync(rememberedFile(to.keys, to.root));
  for (let n = 0; n < 6; n += 1) await record(to, `again-${n}`);
  const other = open();
  assert.notEqual(other.line, first.line);
  assert.deepEqual([other.size, other.runs], [6, []]);
});

test("entries that are not those of the checkpoint are refused, of a log that was known as well", async (t) => {
  const to = recorder(folder(t));
  const opened: OpenedLogs = new Map();
  const open = (known?: OpenedLogs) => openLog(to.root, trusting(to).trust.signers, known);
  await record(to, "run-0");
  open(opened);
  await recordRun(to, drill());
  const entries = join(logFolder(to.root), "tile/entries/000.p/2");
  const bytes = readFileSync(entries);
  // The runbook of the drill, by another name of the same length.
  bytes[bytes.length - 2]! ^= 1;
  writeFileSync(entries, bytes);
  for (const known of [opened, undefined]) assert.throws(() => open(known), Refusal);
  assert.equal((await drillsOf(to.root, trusting(to))).removed, "all");
});

test("what is not a run is not looked at, however much of it is on record", async (t) => {
  const to = recorder(folder(t));
  const cache: DrillCache = { opened: new Map(), found: new Map() };
  await recordRun(to, drill());
  for (let n = 0; n < 3; n += 1) await record(to, `run-${n}`);
  const { drills, removed } = await drillsOf(to.root, trusting(to), cache);
  assert.deepEqual([drills.length, removed, cache.found.size], [1, [], 1]);
  await recordRun(to, goodRun(bound({ steps: ["s"] })), { record: { id: "r-plain", by: "requester", reason: "test" } });
  assert.equal((await drillsOf(to.root, trusting(to), cache)).drills.length, 1);
  assert.equal(cache.found.size, 2, "a run that is no drill is looked at once");
});

test("evidence is found by the name of its directory, and by nothing that leads elsewhere", async (t) => {
  const to = recorder(folder(t));
  const { directory } = await record(to, "run-1");
  const name = basename(directory);
  assert.equal(evidenceNamed(to.root, name), directory);
  const strange = [`../11/${name}`, `${name}/`, `${name}/..`, name.slice(0, -1), "..", "", `${name}\0`];
  for (const one of strange) assert.equal(evidenceNamed(to.root, one), undefined, one);
  // Its form is right, and there is nothing in it.
  const empty = `${name.slice(0, -4)}ffff`;
  mkdirSync(join(to.root, "2026/11", empty));
  assert.equal(evidenceNamed(to.root, empty), undefined);
  assert.deepEqual(listEvidence(to.root), [directory]);
});

test("evidence of one kind is listed without reading twice what is of another", async (t) => {
  const to = recorder(folder(t));
  const host = {
    book: () => ({ open: { root: to.root, book: { config: { evidence: "." } } } }),
    house: { data: to.root },
  };
  const kinds: Kinds = new Map();
  const list = async (kind?: string, limit = 10) => {
    const { total, evidence } = await listOf(host as unknown as Parameters<typeof listOf>[0], kind, limit, kinds);
    return [total, evidence.map(({ says }) => says?.kind)];
  };
  for (let n = 0; n < 3; n += 1) await record(to, `run-${n}`, { started: STARTED + n * 40 * 86_400_000 });
  await recordRun(to, drill());
  assert.deepEqual(await list(), [4, ["inspection", "inspection", "inspection", "drill"]]);
  assert.deepEqual(await list(undefined, 2), [4, ["inspection", "inspection"]]);
  for (const _ of ["first", "again"]) assert.deepEqual(await list("drill"), [4, ["drill"]]);
  assert.equal([...kinds.values()].filter((one) => one === "inspection").length, 3);
  await record(to, "run-9", { started: STARTED + 86_400_000 });
  assert.deepEqual(await list("inspection"), [5, ["inspection", "inspection", "inspection", "inspection"]]);
  // A statement that cannot be read may be of any kind; put back, it is of its own again.
  const file = join(listEvidence(to.root)[0]!, FILES.statement);
  const bytes = readFileSync(file);
  writeFileSync(file, "nonsense");
  assert.deepEqual(await list("incident"), [5, [undefined]]);
  writeFileSync(file, bytes);
  assert.deepEqual(await list("incident"), [5, []]);
});

test("what keeps the log from being tidied up keeps nothing from being remembered, and nothing is logged twice", async (t) => {
  const to = recorder(folder(t));
  await recordRun(to, drill());
  const old = readFileSync(checkpointFile(to.root));
  mkdirSync(join(logFolder(to.root), "tile/0/000.p/0"));
  const bad = await recordRun(to, ...failed("bad"));
  assert.equal((await recordRun(to, ...failed("bad"))).leaf, bad.leaf);
  assert.deepEqual(await verdicts(to), ["fail", "pass"]);
  // Back to what stood there before.
  rmSync(bad.directory, { recursive: true });
  writeFileSync(checkpointFile(to.root), old);
  const demands = { ...trusting(to), checkpoint: remembered(to.keys, to.root)! };
  assert.equal((await drillsOf(to.root, demands)).removed, "all");
});

test("a crash before the checkpoint was remembered: the next one remembers it, also when it has nothing new", async (t) => {
  const to = recorder(folder(t));
  const first = remembered.bind(undefined, to.keys, to.root);
  await recordRun(to, drill());
  const before = first()!;
  await recordRun(to, ...failed("bad"));
  const after = first()!;
  writeFileSync(rememberedFile(to.keys, to.root), before);
  await recordRun(to, ...failed("bad"));
  assert.equal(first(), after);
});

test("what somebody put into the place of a run before it was recorded is not taken for its evidence", async (t) => {
  const to = recorder(folder(t));
  const good = await recordRun(to, drill());
  const run = failed("bad");
  const input = inputOfRun(...run);
  const places = [4, 8, 16].map((digits) => join(to.root, evidencePath(input, digits)));
  // Another run's evidence under this one's id, a folder of nothing, and a link that leads nowhere.
  cpSync(good.directory, places[0]!, { recursive: true });
  writeFileSync(join(places[0]!, FILES.env), "RUN_ID=bad\n");
  mkdirSync(places[1]!);
  symlinkSync("nowhere", places[2]!);
  const place = await recordRun(to, ...run);
  assert.equal(place.directory, join(to.root, evidencePath(input, 32)));
  assert.deepEqual(await recordRun(to, ...run), place, "found again where it is");
  assert.deepEqual(await verdicts(to), ["fail", "pass"]);
});

test("evidence that was removed and is recorded once more is one run, at its old number", async (t) => {
  const to = recorder(folder(t));
  const first = await recordRun(to, drill());
  await recordRun(to, ...failed("bad"));
  rmSync(first.directory, { recursive: true });
  const again = await recordRun(to, drill());
  assert.equal(again.directory, first.directory);
  assert.deepEqual(await verdicts(to), ["fail", "pass"]);
});

test("a part of a drill is none", async (t) => {
  const to = recorder(folder(t));
  const { plan } = drill();
  await recordRun(to, drill({ request: { ...plan.request, only: ["s"] } }));
  assert.deepEqual(await verdicts(to), []);
});

test("a drill of tomorrow is in doubt, proves nothing today, and is looked at again", async (t) => {
  const to = recorder(folder(t));
  await recordRun(to, drill());
  const cache: DrillCache = { opened: new Map(), found: new Map() };
  const at = async (now: number) => {
    const record = await drillsOf(to.root, trusting(to, { pins: { now } }), cache);
    const [promise] = promisesOf([{ id: drill().plan.runbook, objectives: [] }], record);
    return [record.drills[0]!.verdict, record.drills[0]!.doubted, promise!.state];
  };
  assert.deepEqual(await at(0), ["inconclusive", true, "unmeasured"]);
  assert.deepEqual(await at(STARTED), ["pass", undefined, "kept"]);
});

test("an older copy is not taken for the record, neither in its place nor behind a link", async (t) => {
  const to = recorder(folder(t));
  const aside = `${to.root}-old`;
  await recordRun(to, drill());
  cpSync(to.root, aside, { recursive: true });
  await recordRun(to, ...failed("bad"));
  const removed = async () =>
    (await drillsOf(to.root, { ...trusting(to), checkpoint: remembered(to.keys, to.root)! })).removed;
  assert.deepEqual(await removed(), []);
  rmSync(to.root, { recursive: true });
  symlinkSync(aside, to.root);
  assert.equal(await removed(), "all");
  rmSync(to.root);
  cpSync(aside, to.root, { recursive: true });
  assert.equal(await removed(), "all");
});

test("beside a drill stands that evidence which came after it is gone", async (t) => {
  const to = recorder(folder(t));
  const { plan } = drill();
  const source = { file: "sop.md", line: 1 };
  const runbooks = [{ id: plan.runbook, title: "Restore", kind: "restore", every: "1mo", source, steps: [] }];
  const config = { environments: [], services: [], runbooks: [], objectives: [], clusters: [], backups: [] };
  const book = { runbooks, config, objectives: [], services: [], backups: [] } as unknown as Book;
  const seen = async () => {
    const [due] = promisesView(book, await drillsOf(to.root, trusting(to)), STARTED).drills;
    return [due?.last?.verdict, due?.removed];
  };
  await recordRun(to, drill());
  const bad = await recordRun(to, ...failed("bad"));
  assert.deepEqual(await seen(), ["fail", false]);
  rmSync(bad.directory, { recursive: true });
  assert.deepEqual(await seen(), ["pass", true]);
});
