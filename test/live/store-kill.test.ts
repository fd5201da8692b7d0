import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { openStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { folder } from "../kit/folder.ts";

const sqlite = join(import.meta.dirname, "../../src/store/sqlite.ts");
const DAY = Date.UTC(2026, 10, 20);

/** Commits four things at a time under one number, several loops at once; prints the number once it is acknowledged. */
const writer = (file: string, first: number) => `
  import { openStore } from ${JSON.stringify(sqlite)};
  const store = await openStore(${JSON.stringify(file)}, { moveAt: 40 });
  let next = ${first};
  const loop = async () => {
    for (;;) {
      const n = next++;
      await store.commit([
        { kind: "duty.insert", record: { duty: "d", period: "p" + n, state: "done", runs: [], revision: 1, updated: n } },
        { kind: "event.add", event: { at: n, kind: "k", subject: "s" + n, data: {} } },
        { kind: "sample.add", samples: [{ check: "c", target: "t", at: ${DAY} + n * 1000, value: n }] },
        { kind: "value.set", key: "v" + n, value: String(n) },
      ]);
      process.stdout.write(n + "\\n");
    }
  };
  await Promise.all([loop(), loop(), loop(), loop(), loop(), loop()]);`;

/**
 * Six runs at once, each taken over with the next epoch and written on: intent, then outcome. Prints 10,000 × run + seq
 * once an entry is acknowledged.
 */
const worker = (file: string, epoch: number) => `
  import { openStore } from ${JSON.stringify(sqlite)};
  const store = await openStore(${JSON.stringify(file)});
  const record = { runbook: "b", title: "b", environment: "e", digest: "d", rehearsal: false, by: "li", reason: "",
    state: "running", created: 1, updated: 1, done: 0, total: 1, waits: [] };
  const loop = async (number) => {
    const run = "r" + number;
    if (${epoch} === 1) await store.commit([{ kind: "run.insert", record: { id: run, ...record }, plan: "{}" }]);
    await store.commit([{ kind: "run.claim", run, epoch: ${epoch} }]);
    const past = await store.journal({ run });
    for (let seq = past.length + 1; ; seq++) {
      const attempt = { step: "s" + seq, target: "t", purpose: "do", attempt: 1 };
      const entry = past.at(-1)?.entry.type === "intent" ? { type: "outcome", ...attempt, ending: "ok", seconds: 0 } : { type: "intent", ...attempt };
      past.push({ entry });
      await store.commit([{ kind: "journal.append", run, entry: { seq, epoch: ${epoch}, at: seq, entry } }]);
      process.stdout.write(number * 10_000 + seq + "\\n");
    }
  };
  await Promise.all([1, 2, 3, 4, 5, 6].map(loop));`;

/** Runs a program and kills it with -9 after `acknowledged` numbers were read; gives all it acknowledged. */
async function killed(code: string, acknowledged: number): Promise<number[]> {
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const numbers: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    numbers.push(Number(line));
    if (numbers.length === acknowledged) child.kill("SIGKILL");
  }
  const [, signal] = await exited;
  assert.equal(signal, "SIGKILL");
  return numbers;
}

/** Every number in the store is there four times over, once each. */
async function whole(store: Store): Promise<Set<number>> {
  const events = (await store.events({ after: 0, limit: 1e6 })).map(({ subject }) => Number(subject.slice(1)));
  const duties = (await store.duties({ limit: 1e6 })).map(({ period }) => Number(period.slice(1)));
  const samples = (await store.samples({ check: "c", target: "t", since: 0, limit: 1e6 })).map(({ value }) => value);
  const sorted = (numbers: number[]) => numbers.sort((a, b) => a - b);
  assert.deepEqual(sorted(duties), sorted(events));
  assert.deepEqual(sorted(samples), sorted([...events]));
  for (const n of events) assert.equal(await store.value(`v${n}`), String(n));
  assert.equal(new Set(events).size, events.length);
  return new Set(events);
}

test("kill -9 in the middle of commits loses none that was acknowledged and leaves none half done", async (t) => {
  const file = join(folder(t), "data", "state.db");
  const acknowledged: number[] = [];
  for (const [round, kill] of [3, 41, 118, 260, 77, 500].entries()) {
    acknowledged.push(...(await killed(writer(file, round * 100_000), kill)));
    await using store = await openStore(file, { moveAt: 40 });
    const there = await whole(store);
    assert.deepEqual(
      acknowledged.filter((n) => !there.has(n)),
      [],
    );
  }
});

test("kill -9 loses no acknowledged intent or outcome; the journals have no holes and the next worker writes on", async (t) => {
  const file = join(folder(t), "data", "state.db");
  const acknowledged: number[] = [];
  for (const [round, kill] of [12, 90, 7, 300].entries()) {
    acknowledged.push(...(await killed(worker(file, round + 1), kill)));
    await using store = await openStore(file);
    const runs = Object.groupBy(acknowledged, (n) => `r${Math.floor(n / 10_000)}`);
    for (const [run, numbers] of Object.entries(runs)) {
      const entries = await store.journal({ run });
      const last = Math.max(...numbers!.map((n) => n % 10_000));
      // At most the entry that was on its way when the process died is there without having been acknowledged.
      assert.ok(entries.length === last || entries.length === last + 1, `${run}: ${entries.length} of ${last}`);
      assert.equal((await store.run(run))?.epoch, round + 1);
      entries.forEach(({ entry }, n) => assert.equal(entry.type, n % 2 === 0 ? "intent" : "outcome"));
    }
  }
});
