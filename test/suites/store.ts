import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DutyRecord } from "../../src/model/duty.ts";
import type { Inspection } from "../../src/model/inspection.ts";
import { Conflict, type Change, type Store } from "../../src/store/store.ts";
import { auditSuite } from "./audit.ts";
import { deskSuite } from "./desk.ts";
import { runSuite } from "./runs.ts";

/** A duty record with what the test cares about. */
export const duty = (period: string, revision = 1, more: Partial<DutyRecord> = {}): DutyRecord => ({
  duty: "daily",
  period,
  state: "due",
  runs: [],
  revision,
  updated: 1_795_000_000_000,
  ...more,
});

export const inspection = (id: string, started: number, more: Partial<Inspection> = {}): Inspection => ({
  id,
  duty: "daily",
  title: "每日巡检 | daily",
  period: "2026-11-20",
  zone: "Asia/Shanghai",
  started,
  ended: started + 1_500,
  seconds: 1.5,
  by: "li",
  place: { host: "h1", bookDigest: "sha256:00", dirty: false, version: "0.1.0", node: "24.0.0" },
  items: [],
  verdict: "pass",
  ...more,
});

export const event = (subject: string, kind = "inspection.done"): Change => ({
  kind: "event.add",
  event: { at: 1_795_000_000_000, kind, subject, data: { subject, "with 空格": [1, null, "x"] } },
});

const sample = (at: number, value: number, target = "local") => ({ check: "disk", target, at, value });

/**
 * What every store must do. `open` gives a new, empty store; a store that keeps its data gives the same data again
 * through `reopen`.
 */
export function storeSuite(name: string, open: () => Promise<Store>, reopen?: (store: Store) => Promise<Store>): void {
  describe(`store: ${name}`, () => {
    records(open);
    lists(open);
    samples(open);
    atomic(open);
    if (reopen) lasting(open, reopen);
    runSuite(open, reopen);
    deskSuite(open, reopen);
    auditSuite(open, reopen);
  });
}

function records(open: () => Promise<Store>): void {
  test("a duty is there once per period, and changes only from the revision that was read", async () => {
    await using store = await open();
    assert.equal(await store.duty("daily", "2026-11-20"), undefined);
    await store.commit([{ kind: "duty.insert", record: duty("2026-11-20") }]);
    await assert.rejects(store.commit([{ kind: "duty.insert", record: duty("2026-11-20") }]), Conflict);
    await store.commit([{ kind: "duty.update", record: duty("2026-11-20", 2, { state: "running", by: "王" }) }]);
    await assert.rejects(store.commit([{ kind: "duty.update", record: duty("2026-11-20", 2) }]), Conflict);
    await assert.rejects(store.commit([{ kind: "duty.update", record: duty("2026-11-20", 4) }]), Conflict);
    await assert.rejects(store.commit([{ kind: "duty.update", record: duty("2026-11-21", 2) }]), Conflict);
    assert.deepEqual(await store.duty("daily", "2026-11-20"), duty("2026-11-20", 2, { state: "running", by: "王" }));
  });

  test("of two operators who claim one period at the same moment, one gets a conflict that names the change", async () => {
    await using store = await open();
    const claim = (by: string) =>
      store.commit([event(by), { kind: "duty.insert", record: duty("2026-11-20", 1, { by }) }]);
    const [first, second] = await Promise.allSettled([claim("a"), claim("b")]);
    assert.equal(first.status, "fulfilled");
    assert.equal(second.status, "rejected");
    assert.ok(second.status === "rejected" && second.reason instanceof Conflict);
    assert.equal(second.reason.change.kind, "duty.insert");
    const subjects = (await store.events({ after: 0 })).map(({ subject }) => subject);
    assert.deepEqual(subjects, ["a"]);
  });

  test("an inspection is kept whole and replaced by id; a book and a value are kept by their key", async () => {
    await using store = await open();
    const first = inspection("i-1", 10);
    await store.commit([{ kind: "inspection.put", inspection: first }]);
    assert.deepEqual(await store.inspection("i-1"), first);
    await store.commit([{ kind: "inspection.put", inspection: { ...first, verdict: "fail" } }]);
    assert.equal((await store.inspection("i-1"))?.verdict, "fail");
    assert.equal(await store.inspection("i-2"), undefined);
    await store.commit([
      { kind: "book.put", digest: "sha256:aa", json: '{"a":1}', at: 1 },
      { kind: "book.put", digest: "sha256:aa", json: '{"a":2}', at: 2 },
      { kind: "value.set", key: "last", value: "1" },
      { kind: "value.set", key: "last", value: "2" },
      { kind: "value.set", key: "gone", value: "x" },
      { kind: "value.set", key: "gone", value: null },
    ]);
    assert.equal(await store.book("sha256:aa"), '{"a":1}');
    assert.equal(await store.book("sha256:bb"), undefined);
    assert.equal(await store.value("last"), "2");
    assert.equal(await store.value("gone"), undefined);
  });

  test("what no caller may commit is our bug, and nothing of it stays", async () => {
    await using store = await open();
    const bad: Change = { kind: "sample.add", samples: [sample(1, Number.NaN)] };
    await assert.rejects(store.commit([event("x"), bad]), TypeError);
    await assert.rejects(store.commit([{ kind: "duty.insert", record: duty("2026", 7) }]), TypeError);
    assert.deepEqual(await store.events({ after: 0 }), []);
  });
}

