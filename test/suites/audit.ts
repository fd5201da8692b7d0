import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuditEntry } from "../../src/model/account.ts";
import { Conflict, type Change, type Store } from "../../src/store/store.ts";

const entry = (seq: number, person: string, action = "gap.write"): Change => {
  const of = {
    seq,
    person,
    action,
    at: 1_795_000_000_000 + seq,
    object: "g",
    outcome: "done",
    address: "socket",
  } as const;
  return { kind: "audit.append", entry: { ...of, hash: String(seq).padStart(64, "0") } };
};

/** What every store must do with the audit log. */
export function auditSuite(open: () => Promise<Store>, reopen?: (store: Store) => Promise<Store>): void {
  test("lines of the audit log come one after the other, newest first, and none is written twice or left out", async () => {
    await using store = await open();
    await store.commit([entry(1, "wang"), entry(2, "li", "run.begin")]);
    for (const late of [entry(2, "li"), entry(4, "li")]) await assert.rejects(store.commit([late]), Conflict);
    // A commit is refused with everything in it.
    await assert.rejects(store.commit([entry(3, "wang"), entry(3, "wang")]), Conflict);
    await store.commit([entry(3, "wang", "run.begin")]);
    const seqs = (found: readonly AuditEntry[]) => found.map(({ seq }) => seq);
    assert.deepEqual(seqs(await store.audit({})), [3, 2, 1]);
    assert.deepEqual(seqs(await store.audit({ person: "wang" })), [3, 1]);
    assert.deepEqual(seqs(await store.audit({ action: "run.begin", before: 3 })), [2]);
    assert.deepEqual(seqs(await store.audit({ limit: 1 })), [3]);
    const kept = entry(1, "wang");
    assert.deepEqual((await store.audit({ before: 2 }))[0], kept.kind === "audit.append" && kept.entry);
    await store.commit([{ kind: "desk.drop", before: 2_000_000_000_000 }]);
    assert.equal((await store.audit({})).length, 3, "nothing drops it");
  });

  if (!reopen) return;
  test("the audit log outlives a restart and goes on with the next number", async () => {
    const first = await open();
    await first.commit([entry(1, "wang")]);
    await using store = await reopen(first);
    await assert.rejects(store.commit([entry(1, "li")]), Conflict);
    await store.commit([entry(2, "li")]);
    assert.equal((await store.audit({})).length, 2);
  });
}
