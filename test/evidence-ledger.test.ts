// Losses are counted again from the ledger in the evidence: a number that its ledger does not give is refused.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { readCanonical } from "../src/evidence/canonical.ts";
import { seal } from "../src/evidence/dsse.ts";
import { signingKey } from "../src/evidence/key.ts";
import { FILES, recordEvidence } from "../src/evidence/record.ts";
import { Refusal } from "../src/evidence/refusal.ts";
import { ledgerDoubts } from "../src/evidence/run/ledger.ts";
import { LEDGER_BACK_FILE, LEDGER_FILE, LEDGER_FORMAT, MOST_TIMES, type LedgerFile } from "../src/model/ledger.ts";
import { isPlain, rangesIn, rangesText, sizeOf, textOfRanges, without } from "../src/model/ranges.ts";
import { codes, recorder, verify } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { bothWays, countingRun, countOf, soundRows, type Noted } from "./kit/ledger.ts";

const done = ["cluster-count"];
const doubtsOf = (outputs: Readonly<Record<string, string>>, bytes: Buffer | undefined): readonly string[] =>
  ledgerDoubts({ outputs, done }, bytes).map(({ code }) => code);

/** What it is refused for: the code, and the key that is contradicted. */
function refusal(outputs: Readonly<Record<string, string>>, bytes: Buffer): string {
  try {
    return doubtsOf(outputs, bytes).join(" ");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, args } = error.reason;
    return `${code} ${args["key"] ?? args["what"] ?? ""}`.trim();
  }
}

const changed = (bytes: Buffer, change: Partial<Record<keyof LedgerFile, unknown>>): Buffer => {
  const file = { ...(JSON.parse(bytes.toString()) as LedgerFile), ...change };
  return Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(file).toSorted(([a], [b]) => (a < b ? -1 : 1)))));
};

test("a difference of sets of ranges is that of their numbers, whatever they are; each set has one text", () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 60 }));
  fc.assert(
    fc.property(numbers, numbers, (some, others) => {
      const [a, b] = [rangesIn(rangesText(some))!, rangesIn(rangesText(others))!];
      assert.equal(textOfRanges(without(a, b)), rangesText(some.filter((id) => !others.includes(id))));
      assert.ok(isPlain(a) && isPlain(without(a, b)));
      assert.equal(textOfRanges([...a, ...b]), rangesText([...some, ...others]));
    }),
  );
  assert.equal(sizeOf(without([[1, 999_999_999_999_999]], [[5, 6]])), 999_999_999_999_997);
  for (const text of ["1-3,4", "1-3,2-5", "1,1"]) assert.equal(isPlain(rangesIn(text)!), false, text);
});

/** Rows of any load: before the fault (at 10 s) on one branch, then in doubt or on the next one. */
const anyRows = fc
  .array(
    fc.record({ sent: fc.integer({ min: 0, max: 9_990 }), takes: fc.integer({ min: 1, max: 300 }), doubt: fc.nat(9) }),
    {
      maxLength: 150,
    },
  )
  .map((drafts): readonly Noted[] => {
    const old = drafts.map(({ sent, takes, doubt }, n): Noted => {
      const row = { id: n + 1, sent };
      return doubt === 0 && sent + 1 < 10_900 ? row : { ...row, acked: sent + takes };
    });
    return [
      ...old,
      ...Array.from({ length: 60 }, (_, n) => {
        const sent = 11_000 + n * 50;
        return { id: old.length + 1 + n, sent, acked: sent + 3, mark: "2" };
      }),
    ];
  });

test("whatever was lost, the verifier counts as the step did, by difference of sets", () => {
  fc.assert(
    fc.property(anyRows, fc.array(fc.nat(400)), fc.array(fc.nat(400)), (rows, gone, behind) => {
      const { outputs, bytes } = countOf(rows, gone, [...gone, ...behind]);
      readCanonical(bytes.toString(), LEDGER_FILE);
      const thin = Number(outputs["ACKED_LAST_SECOND"]) < 50 && outputs["LOST_ACKED"] === "0";
      assert.deepEqual(doubtsOf(outputs, bytes), thin ? ["zero-undemonstrated"] : []);
      for (const key of ["LOST_ACKED", "RPO_EVENTS", "IN_DOUBT", "IN_DOUBT_PRESENT", "DATA_SYNC_LAG_EVENTS"])
        assert.equal(
          refusal({ ...outputs, [key]: String(Number(outputs[key]) + 1) }, bytes),
          `ledger-disagrees ${key}`,
        );
    }),
    { numRuns: 200 },
  );
});

