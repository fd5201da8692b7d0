// A step that a person does: its question outlives the daemon, and of two who answer at once one is heard.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { begin } from "../kit/cli.ts";
import { rescue, type Rescue } from "../kit/rescue.ts";
import { until } from "../kit/wb.ts";

async function serve(t: TestContext, { book }: Rescue) {
  const daemon = begin(t, ["serve", "--listen", "127.0.0.1:0"], book);
  await until("an address", 30, () => daemon.said.err.includes("http://"));
  return daemon;
}

test("a question at a console that is open when the daemon dies is open afterwards, the same one, and asked once", async (t) => {
  const made = rescue(t);
  const first = await serve(t, made);
  const begun = await made.json("run", "SOP-09", "--env", "site", "--execute", "--by", "ana", "--no-ask");
  assert.equal(begun.code, 5, begun.err);
  const before = (await made.json("runs", "show", "last")).json;
  assert.deepEqual(
    before.waits.map(({ kind, step, target }: any) => [kind, step, target]),
    [["tick", "find", "db-1"]],
  );
  first.child.kill("SIGKILL");
  await first.ended;
  await serve(t, made);
  const { json: after } = await made.json("runs", "show", "last");
  assert.deepEqual(after.waits, before.waits);
  const ticked = await made.json("runs", "tick", "last", "--by", "ana", "--output", "UUID=6f1c");
  assert.equal(ticked.code, 0, ticked.err);
  const { json: next } = await made.json("runs", "show", "last");
  assert.deepEqual(
    next.waits.map(({ step }: any) => step),
    ["fstab"],
  );
});

test("two people tick the same step at the same moment: one is heard, the other is told that it is done", async (t) => {
  const made = rescue(t);
  await serve(t, made);
  const begun = await made.json("run", "SOP-09", "--env", "site", "--execute", "--by", "ana", "--no-ask");
  assert.equal(begun.code, 5, begun.err);
  const said = (by: string) =>
    made.wb("runs", "tick", "last", "--step", "find", "--target", "db-1", "--by", by, "--output", `UUID=${by}`);
  const both = await Promise.all([said("ana"), said("ben")]);
  assert.deepEqual(
    both.map(({ code }) => code ?? -1).toSorted((one, other) => one - other),
    [0, 2],
    both.map(({ err }) => err).join("\n"),
  );
  const [heard, refused] = both[0].code === 0 ? ["ana", both[1]] : ["ben", both[0]];
  assert.match(refused.err, /Run r\S+ (does not wait for that|waits for fstab)/);
  const { json: shown } = await made.json("runs", "show", "last");
  assert.deepEqual(
    shown.waits.map(({ step }: any) => step),
    ["fstab"],
  );
  const find = shown.steps.find(({ id }: any) => id === "find");
  assert.deepEqual([find.state, find.attempts], ["done", 1]);
  assert.equal(shown.attempts.find(({ step }: any) => step === "find").end.outputs.UUID, heard);
});
