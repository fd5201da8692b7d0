import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alert, NoticeRecord } from "../../src/model/alert.ts";
import type { Incident } from "../../src/model/incident.ts";
import type { Problem } from "../../src/model/problem.ts";
import type { Silence } from "../../src/model/silence.ts";
import type { Change, Store } from "../../src/store/store.ts";

const NOW = 1_795_000_000_000;

const alert = (id: string, started: number, more: Partial<Alert> = {}): Alert => ({
  ...{ id, key: "errors@web-1", rule: "errors", title: "错误率", metric: "errors", check: "errors", target: "web-1" },
  ...{ severity: "P1", form: "compare", down: false, started, trail: [] },
  ...more,
});

const notice = (id: string, group: string, at: number, state: NoticeRecord["state"] = "waiting"): NoticeRecord => ({
  ...{ id, group, event: "fire", subject: "shop", severity: "P1", rank: 0, at, channel: "pager", state, due: at },
  ...{ because: { chain: "P1", step: 0, round: 0 }, alerts: [], ids: ["a"], attempts: [], number: 0 },
});

const put = (record: Alert): Change => ({ kind: "desk.put", of: "alert", record });

const incident = (id: string, declared: number, more: Partial<Incident> = {}): Incident => ({
  ...{ id, title: "商城打不开", state: "open", priority: "P0", rank: 0, origin: { kind: "hand" }, declared, by: "wei" },
  ...{
    clocks: { since: declared, schedule: { zone: "UTC" }, limits: {}, pauses: [] },
    roles: {},
    path: [],
    readings: [],
  },
  ...{ alerts: [], runs: [], timeline: [], actions: [], published: [], told: [], count: 0, entries: 0 },
  ...more,
});

const problem = (id: string, more: Partial<Problem> = {}): Problem => ({
  ...{ id, title: "leak", state: "open", opened: NOW, incidents: [], notes: [] },
  ...more,
});

