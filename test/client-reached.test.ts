// Whom a verb reaches at a data directory that somebody has: a daemon, a process that drives runs, or nobody for a moment.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { daemonAt, reached } from "../src/cli/client.ts";
import { WatchbookError } from "../src/model/error.ts";
import { systemClock, type Clock } from "../src/model/time.ts";
import { own, type Ownership } from "../src/store/ownership.ts";
import { folder } from "./kit/folder.ts";

/** Time that passes at once; what happens in it is the test's. */
const passing = (meanwhile: (sleeps: number) => unknown): Clock => {
  let sleeps = 0;
  return { ...systemClock, sleep: async () => void (await meanwhile((sleeps += 1))) };
};

const still = passing(() => undefined);

test("a verb that listens to nobody is waited for: it leaves, or listens, or is named", async (t) => {
  const data = join(folder(t), "data");
  const about = { socket: null, command: "inspect daily" };
  const mine = (await own(data, about)) as Ownership;
  await assert.rejects(reached(data, still), (error) => {
    assert.ok(error instanceof WatchbookError);
    const { code, args, exit } = error;
    assert.deepEqual([code, args["pid"], args["command"], exit], ["DATA-OWNED", process.pid, "inspect daily", 2]);
    return true;
  });
  const listens = await reached(
    data,
    passing((sleeps) => sleeps === 3 && mine.announce("/nobody/is/there")),
  );
  assert.deepEqual([listens?.owner.socket, listens?.owner.daemon], ["/nobody/is/there", false]);
  await assert.rejects(daemonAt(data, still), { code: "DATA-OWNED" });
  mine.announce(null);
  const left = await reached(
    data,
    passing((sleeps) => sleeps === 3 && mine[Symbol.asyncDispose]()),
  );
  assert.equal(left, undefined);
});

test("what was never heard by one who leaves is told from what may have been done there", async (t) => {
  const data = join(folder(t), "data");
  const mine = (await own(data, { socket: null, command: "run SOP-02" })) as Ownership;
  mine.announce(join(data, "gone"));
  const client = await reached(data, still);
  await mine[Symbol.asyncDispose]();
  await assert.rejects(client!.post("/api/v1/runs", {}), { code: "OWNER-LEFT" });
  await assert.rejects(client!.get("/api/v1/runs"), { code: "OWNER-LEFT" });
});
