import assert from "node:assert/strict";
import { test } from "node:test";
import type { Entry, Journalled } from "../../src/model/journal.ts";
import type { Lock, RunRecord } from "../../src/model/run.ts";
import { Conflict, type Change, type Store } from "../../src/store/store.ts";

const NOW = 1_795_000_000_000;

export const record = (id: string, more: Partial<RunRecord> = {}): RunRecord => ({
  id,
  runbook: "restart-网关",
  title: "Restart | 重启",
  environment: "prod",
  digest: "sha256:aa",
  rehearsal: false,
  by: "li",
  reason: "",
  state: "running",
  created: NOW,
  updated: NOW,
  done: 0,
  total: 3,
  waits: [],
  ...more,
});

export const begin = (id: string, more: Partial<RunRecord> = {}, plan = '{"steps":[]}'): Change => ({
  kind: "run.insert",
  record: record(id, more),
  plan,
});

/** An intent of step s-`seq`. */
export const append = (run: string, seq: number, epoch = 0): Change => ({
  kind: "journal.append",
  run,
  entry: { seq, epoch, at: NOW + seq, entry: intent(seq) },
});

const intent = (n: number): Entry => ({ type: "intent", step: `s-${n}`, target: "app-1", purpose: "do", attempt: 1 });

const lock = (run: string, taken: number, expires: number, key = "app-1/gateway"): Lock => ({
  key,
  run,
  by: `by ${run}`,
  reason: "升级 upgrade",
  taken,
  expires,
});

const met = (kind: Change["kind"]) => (error: unknown) => {
  assert.ok(error instanceof Conflict, String(error));
  assert.equal(error.change.kind, kind);
  return true;
};

/** What every store must do with runs, their plans and journals, and locks. */
export function runSuite(open: () => Promise<Store>, reopen?: (store: Store) => Promise<Store>): void {
  records(open);
  fences(open);
  refused(open);
  journals(open);
  locks(open);
  if (reopen) lasting(open, reopen);
}

function records(open: () => Promise<Store>): void {
  test("a plan that was refused with its run is kept with the next run that has it", async () => {
    await using store = await open();
    await store.commit([begin("r-1", { digest: "sha256:aa" })]);
    const refused = store.commit([begin("r-1", { digest: "sha256:cc" }, '{"steps":["c"]}')]);
    await assert.rejects(refused, Conflict);
    assert.equal(await store.plan("sha256:cc"), undefined);
    for (const id of ["r-2", "r-3"]) await store.commit([begin(id, { digest: "sha256:cc" }, '{"steps":["c"]}')]);
    assert.equal(await store.plan("sha256:cc"), '{"steps":["c"]}');
    assert.equal((await store.run("r-3"))?.record.digest, "sha256:cc");
  });

  test("a run begins once, with epoch 0; its plan is kept once per digest", async () => {
    await using store = await open();
    assert.equal(await store.run("r-1"), undefined);
    assert.equal(await store.plan("sha256:aa"), undefined);
    await store.commit([begin("r-1")]);
    await assert.rejects(store.commit([begin("r-1", { by: "wang", digest: "sha256:bb" })]), met("run.insert"));
    assert.equal(await store.plan("sha256:bb"), undefined);
    await store.commit([begin("r-2", {}, '{"steps":["other bytes, same digest"]}')]);
    assert.deepEqual(await store.run("r-1"), { record: record("r-1"), epoch: 0 });
    assert.equal(await store.plan("sha256:aa"), '{"steps":[]}');
  });

  test("a run's record is replaced by whoever has its epoch; one that is not there is a conflict", async () => {
    await using store = await open();
    await store.commit([begin("r-1")]);
    const done = record("r-1", { state: "waiting", done: 1, waits: ["approval"], updated: NOW + 5 });
    await store.commit([{ kind: "run.update", record: done, epoch: 0 }]);
    assert.deepEqual((await store.run("r-1"))?.record, done);
    const wrong = store.commit([{ kind: "run.update", record: record("r-1"), epoch: 1 }]);
    await assert.rejects(wrong, met("run.update"));
    await assert.rejects(store.commit([{ kind: "run.update", record: record("r-9"), epoch: 0 }]), met("run.update"));
    assert.deepEqual((await store.run("r-1"))?.record, done);
  });

  test("runs come newest first, of one runbook, or those that have not ended, as many as asked for", async () => {
    await using store = await open();
    await store.commit([
      begin("a", { created: 10 }),
      begin("b", { created: 30, state: "paused" }),
      begin("c", { created: 20, runbook: "other" }),
      begin("d", { created: 30 }),
    ]);
    const ended = record("d", { created: 30, state: "failed-undo" });
    await store.commit([{ kind: "run.update", record: ended, epoch: 0 }]);
    const ids = async (query: Parameters<Store["runs"]>[0]) => (await store.runs(query)).map(({ id }) => id);
    assert.deepEqual(await ids({}), ["d", "b", "c", "a"]);
    assert.deepEqual(await ids({ open: true }), ["b", "c", "a"]);
    assert.deepEqual(await ids({ open: true, runbook: "restart-网关" }), ["b", "a"]);
    assert.deepEqual(await ids({ runbook: "other" }), ["c"]);
    assert.deepEqual(await ids({ limit: 1 }), ["d"]);
  });
}