test("every number that flatters is refused, and so is a ledger that contradicts itself", () => {
  const rows = soundRows();
  const { outputs, bytes } = countOf(rows, [250, 299, 300]);
  const file = JSON.parse(bytes.toString()) as LedgerFile;
  assert.deepEqual([outputs["LOST_ACKED"], outputs["RPO_SECONDS"], outputs["IN_DOUBT"]], ["3", "0.509", "1"]);
  assert.deepEqual(doubtsOf(outputs, bytes), []);
  const claims: readonly (readonly [string, string])[] = [
    ...[["LOST_ACKED", "0"] as const, ["RPO_EVENTS", "2"] as const, ["RPO_SECONDS", "0.000"] as const],
    ...[["IN_DOUBT", "0"] as const, ["ACKED_LAST_SECOND", "1000"] as const, ["FAILOVER_SECONDS", "0.100"] as const],
    ...[["DATA_SYNC_LAG_EVENTS", "0"] as const, ["DATA_LAG_EVENTS_AT_FAULT", "0"] as const],
    ...[["FAULT_AT_NS", "1"] as const, ["HISTORY", "1"] as const],
  ];
  for (const [key, value] of claims)
    assert.equal(refusal({ ...outputs, [key]: value }, bytes), `ledger-disagrees ${key}`);
  const ledgers: readonly (readonly [string, Partial<Record<keyof LedgerFile, unknown>>])[] = [
    // The lost rows are said to be there, never to have been confirmed, or never to have been sent.
    ["ledger-shape lost", { there: textOfRanges(rangesIn(file.sent)!) }],
    [
      "ledger-disagrees LOST_ACKED",
      { there: textOfRanges([...rangesIn(file.there)!, [250, 250]]), lost: file.lost.slice(1) },
    ],
    ["ledger-shape lost", { acked: { ...file.acked, last_second: "201-249" } }],
    ["ledger-shape last_second - sent", { sent: "1-200" }],
    // The same rows count twice; an older one is said to have been confirmed later.
    ["ledger-shape acked.last_second", { acked: { ...file.acked, last_second: "201-290,280-300" } }],
    ["ledger-shape before, last_second", { acked: { ...file.acked, last_second: "1-300" } }],
    ["ledger-shape lost", { lost: file.lost.map(([id]) => [id, 5]) }],
    ["ledger-shape lost", { lost: file.lost.toReversed() }],
    // Good again: too few, too short, an error in between, rows that nobody confirmed then.
    ["ledger-shape good", { good: file.good.slice(0, 12) }],
    ["ledger-shape good", { good: file.good.slice(0, 20) }],
    ["ledger-shape good", { last_error: 2_000_000_000 }],
    ["ledger-shape good", { good: file.good.map(([id, sent, acked]) => [id - 300, sent, acked]) }],
    ["ledger-disagrees FAULT_AT_NS", { fault_ns: "11000000000" }],
    ["ledger-shape", { extra: 1 } as object],
    ["ledger-shape", { sent: 5 }],
  ];
  for (const [wanted, change] of ledgers)
    assert.equal(refusal(outputs, changed(bytes, change)), wanted, JSON.stringify(change));
});

test("zero is a claim: without enough confirmed rows in the last second before the fault it is not demonstrated", () => {
  const thin = countOf(soundRows(20), []);
  assert.equal(thin.outputs["ACKED_LAST_SECOND"], "20");
  assert.deepEqual(doubtsOf(thin.outputs, thin.bytes), ["zero-undemonstrated"]);
  const loss = countOf(soundRows(20), [60]);
  assert.deepEqual(doubtsOf(loss.outputs, loss.bytes), []);
});

