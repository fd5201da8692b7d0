// Drills on record: each that the log has is one, whatever lies in its directory now, and whatever came after it.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { listOf, type Kinds } from "../src/api/view/evidence.ts";
import { canonical } from "../src/evidence/canonical.ts";
import { drillsOf, type DrillCache } from "../src/evidence/drills.ts";
import { evidenceNamed, listEvidence } from "../src/evidence/list.ts";
import { logFolder } from "../src/evidence/log.ts";
import { openLog, type OpenedLogs } from "../src/evidence/opened.ts";
import { FILES } from "../src/evidence/record.ts";
import { Refusal } from "../src/evidence/refusal.ts";
import { rememberedFile } from "../src/evidence/remembered.ts";
import { planDigest } from "../src/evidence/run/plan.ts";
import { record, recorder, STARTED, trusting } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { bound, goodRun, recordRun } from "./kit/run-evidence.ts";

/** A drill of a restore. */
function drill() {
  const plan = { ...bound({ steps: ["s"] }), drill: { kind: "restore" as const, objectives: [] } };
  return goodRun({ ...plan, digest: planDigest(plan) });
}

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
  // A statement that cannot be read may be of any kind.
  const [unread] = listEvidence(to.root);
  writeFileSync(join(unread!, FILES.statement), "nonsense");
  assert.deepEqual(await list("incident"), [5, []], "known before");
  kinds.clear();
  assert.deepEqual(await list("incident"), [5, [undefined]]);
});