function fences(open: () => Promise<Store>): void {
  test("who takes a run over fences off whoever wrote before: neither entries nor record pass any more", async () => {
    await using store = await open();
    await store.commit([begin("r-1"), append("r-1", 1)]);
    await store.commit([{ kind: "run.claim", run: "r-1", epoch: 1 }, append("r-1", 2, 1)]);
    await assert.rejects(store.commit([append("r-1", 3, 0)]), met("journal.append"));
    await assert.rejects(store.commit([{ kind: "run.update", record: record("r-1"), epoch: 0 }]), met("run.update"));
    await store.commit([append("r-1", 3, 1)]);
    assert.equal((await store.run("r-1"))?.epoch, 1);
    assert.deepEqual(
      (await store.journal({ run: "r-1" })).map(({ seq, epoch }) => [seq, epoch]),
      [
        [1, 0],
        [2, 1],
        [3, 1],
      ],
    );
  });

  test("of two workers who take one run over, one gets a conflict, and nothing of its commit stays", async () => {
    await using store = await open();
    await store.commit([begin("r-1")]);
    const take = (by: string) =>
      store.commit([
        { kind: "value.set", key: by, value: "took it" },
        { kind: "run.claim", run: "r-1", epoch: 1 },
        append("r-1", 1, 1),
      ]);
    const [first, second] = await Promise.allSettled([take("a"), take("b")]);
    assert.equal(first.status, "fulfilled");
    assert.ok(second.status === "rejected" && met("run.claim")(second.reason));
    assert.equal(await store.value("b"), undefined);
    assert.equal((await store.journal({ run: "r-1" })).length, 1);
    const leap: Change = { kind: "run.claim", run: "r-1", epoch: 3 };
    await assert.rejects(store.commit([leap]), met("run.claim"));
    await assert.rejects(store.commit([{ kind: "run.claim", run: "r-9", epoch: 1 }]), met("run.claim"));
  });
}