test("a ledger is bounded: times of a thousand lost rows, and of a longer one that nobody can count again", () => {
  const rows = soundRows(1_000);
  const { outputs, bytes } = countOf(
    rows,
    Array.from({ length: 1_400 }, (_, n) => 1_500 + n),
  );
  assert.equal((JSON.parse(bytes.toString()) as LedgerFile).lost.length, MOST_TIMES);
  assert.deepEqual([outputs["LOST_ACKED"], doubtsOf(outputs, bytes).length], ["1400", 0]);
  assert.ok(bytes.length < 30_000, String(bytes.length));
  const cut = Buffer.from(JSON.stringify({ format: LEDGER_FORMAT, notes: "0".repeat(64), rows: 90_000_000 }));
  assert.deepEqual(doubtsOf(outputs, cut), ["ledger-cut"]);
});

test("evidence carries the ledger; edited, taken away or put in place of another it is refused; older evidence is told", async (t) => {
  const to = recorder(folder(t));
  const count = countOf(soundRows(), [299]);
  const { directory } = await recordEvidence(to, countingRun(count));
  const path = join(directory, LEDGER_FILE);
  assert.deepEqual([verify(to, directory).verdict, readFileSync(path, "utf8")], ["pass", count.bytes.toString()]);
  assert.match(readFileSync(join(directory, FILES.env), "utf8"), /^LOST_ACKED=1$/m);

  const other = countOf(soundRows(), []);
  writeFileSync(path, other.bytes);
  assert.deepEqual(codes(verify(to, directory)), ["digest-disagrees"]);
  // Not even who has the key puts another one in its place: the events name its digest.
  const statement = join(directory, FILES.statement);
  const sound = readFileSync(statement, "utf8");
  const payload = JSON.parse(Buffer.from((JSON.parse(sound) as { payload: string }).payload, "base64").toString()) as {
    subject: { name: string; digest: { sha256: string } }[];
  };
  payload.subject.find(({ name }) => name === LEDGER_FILE)!.digest.sha256 = other.outputs["LEDGER_SHA256"]!;
  writeFileSync(statement, seal(payload, signingKey(to.keys)));
  assert.deepEqual(codes(verify(to, directory)), ["digest-disagrees"]);
  writeFileSync(statement, sound);
  rmSync(path);
  assert.deepEqual(codes(verify(to, directory)), ["file-missing"]);

  const claimed = { ...count, outputs: { ...count.outputs, LOST_ACKED: "0" } };
  await assert.rejects(recordEvidence(recorder(folder(t)), countingRun(claimed)), TypeError);
  const older = recorder(folder(t));
  const old = await recordEvidence(older, countingRun(count, false));
  const found = verify(older, old);
  assert.deepEqual([found.verdict, codes(found)], ["inconclusive", ["ledger-absent"]]);
});

test("a drill that goes both ways has both ledgers in its evidence, and each is counted again", async (t) => {
  const to = recorder(folder(t));
  const [there, back] = [countOf(soundRows(), [299]), countOf(soundRows(200), [])];
  const { directory } = await recordEvidence(to, bothWays(there, back));
  assert.equal(verify(to, directory).verdict, "pass");
  assert.equal(readFileSync(join(directory, LEDGER_BACK_FILE), "utf8"), back.bytes.toString());
  writeFileSync(join(directory, LEDGER_BACK_FILE), there.bytes);
  assert.deepEqual(codes(verify(to, directory)), ["digest-disagrees"]);
  rmSync(join(directory, LEDGER_BACK_FILE));
  assert.deepEqual(codes(verify(to, directory)), ["file-missing"]);

  const flattered = { ...back, outputs: { ...back.outputs, IN_DOUBT: "0" } };
  await assert.rejects(recordEvidence(recorder(folder(t)), bothWays(there, flattered)), TypeError);
  // Nothing lost, and nothing that could have been: on the way back that proves as little as on the way there.
  const thin = recorder(folder(t));
  const found = verify(thin, await recordEvidence(thin, bothWays(there, countOf(soundRows(20), []))));
  assert.deepEqual([found.verdict, codes(found)], ["inconclusive", ["zero-undemonstrated"]]);
});
