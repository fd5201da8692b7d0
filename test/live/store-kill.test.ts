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

/** Runs the writer and kills it with -9 after `acknowledged` numbers were read; gives all it acknowledged. */
async function killed(file: string, first: number, acknowledged: number): Promise<number[]> {
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", writer(file, first)], {
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
    acknowledged.push(...(await killed(file, round * 100_000, kill)));
    await using store = await openStore(file, { moveAt: 40 });
    const there = await whole(store);
    assert.deepEqual(
      acknowledged.filter((n) => !there.has(n)),
      [],
    );
  }
});
