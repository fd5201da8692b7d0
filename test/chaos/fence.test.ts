// Two processes on one data directory, and a worker that comes back late.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openStore } from "../../src/store/sqlite.ts";
import { until } from "./until.ts";
import { folder } from "../kit/folder.ts";
import { planOf } from "../kit/plan.ts";
import { localPlace, targetAt } from "./place.ts";
import { counted } from "./plan.ts";
import { startSubject } from "./process.ts";
import type { Said } from "./subject.ts";

test("a second process on the same data is refused and told who owns it", async (t) => {
  const data = join(folder(t), "data");
  const said: Said[] = [];
  const first = startSubject(data, (one) => said.push(one));
  t.after(() => first.send("SIGKILL"));
  await until("the first is ready", () => said.some(({ say }) => say === "ready"));
  const second = startSubject(data, (one) => said.push(one));
  assert.equal(await second.gone, false);
  assert.deepEqual(said.at(-1), { say: "owned", pid: first.pid });
  first.send("SIGKILL");
  await first.gone;
});

/** The kernel's word on a process: T is stopped. */
const stateOf = (pid: number): string => / ([A-Z]) \d+ /.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))![1]!;

for (const at of ["intent", "effect"] as const)
  test(`a worker that was stopped at its ${at} and comes back late writes nothing and begins nothing again`, async (t) => {
    const root = folder(t);
    const data = join(root, "data");
    const place = localPlace(root, "local");
    const [early, late]: [Said[], Said[]] = [[], []];
    const first = startSubject(data, (one) => late.push(one), {
      shared: true,
      ...(at === "intent" && { point: "intent-stop:1" }),
    });
    t.after(() => first.send("SIGKILL"));
    const one = { id: "one", risk: "destructive" as const, params: counted("sleep 0.5") };
    const plan = planOf({ steps: [one, { id: "two", params: counted(":") }], targets: [targetAt(place, "x")] });
    first.tell({ do: "create", plan, reason: "r" });
    if (at === "effect") {
      await until("it begins", () => place.lines().length > 0);
      first.send("SIGSTOP");
    }
    await until("it is stopped", () => stateOf(first.pid) === "T");
    const second = startSubject(data, (said) => early.push(said), { shared: true });
    t.after(() => second.send("SIGKILL"));
    const isDone = (said: Said): boolean => said.say === "run" && said.state === "done";
    await until("the second ends the run", () => early.some(isDone));
    const before = place.lines();
    first.send("SIGCONT");
    const broken = await until("the first is fenced off", () => late.find(({ say }) => say === "broken"));
    assert.match(broken.say === "broken" ? broken.code : "", /conflict/i);
    first.send("SIGKILL");
    await first.gone;
    second.send("SIGKILL");
    await second.gone;
    assert.deepEqual(place.lines(), before);
    assert.equal(before.filter((line) => line.startsWith("begin") && line.includes("one@")).length, 1);
    const { run } = early.find((said) => said.say === "run")!;
    await using store = await openStore(join(data, "state.db"));
    const journal = await store.journal({ run });
    const taken = journal.findIndex(({ entry }) => entry.type === "run.taken" && entry.epoch === 2);
    assert.ok(journal.slice(taken).every(({ epoch }) => epoch === 2));
  });