function refused(open: () => Promise<Store>): void {
  test("a run whose beginning was refused is not there for later entries, whoever came in its place", async () => {
    await using store = await open();
    await store.commit([begin("r-0")]);
    await assert.rejects(store.commit([begin("r-1"), append("r-1", 1), begin("r-0")]), met("run.insert"));
    await store.commit([begin("r-2")]);
    await assert.rejects(store.commit([append("r-1", 1)]), met("journal.append"));
    await assert.rejects(store.commit([{ kind: "run.claim", run: "r-1", epoch: 1 }]), met("run.claim"));
    assert.deepEqual(await store.journal({ run: "r-2" }), []);
    // What a replaced worker commits with the run's fence leaves nothing.
    const fenced = (epoch: number): readonly Change[] => [
      { kind: "value.set", key: `late-${epoch}`, value: "x" },
      { kind: "run.fence", run: "r-2", epoch },
    ];
    await store.commit(fenced(0));
    await store.commit([{ kind: "run.claim", run: "r-2", epoch: 1 }]);
    await assert.rejects(store.commit(fenced(0)), met("run.fence"));
    assert.deepEqual([await store.value("late-0"), await store.value("late-1")], ["x", undefined]);
    await store.commit(fenced(1));
    assert.equal(await store.value("late-1"), "x");
    const crowd = [[begin("r-3"), append("r-3", 1), begin("r-0")], [begin("r-4")], [append("r-3", 1)]];
    const answers = await Promise.allSettled(crowd.map((changes) => store.commit(changes)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      ["rejected", "fulfilled", "rejected"],
    );
    assert.deepEqual(await store.journal({ run: "r-4" }), []);
  });
}

function journals(open: () => Promise<Store>): void {
  test("a conflict behind several entries names the very change that met it; none of the entries stays", async () => {
    await using store = await open();
    await store.commit([begin("r-1"), begin("r-2"), append("r-2", 1)]);
    const commit = store.commit([
      append("r-1", 1),
      append("r-1", 2),
      append("r-1", 3),
      { kind: "value.set", key: "k", value: "v" },
      append("r-2", 2),
      append("r-2", 4),
    ]);
    await assert.rejects(commit, (error) => {
      assert.ok(met("journal.append")(error));
      const { change } = error as Conflict;
      return change.kind === "journal.append" && change.run === "r-2" && change.entry.seq === 4;
    });
    assert.deepEqual(await store.journal({ run: "r-1" }), []);
    assert.equal(await store.value("k"), undefined);
  });

  test("a journal has no holes: an entry out of turn, twice, or of no run is a conflict", async () => {
    await using store = await open();
    await store.commit([begin("r-1")]);
    for (const seq of [2, 7]) await assert.rejects(store.commit([append("r-1", seq)]), met("journal.append"));
    await store.commit([append("r-1", 1), append("r-1", 2)]);
    for (const seq of [1, 2, 4]) await assert.rejects(store.commit([append("r-1", seq)]), met("journal.append"));
    await assert.rejects(store.commit([append("r-9", 1)]), met("journal.append"));
    const half = store.commit([append("r-1", 3), append("r-1", 5)]);
    await assert.rejects(half, met("journal.append"));
    assert.deepEqual(
      (await store.journal({ run: "r-1" })).map(({ seq }) => seq),
      [1, 2],
    );
    assert.deepEqual(await store.journal({ run: "r-9" }), []);
    const zero = store.commit([
      { ...append("r-1", 1), entry: { seq: 0, epoch: 0, at: NOW, entry: intent(0) } } as Change,
    ]);
    await assert.rejects(zero, TypeError);
  });

  test("entries come whole and in order, after a number, as many as asked for; other runs do not mix in", async () => {
    await using store = await open();
    const outcome: Journalled = {
      seq: 1,
      epoch: 0,
      at: NOW,
      entry: {
        type: "outcome",
        step: "复制",
        target: "app-1",
        purpose: "undo",
        attempt: 2,
        ending: "failed",
        code: 3,
        seconds: 0.25,
        outputs: { 版本: 'a"b\n\u0000c' },
      },
    };
    await store.commit([begin("r-1"), begin("r-10"), { kind: "journal.append", run: "r-1", entry: outcome }]);
    const rest = Array.from({ length: 120 }, (_, n) => n + 2);
    await Promise.all(
      rest.flatMap((seq) => [store.commit([append("r-1", seq)]), store.commit([append("r-10", seq - 1)])]),
    );
    const all = await store.journal({ run: "r-1" });
    assert.deepEqual(all[0], outcome);
    assert.deepEqual(
      all.map(({ seq }) => seq),
      [1, ...rest],
    );
    const seqs = async (query: { after: number; limit?: number }) =>
      (await store.journal({ run: "r-10", ...query })).map(({ seq }) => seq);
    assert.deepEqual(await seqs({ after: 100, limit: 3 }), [101, 102, 103]);
    assert.deepEqual(await seqs({ after: 118, limit: 10 }), [119, 120]);
    assert.deepEqual(await seqs({ after: 120 }), []);
    assert.deepEqual(await seqs({ after: 500 }), []);
  });
}

function locks(open: () => Promise<Store>): void {
  test("a lock is one run's until it expires; the same run renews it, another is refused until then", async () => {
    await using store = await open();
    const take = (each: Lock) => store.commit([{ kind: "lock.take", lock: each }]);
    await take(lock("r-1", 100, 200));
    await assert.rejects(take(lock("r-2", 150, 300)), met("lock.take"));
    await assert.rejects(take(lock("r-2", 199, 300)), met("lock.take"));
    await take(lock("r-1", 180, 260));
    await assert.rejects(take(lock("r-2", 259, 300)), met("lock.take"));
    await take(lock("r-2", 260, 400, "b"));
    assert.deepEqual(await store.locks(), [lock("r-1", 180, 260), lock("r-2", 260, 400, "b")]);
    await take(lock("r-2", 260, 400));
    await assert.rejects(take(lock("r-1", 261, 500)), met("lock.take"));
    assert.deepEqual(await store.locks(), [lock("r-2", 260, 400), lock("r-2", 260, 400, "b")]);
  });

  test("a lock is seized from the run that was seen to hold it, and released by its holder alone", async () => {
    await using store = await open();
    await store.commit([{ kind: "lock.take", lock: lock("r-1", 100, 200) }]);
    const seize = (run: string, from: string): Promise<void> =>
      store.commit([{ kind: "lock.seize", lock: lock(run, 120, 300), from }]);
    await assert.rejects(seize("r-2", "r-3"), met("lock.seize"));
    await seize("r-2", "r-1");
    await assert.rejects(seize("r-3", "r-1"), met("lock.seize"));
    await assert.rejects(store.commit([{ kind: "lock.take", lock: lock("r-1", 130, 210) }]), met("lock.take"));
    await store.commit([{ kind: "lock.release", key: "app-1/gateway", run: "r-1" }]);
    assert.deepEqual(await store.locks(), [lock("r-2", 120, 300)]);
    await store.commit([{ kind: "lock.release", key: "app-1/gateway", run: "r-2" }]);
    assert.deepEqual(await store.locks(), []);
    await assert.rejects(seize("r-3", "r-2"), met("lock.seize"));
  });

  test("of two operators who begin on one target, the second gets neither lock nor run", async () => {
    await using store = await open();
    const start = (run: string): Promise<void> =>
      store.commit([begin(run), { kind: "lock.take", lock: lock(run, 100, 200) }, append(run, 1)]);
    const [first, second] = await Promise.allSettled([start("r-1"), start("r-2")]);
    assert.equal(first.status, "fulfilled");
    assert.ok(second.status === "rejected" && met("lock.take")(second.reason));
    assert.deepEqual(
      (await store.runs({})).map(({ id }) => id),
      ["r-1"],
    );
    const [held] = await store.locks();
    assert.deepEqual([held?.by, held?.reason], ["by r-1", "升级 upgrade"]);
  });
}

function lasting(open: () => Promise<Store>, reopen: (store: Store) => Promise<Store>): void {
  test("runs, plans, journals, fences and locks are there again after closing and opening", async () => {
    const first = await open();
    await first.commit([begin("r-1"), append("r-1", 1), { kind: "run.claim", run: "r-1", epoch: 1 }]);
    await first.commit([append("r-1", 2, 1), { kind: "lock.take", lock: lock("r-1", 1, 2) }]);
    await using second = await reopen(first);
    assert.deepEqual(await second.run("r-1"), { record: record("r-1"), epoch: 1 });
    assert.equal(await second.plan("sha256:aa"), '{"steps":[]}');
    assert.deepEqual(await second.locks(), [lock("r-1", 1, 2)]);
    await assert.rejects(second.commit([append("r-1", 3, 0)]), met("journal.append"));
    await second.commit([append("r-1", 3, 1)]);
    assert.equal((await second.journal({ run: "r-1" })).length, 3);
  });
}
