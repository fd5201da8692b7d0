import assert from "node:assert/strict";
import test from "node:test";
import { readEnv } from "../src/evidence/env.ts";
import { wal } from "../src/evidence/limits/wal.ts";
import { strip } from "../src/evidence/limits/python.ts";
import { Refusal } from "../src/evidence/refusal.ts";
import { parseSigners } from "../src/evidence/signers.ts";
import { WatchbookError } from "../src/model/error.ts";

// A regular expression that goes back over its input would take years here: the time limit is the assertion.
const soon = { timeout: 20_000 };

test("a signers line of nothing but letters is refused", soon, () => {
  for (const line of [`x ${"a".repeat(200_000)}!`, `x ${'a="b",'.repeat(50_000)}`, `x ${"a,".repeat(100_000)} y z`])
    assert.throws(() => parseSigners(line, "signers"), WatchbookError);
});

test("a file of blanks between two letters is read as the published verifiers read it", soon, () => {
  const text = `a${" ".repeat(2_000_000)}b`;
  assert.equal(strip(text), text);
  assert.equal(strip(`\t ${text}\u3000 `), text);
});

test("a value of 20 MB in quotes is read, and one whose quotes do not close is refused", soon, () => {
  const long = "b".repeat(20_000_000);
  assert.equal(readEnv(`A='${long}'\n`, "f").get("A")?.length, long.length);
  assert.equal(readEnv(`A="${long}"\n`, "f").get("A")?.length, long.length);
  for (const value of [`'${long}`, `"${long}`, "'", '"', "'a'b'", '"a"b"', String.raw`"a\"`, String.raw`"\n"`])
    assert.throws(() => readEnv(`A=${value}\n`, "f"), Refusal, value.slice(0, 10));
});

test("days that no calendar has are no times, in drill files and in signers lines", () => {
  const file = new Map([
    ["drill_id", "d"],
    ["release_version", "1"],
    ["wal_path", "/w"],
    ["operator", "li"],
    ["result", "pass"],
    ["failure_start_utc", "2026-02-30T00:00:00Z"],
    ["recovery_complete_utc", "2026-03-02T00:00:04Z"],
    ["rto_seconds", "4"],
    ["rpo_events", "0"],
  ]);
  assert.throws(
    () => wal.strict(file, {}),
    (error) => error instanceof Refusal && error.reason.code === "not-a-time",
  );
  const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
  assert.equal(parseSigners(`gate valid-before="20260228" ${key}`, "signers").length, 1);
  assert.throws(() => parseSigners(`gate valid-before="20260230" ${key}`, "signers"), WatchbookError);
});