function lists(open: () => Promise<Store>): void {
  test("records come newest period first, of one duty or of all, as many as asked for", async () => {
    await using store = await open();
    const periods = ["2026-11-18", "2026-11-20", "2026-11-19"];
    await store.commit(periods.map((period) => ({ kind: "duty.insert", record: duty(period) })));
    await store.commit([{ kind: "duty.insert", record: duty("2026-11-21", 1, { duty: "other" }) }]);
    const names = async (query: Parameters<Store["duties"]>[0]) => (await store.duties(query)).map((r) => r.period);
    assert.deepEqual(await names({ duty: "daily" }), ["2026-11-20", "2026-11-19", "2026-11-18"]);
    assert.deepEqual(await names({ limit: 2 }), ["2026-11-21", "2026-11-20"]);
    const runs = [inspection("b", 20), inspection("c", 30), inspection("a", 10)];
    await store.commit(runs.map((run) => ({ kind: "inspection.put", inspection: run })));
    const ids = async (query: Parameters<Store["inspections"]>[0]) => (await store.inspections(query)).map((i) => i.id);
    assert.deepEqual(await ids({}), ["c", "b", "a"]);
    assert.deepEqual(await ids({ duty: "daily", limit: 1 }), ["c"]);
    assert.deepEqual(await ids({ duty: "weekly" }), []);
  });

  test("events keep the order of their commits and are read on from a number, by kind too", async () => {
    await using store = await open();
    const many = Array.from({ length: 60 }, (_, n) => store.commit([event(`s${n}`, n % 2 ? "odd" : "even")]));
    await Promise.all(many);
    const all = await store.events({ after: 0 });
    assert.deepEqual(
      all.map(({ subject }) => subject),
      many.map((_, n) => `s${n}`),
    );
    assert.ok(all.every(({ seq }, n) => n === 0 || seq > all[n - 1]!.seq));
    assert.deepEqual(all[0]!.data, { subject: "s0", "with 空格": [1, null, "x"] });
    const rest = await store.events({ after: all[9]!.seq, kind: "odd", limit: 2 });
    assert.deepEqual(
      rest.map(({ subject }) => subject),
      ["s11", "s13"],
    );
  });
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 18);

