import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { inspect, recover, published } from "../src/engine/inspect.ts";
import { publicKeyFile, publicKeyFromPem } from "../src/evidence/key.ts";
import { verifyDirectory } from "../src/evidence/verify.ts";
import { WatchbookError } from "../src/model/error.ts";
import { openStore } from "../src/store/sqlite.ts";
import { folder } from "./kit/folder.ts";
import { book, check, duty, given, house, item, TestClock } from "./kit/inspection.ts";

const bands = { bad: "above", warn: 70, critical: 90 } as const;

test("evidence written by a later start, of another manual and host name, is that of the run and verifies", async (t) => {
  const root = folder(t);
  const data = join(root, ".watchbook");
  const store = await openStore(join(data, "state.db"));
  t.after(() => store[Symbol.asyncDispose]());
  const clock = new TestClock("2026-11-20T08:33:00Z");
  const first = house(data, store, clock, [given]);
  const manual = book({
    checks: [check("cpu", { value: 40 }, { bands })],
    duties: [duty([item("Look at CPU", ["cpu"])])],
  });
  const full = {
    ...first,
    record: () => Promise.reject(new WatchbookError("EVIDENCE-FULL", { path: "x", detail: "" })),
  };
  const result = await inspect(full, { book: manual, root, commit: "a".repeat(40), dirty: false }, "daily", {
    by: "lin",
    signal: new AbortController().signal,
  });
  assert.deepEqual(
    result.problems.map(({ code }) => code),
    ["EVIDENCE-FULL"],
  );

  const later = { ...house(data, store, clock, [given]), host: "host-2", version: "0.0.2" };
  const edited = { ...manual, digest: `sha256:${"cd".repeat(32)}` };
  const open = { book: edited, root, commit: "b".repeat(40), dirty: true };
  assert.deepEqual(await recover(later, open), []);
  const { evidence } = await published(store, result.inspection.id);
  const key = publicKeyFromPem(readFileSync(publicKeyFile(join(data, "keys"))));
  const verification = verifyDirectory(evidence!.directory, {
    trust: { signers: [{ name: "host", key }] },
    limits: {},
    pins: { now: clock.wall(), host: "host-1", commit: "aaaaaaa" },
    roots: [join(data, "evidence")],
  });
  assert.deepEqual([verification.verdict, verification.reasons], ["pass", []]);
});
