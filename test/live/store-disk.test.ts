import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { WatchbookError } from "../../src/model/error.ts";
import { own, ownerOf } from "../../src/store/ownership.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { program } from "../suites/child.ts";
import { append, begin } from "../suites/runs.ts";
import { event } from "../suites/store.ts";
import { disk } from "./disk.ts";
import { needs } from "./needs.ts";

const code = (expected: string) => (error: unknown) => {
  assert.ok(error instanceof WatchbookError, String(error));
  assert.equal(error.code, expected);
  return true;
};

test("a full disk is said; what was committed before is there, and small commits go on when space is back", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const data = disk(t, "1m");
  const file = join(data, "state.db");
  const filler = join(data, "filler");
  const store = await openStore(file);
  t.after(() => store[Symbol.asyncDispose]());
  await store.commit([event("before")]);
  execFileSync("sh", ["-c", `head -c 10m /dev/zero > ${filler} 2>/dev/null || true`]);
  await assert.rejects(own(join(data, "owned"), { socket: null }), code("STORE-FULL"));
  const large = Array.from({ length: 400 }, (_, n) => event(`large ${n} ${"x".repeat(500)}`));
  await assert.rejects(store.commit(large), code("STORE-FULL"));
  const subjects = async () => (await store.events({ after: 0 })).map(({ subject }) => subject);
  assert.deepEqual(await subjects(), ["before"]);
  execFileSync("rm", [filler]);
  await store.commit([event("after")]);
  assert.deepEqual(await subjects(), ["before", "after"]);
});

test("one commit that is too large for the disk does not take the small ones of its group with it", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const data = disk(t, "1m");
  await using store = await openStore(join(data, "state.db"));
  const large = Array.from({ length: 4000 }, (_, n) => event(`large ${n} ${"x".repeat(500)}`));
  const answers = await Promise.allSettled([
    store.commit([event("a")]),
    store.commit(large),
    store.commit([event("b")]),
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
  assert.deepEqual(
    (await store.events({ after: 0 })).map(({ subject }) => subject),
    ["a", "b"],
  );
});

test("a disk that turned read-only is said; what was committed can be read", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const data = disk(t, "4m");
  const file = join(data, "state.db");
  await (async () => {
    await using store = await openStore(file);
    await store.commit([event("before")]);
  })();
  execFileSync("mount", ["-o", "remount,ro", data]);
  await assert.rejects(openStore(file), code("STORE-READ-ONLY"));
  await assert.rejects(own(data, { socket: null }), code("STORE-READ-ONLY"));
  execFileSync("mount", ["-o", "remount,rw", data]);
  await using store = await openStore(file);
  assert.equal((await store.events({ after: 0 })).length, 1);
});

test("no step starts on a full disk: the intent is refused, the journal stays whole and is written on later", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const data = disk(t, "1m");
  const filler = join(data, "filler");
  await using store = await openStore(join(data, "state.db"));
  await store.commit([begin("r-1"), append("r-1", 1)]);
  execFileSync("sh", ["-c", `head -c 10m /dev/zero > ${filler} 2>/dev/null || true`]);
  let seq = 2;
  const fill = async (): Promise<never> => {
    for (;;) {
      await store.commit([append("r-1", seq)]);
      seq += 1;
    }
  };
  await assert.rejects(fill(), code("STORE-FULL"));
  assert.equal((await store.journal({ run: "r-1" })).length, seq - 1);
  execFileSync("rm", [filler]);
  await store.commit([append("r-1", seq)]);
  assert.equal((await store.journal({ run: "r-1" })).at(-1)?.seq, seq);
});

test("where nothing can be written, what was committed can still be read, also what a killed process left", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const sqlite = join(import.meta.dirname, "../../src/store/sqlite.ts");
  for (const end of ["SIGTERM", "SIGKILL"] as const) {
    const data = disk(t, "4m");
    const file = join(data, "state.db");
    const script = `
      const { openStore } = await import(${JSON.stringify(sqlite)});
      const store = await openStore(${JSON.stringify(file)});
      await store.commit([{ kind: "event.add", event: { at: 1, kind: "test", subject: "before", data: {} } },
        { kind: "sample.add", samples: [{ check: "c", target: "local", at: 2, value: 3 }] }]);
      process.once("SIGTERM", () => store[Symbol.asyncDispose]().then(() => process.exit()));
      setInterval(() => 0, 1000);
      console.log("committed");`;
    const writer = await program(t, script);
    const gone = once(writer, "exit");
    writer.kill(end);
    await gone;
    execFileSync("mount", ["-o", "remount,ro", data]);
    await using store = await openStore(file, { readOnly: true });
    assert.deepEqual(
      (await store.events({ after: 0 })).map(({ subject }) => subject),
      ["before"],
      end,
    );
    const samples = await store.samples({ check: "c", target: "local", since: 0 });
    assert.deepEqual(
      samples.map(({ value }) => value),
      [3],
      end,
    );
    await assert.rejects(store.commit([event("after")]), code("STORE-READ-ONLY"));
    execFileSync("mount", ["-o", "remount,rw", data]);
  }
});

test("the owner of a directory is found on a disk that became read-only; one that died is not", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const data = disk(t, "1m");
  const ownership = join(import.meta.dirname, "../../src/store/ownership.ts");
  const script = `
    const { own } = await import(${JSON.stringify(ownership)});
    await own(${JSON.stringify(data)}, { socket: null });
    setInterval(() => 0, 1000);
    console.log("owned");`;
  const owner = await program(t, script);
  // A disk with open files is only made read-only by the kernel itself; a second mount of it is by us.
  execFileSync("mount", ["--bind", data, data]);
  try {
    execFileSync("mount", ["-o", "remount,ro,bind", data]);
    assert.equal(ownerOf(data)?.pid, owner.pid);
    const gone = once(owner, "exit");
    owner.kill("SIGKILL");
    await gone;
    assert.equal(ownerOf(data), undefined);
  } finally {
    execFileSync("umount", ["-l", data]);
  }
});