/** What every store must do with the records of desks. */
export function deskSuite(open: () => Promise<Store>, reopen?: (store: Store) => Promise<Store>): void {
  test("incidents are open until nothing is owed for them, are found by their signature, and outlive what is dropped", async () => {
    await using store = await open();
    const done = { state: "closed", evidence: "e" } as const;
    const owed = [{ id: "a1", text: "x", owner: "wei", due: "2026-12-01", by: "wei", at: NOW }];
    await store.commit([
      { kind: "desk.put", of: "incident", record: incident("inc-1", NOW, { signature: "s" }) },
      { kind: "desk.put", of: "incident", record: incident("inc-2", NOW + 1, { ...done, signature: "s" }) },
      { kind: "desk.put", of: "incident", record: incident("inc-3", NOW + 2, { ...done, actions: owed }) },
      { kind: "desk.put", of: "problem", record: problem("prb-1", { signature: "s" }) },
      { kind: "desk.put", of: "problem", record: problem("prb-2", { state: "closed" }) },
    ]);
    await store.commit([{ kind: "desk.drop", before: NOW + 1_000 }]);
    const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);
    assert.deepEqual(ids(await store.desk("incident", { open: true })), ["inc-3", "inc-1"]);
    assert.deepEqual(ids(await store.desk("incident", { under: "s" })), ["inc-2", "inc-1"]);
    assert.deepEqual(ids(await store.desk("problem", { open: true })), ["prb-1"]);
    assert.deepEqual(ids(await store.desk("problem", {})).toSorted(), ["prb-1", "prb-2"]);
    assert.deepEqual(await store.deskOne("incident", "inc-1"), incident("inc-1", NOW, { signature: "s" }));
  });

  test("records of a desk are replaced by id, and come newest first: all, those that are not over, those of one key", async () => {
    await using store = await open();
    await store.commit([
      put(alert("a", NOW)),
      put(alert("b", NOW + 2)),
      put(alert("c", NOW + 1, { key: "disk@web-1" })),
    ]);
    await store.commit([put(alert("b", NOW + 2, { ended: NOW + 9 }))]);
    const ids = async (query: Parameters<Store["desk"]>[1]) => (await store.desk("alert", query)).map(({ id }) => id);
    assert.deepEqual(await ids({}), ["b", "c", "a"]);
    assert.deepEqual(await ids({ open: true }), ["c", "a"]);
    assert.deepEqual(await ids({ under: "errors@web-1" }), ["b", "a"]);
    assert.deepEqual(await ids({ under: "errors@web-1", open: true }), ["a"]);
    assert.deepEqual(await ids({ limit: 1 }), ["b"]);
    assert.deepEqual(await store.deskOne("alert", "b"), alert("b", NOW + 2, { ended: NOW + 9 }));
    assert.equal(await store.deskOne("notice", "b"), undefined);
  });

  test("silences of a run are found by it, however many others end later", async () => {
    await using store = await open();
    const silence = (id: string, ends: number, run?: string): Silence => ({
      ...{ id, kind: run === undefined ? "silence" : "maintenance", matchers: [], by: "wei", reason: "disks" },
      ...{ starts: NOW, ends, ...(run !== undefined && { run }) },
    });
    const all = [silence("a", NOW + 2, "r-1"), silence("b", NOW + 1, "r-1"), silence("c", NOW + 3, "r-2")];
    const others = Array.from({ length: 600 }, (_, n) => silence(`o-${n}`, NOW + 10 + n));
    await store.commit([...all, ...others].map((record): Change => ({ kind: "desk.put", of: "silence", record })));
    const found = await store.desk("silence", { under: "r-1" });
    assert.deepEqual(
      found.map(({ id }) => id),
      ["a", "b"],
    );
  });

  test("an alert and the notices that tell of it are there together or not at all", async () => {
    await using store = await open();
    const waiting: Change = { kind: "desk.put", of: "notice", record: notice("n", "g", NOW) };
    const conflict: Change = { kind: "run.fence", run: "nobody", epoch: 1 };
    await assert.rejects(store.commit([put(alert("a", NOW)), waiting, conflict]));
    assert.deepEqual(await store.desk("alert", {}), []);
    await store.commit([put(alert("a", NOW)), waiting]);
    assert.equal((await store.desk("notice", { open: true })).length, 1);
    await store.commit([{ kind: "desk.put", of: "notice", record: notice("n", "g", NOW, "delivered") }]);
    assert.deepEqual(await store.desk("notice", { open: true }), []);
    assert.equal((await store.desk("notice", { under: "g" })).length, 1);
  });

  test("what is over and old is dropped; what is not over stays, however old", async () => {
    await using store = await open();
    await store.commit([
      put(alert("old", 1, { ended: 2 })),
      put(alert("open", 1)),
      put(alert("new", NOW, { ended: NOW })),
    ]);
    await store.commit([{ kind: "desk.drop", before: NOW - 1 }]);
    assert.deepEqual((await store.desk("alert", {})).map(({ id }) => id).toSorted(), ["new", "open"]);
  });

  test("ten thousand alerts and their notices are one commit", async () => {
    await using store = await open();
    const many = Array.from({ length: 10_000 }, (_, n) => put(alert(`a${n}`, NOW + n, { key: `errors@web-${n}` })));
    await store.commit([...many, { kind: "desk.put", of: "notice", record: notice("n", "g", NOW) }]);
    assert.equal((await store.desk("alert", { open: true, limit: 20_000 })).length, 10_000);
  });

  if (reopen)
    test("records of a desk are there again after closing and opening", async () => {
      const first = await open();
      const watch = { key: "errors@web-1", phase: "pending", since: NOW, flips: [NOW] } as const;
      const silence = {
        id: "s",
        kind: "silence",
        matchers: [],
        by: "li",
        reason: "x",
        starts: NOW,
        ends: NOW + 1,
      } as const;
      await first.commit([
        { kind: "desk.put", of: "watch", record: watch },
        { kind: "desk.put", of: "silence", record: silence },
        put(alert("a", NOW)),
      ]);
      await using second = await reopen(first);
      assert.deepEqual(await second.desk("watch", { open: true }), [watch]);
      assert.deepEqual(await second.desk("silence", {}), [silence]);
      assert.deepEqual(await second.deskOne("alert", "a"), alert("a", NOW));
    });
}
