// The log of the gateway example: a torn end is cut and told, everything else that is not as it was written is refused.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs, { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import * as fc from "fast-check";
import { Failure } from "../examples/gateway/src/failure.ts";
import { filesOf, openWal, readWal, type Wal } from "../examples/gateway/src/node/wal.ts";
import { parse } from "../examples/gateway/src/node/wal/record.ts";

interface Place extends ReturnType<typeof filesOf> {
  readonly folder: string;
  readonly open: () => Wal;
}

function place(t: TestContext): Place {
  const dir = mkdtempSync(join(tmpdir(), "watchbook-wal-"));
  const opened: Wal[] = [];
  t.after(() => {
    for (const wal of opened) wal.close();
    rmSync(dir, { recursive: true });
  });
  const open = (): Wal => {
    const wal = openWal(dir);
    opened.push(wal);
    return wal;
  };
  return { folder: dir, ...filesOf(dir), open };
}

const ids = (count: number, prefix = "o"): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
const idsOf = (orders: readonly { readonly id: string }[]): readonly string[] => orders.map(({ id }) => id);

/** What opening it says. */
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return "taken";
};

test("wal: what was appended is there after every start, in its order, and each id once [C-058]", (t) => {
  const one = place(t);
  one.open().append(ids(3));
  one.open().append(ids(2, "later"));
  const [first, second] = [one.open(), one.open()];
  assert.deepEqual(idsOf(first.orders), [...ids(3), ...ids(2, "later")]);
  assert.deepEqual([second.orders, second.replayed, second.cut], [first.orders, 5, 0]);
  assert.deepEqual([first.find("later-2"), first.find("o-9")], [5, undefined]);
});

test("wal: a write that was cut short anywhere loses nothing that was acknowledged before it [C-026]", (t) => {
  const one = place(t);
  one.open().append(ids(4));
  const [whole, mark] = [readFileSync(one.log), readFileSync(one.mark)];
  one.open().append(ids(3, "later"));
  const all = readFileSync(one.log);
  for (let size = whole.length; size < all.length; size++) {
    writeFileSync(one.log, all.subarray(0, size));
    writeFileSync(one.mark, mark);
    const wal = one.open();
    assert.deepEqual(idsOf(wal.orders).slice(0, 4), ids(4), `${size} bytes`);
    assert.equal(wal.cut + readFileSync(one.log).length, size);
    assert.deepEqual(readWal(one.folder).torn, 0, "what was cut is gone");
    if (wal.cut > 0) assert.deepEqual(readFileSync(one.torn), all.subarray(size - wal.cut, size), "and kept beside it");
    // What comes next stands on what is there.
    wal.append(["next"]);
    assert.equal(one.open().orders.at(-1)?.id, "next");
  }
});

test("wal: room that was given behind half a record and never written to is cut with it", (t) => {
  const one = place(t);
  one.open().append(ids(4));
  const [whole, mark] = [readFileSync(one.log), readFileSync(one.mark)];
  one.open().append(ids(40, "later"));
  const all = readFileSync(one.log);
  for (let size = whole.length; size < whole.length + 120; size++) {
    writeFileSync(one.log, Buffer.concat([all.subarray(0, size), Buffer.alloc(all.length - size)]));
    writeFileSync(one.mark, mark);
    assert.deepEqual(idsOf(one.open().orders).slice(0, 4), ids(4), `${size} bytes`);
    assert.equal(readWal(one.folder).torn, 0);
  }
  writeFileSync(one.log, Buffer.concat([whole.subarray(0, 100), Buffer.alloc(whole.length - 100)]));
  writeFileSync(one.mark, mark);
  assert.equal(refusal(one.open), "wal-short", "what was acknowledged is no room");
});