function samples(open: () => Promise<Store>): void {
  test("samples come oldest first, of one series, since a moment; a limit keeps the newest", async () => {
    await using store = await open();
    const hours = Array.from({ length: 72 }, (_, n) => sample(START + n * HOUR, n));
    const shuffled = [...hours].sort((a, b) => ((a.value * 31) % 72) - ((b.value * 31) % 72));
    for (const some of [shuffled.slice(0, 30), shuffled.slice(30)])
      await store.commit([{ kind: "sample.add", samples: some }]);
    await store.commit([{ kind: "sample.add", samples: [{ ...sample(START, 9, "db-1"), facts: { mount: "/数据" } }] }]);
    const read = async (since: number, limit?: number) =>
      (await store.samples({ check: "disk", target: "local", since, ...(limit && { limit }) })).map(
        ({ value }) => value,
      );
    assert.deepEqual(
      await read(0),
      hours.map(({ value }) => value),
    );
    assert.deepEqual(
      await read(START + 2 * DAY),
      hours.slice(48).map(({ value }) => value),
    );
    assert.deepEqual(
      await read(0, 30),
      hours.slice(42).map(({ value }) => value),
    );
    const [other] = await store.samples({ check: "disk", target: "db-1", since: 0 });
    assert.deepEqual(other, { ...sample(START, 9, "db-1"), facts: { mount: "/数据" } });
  });

  test("dropped samples are gone at once, the rest stays", async () => {
    await using store = await open();
    const hours = Array.from({ length: 72 }, (_, n) => sample(START + n * HOUR, n));
    await store.commit([{ kind: "sample.add", samples: hours }]);
    await store.commit([{ kind: "sample.drop", before: START + DAY + 5 * HOUR }]);
    const left = await store.samples({ check: "disk", target: "local", since: 0 });
    assert.deepEqual(left, hours.slice(29));
    await store.commit([{ kind: "sample.drop", before: START }]);
    assert.equal((await store.samples({ check: "disk", target: "local", since: 0 })).length, 43);
  });
}

function atomic(open: () => Promise<Store>): void {
  test("a commit applies all of its changes or none, also in the middle of a crowd", async () => {
    await using store = await open();
    await store.commit([{ kind: "duty.insert", record: duty("2026-11-20") }]);
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, (_, n) =>
        store.commit([
          event(`e${n}`),
          { kind: "value.set", key: `k${n}`, value: "1" },
          { kind: "sample.add", samples: [sample(START + n, n)] },
          // Every fourth one meets a record that is already there, as its last change.
          { kind: "duty.insert", record: duty(n % 4 === 0 ? "2026-11-20" : `p${n}`) },
        ]),
      ),
    );
    const good = answers.flatMap(({ status }, n) => (status === "fulfilled" ? [n] : []));
    assert.deepEqual(
      good,
      Array.from({ length: 40 }, (_, n) => n).filter((n) => n % 4 !== 0),
    );
    assert.deepEqual(
      (await store.events({ after: 0 })).map((e) => e.subject),
      good.map((n) => `e${n}`),
    );
    assert.deepEqual(
      (await store.samples({ check: "disk", target: "local", since: 0 })).map((s) => s.value),
      good,
    );
    assert.equal(await store.value("k0"), undefined);
    assert.equal(await store.value("k1"), "1");
  });
}

function lasting(open: () => Promise<Store>, reopen: (store: Store) => Promise<Store>): void {
  test("everything is there again after closing and opening", async () => {
    const first = await open();
    const hours = Array.from({ length: 50 }, (_, n) => sample(START + n * HOUR, n));
    await first.commit([
      { kind: "duty.insert", record: duty("2026-11-20") },
      { kind: "inspection.put", inspection: inspection("i", 1) },
      { kind: "sample.add", samples: hours },
      event("kept"),
    ]);
    await using second = await reopen(first);
    assert.deepEqual(await second.duty("daily", "2026-11-20"), duty("2026-11-20"));
    assert.deepEqual(await second.inspection("i"), inspection("i", 1));
    assert.deepEqual(await second.samples({ check: "disk", target: "local", since: 0 }), hours);
    await second.commit([event("next")]);
    assert.deepEqual(
      (await second.events({ after: 0 })).map(({ subject }) => subject),
      ["kept", "next"],
    );
    assert.ok((await second.version()) >= 1);
  });

  test("what is asked for before closing is answered, what comes after is refused", async () => {
    const store = await open();
    const before = store.commit([event("before")]);
    const closed = store[Symbol.asyncDispose]();
    await before;
    await closed;
    await store[Symbol.asyncDispose]();
    await assert.rejects(store.commit([event("after")]), /closed/);
  });
}