test("wal: a new log is a name on the disk before anything is acknowledged from it [C-026]", (t) => {
  const one = place(t);
  const synced: string[] = [];
  const sync = fs.fsyncSync;
  t.mock.method(fs, "fsyncSync", (handle: number) => {
    synced.push(fs.readlinkSync(`/proc/self/fd/${handle}`));
    sync(handle);
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  const folder = join(one.folder, "site", "wal");
  const wal = openWal(folder);
  t.after(() => wal.close());
  assert.deepEqual(synced, [filesOf(folder).log, folder, join(one.folder, "site")]);
});

test("wal: a log that is shorter than what was acknowledged is refused with the byte where it ends [C-026]", (t) => {
  const one = place(t);
  one.open().append(ids(5));
  const size = readFileSync(one.log).length;
  for (const less of [1, 30, size - 1, size]) {
    const all = readFileSync(one.log);
    truncateSync(one.log, size - less);
    assert.throws(
      one.open,
      (error) => error instanceof Failure && error.code === "wal-short" && "offset" in error.facts,
    );
    assert.equal(readFileSync(one.log).length, size - less, "nothing is cut off what is refused");
    writeFileSync(one.log, all);
  }
  assert.equal(one.open().orders.length, 5);
});

test("wal: any changed bit and any lost, doubled or moved record is refused, with or without the mark", (t) => {
  const one = place(t);
  for (let batch = 0; batch < 5; batch++) one.open().append(ids(4, `b${batch}`));
  const [all, mark] = [readFileSync(one.log), readFileSync(one.mark)];
  const lines = all.toString().split(/(?<=\n)/);
  const judged = (bytes: Buffer, marked: boolean): string => {
    writeFileSync(one.log, bytes);
    if (marked) writeFileSync(one.mark, mark);
    else rmSync(one.mark, { force: true });
    return refusal(() => readWal(one.folder));
  };
  fc.assert(
    fc.property(fc.nat({ max: all.length - 1 }), fc.nat({ max: 7 }), fc.boolean(), (at, bit, marked) => {
      const bytes = Buffer.from(all);
      bytes[at]! ^= 1 << bit;
      assert.equal(judged(bytes, marked), "wal-damaged", `byte ${at}, bit ${bit}`);
    }),
    { numRuns: 400 },
  );
  const line = fc.nat({ max: lines.length - 2 });
  fc.assert(
    fc.property(line, fc.constantFrom("lost", "twice", "moved"), fc.boolean(), (at, how, marked) => {
      const changed = [...lines];
      const [taken] = changed.splice(at, how === "twice" ? 0 : 1);
      if (how === "twice") changed.splice(at, 0, lines[at]!);
      if (how === "moved") changed.splice(at + 1, 0, taken!);
      assert.equal(judged(Buffer.from(changed.join("")), marked), "wal-damaged", `${how} ${at}`);
    }),
    { numRuns: 100 },
  );
  assert.equal(judged(all, true), "taken");
});

test("wal: random damage and cuts together never give another order than was written, nor one less than acknowledged", (t) => {
  const one = place(t);
  one.open().append(ids(6));
  const mark = readFileSync(one.mark);
  one.open().append(ids(4, "later"));
  const all = readFileSync(one.log);
  const written = [...ids(6), ...ids(4, "later")];
  const damage = fc.array(fc.tuple(fc.nat({ max: all.length - 1 }), fc.integer({ min: 1, max: 255 })), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(
      damage,
      fc.nat({ max: all.length }),
      fc.constantFrom("", "\0\0\0\0", "\0".repeat(64)),
      (flips, size, end) => {
        const bytes = Buffer.from(all);
        for (const [at, by] of flips) bytes[at]! ^= by;
        writeFileSync(one.log, Buffer.concat([bytes.subarray(0, size), Buffer.from(end)]));
        writeFileSync(one.mark, mark);
        let kept: readonly string[];
        try {
          kept = idsOf(readWal(one.folder).orders);
        } catch (error) {
          assert.ok(error instanceof Failure, String(error));
          return;
        }
        assert.ok(kept.length >= 6);
        assert.deepEqual(kept, written.slice(0, kept.length));
      },
    ),
    { numRuns: 600 },
  );
});

test("wal: room that nobody wrote to counts as torn, a mark of another log or a broken one is refused", (t) => {
  const one = place(t);
  one.open().append(ids(2));
  const all = readFileSync(one.log);
  const empty = parse(Buffer.concat([all, Buffer.alloc(4096)]));
  assert.deepEqual([empty.orders.length, empty.torn], [2, 4096]);
  const other = place(t);
  other.open().append(["x", "y"]);
  writeFileSync(one.mark, readFileSync(other.mark));
  assert.equal(
    refusal(() => readWal(one.folder)),
    "wal-other",
  );
  writeFileSync(one.mark, "42\n");
  assert.equal(
    refusal(() => readWal(one.folder)),
    "wal-mark-damaged",
  );
});

/** Appends sixteen orders at a time and tells each batch that is kept, where a file may not grow beyond 8 blocks. */
function limited(folder: string) {
  const program = `
    import { writeSync } from "node:fs";
    import { openWal } from ${JSON.stringify(new URL("../examples/gateway/src/node/wal.ts", import.meta.url))};
    const wal = openWal(process.argv[1]);
    for (let n = 0; ; n += 16) {
      wal.append(Array.from({ length: 16 }, (_, index) => "o-" + (n + index + 1)));
      writeSync(1, wal.orders.length + "\\n");
    }`;
  const node = [process.execPath, "--input-type=module", "-e", program, folder];
  const { status, stdout, stderr } = spawnSync("sh", ["-c", 'ulimit -f 8; exec "$@"', "sh", ...node], {
    encoding: "utf8",
  });
  return { status, stderr, acknowledged: Number(stdout.trim().split("\n").at(-1)) };
}

test("wal: a write that the system stops in the middle ends its writer, and every order that was told is there [C-026]", (t) => {
  const one = place(t);
  const { status, stderr, acknowledged } = limited(one.folder);
  assert.equal(status, 1);
  assert.match(stderr, /wal-not-written \{"reason":"EFBIG"\}/);
  assert.ok(acknowledged > 16, String(acknowledged));
  const wal = one.open();
  assert.ok(wal.cut > 0, "the write stopped within a record");
  assert.ok(wal.replayed >= acknowledged);
  assert.deepEqual(idsOf(wal.orders), ids(wal.replayed));
});
