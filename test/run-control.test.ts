// What stands between people and runs: trouble of one run is said, tried again when it may pass, and costs no other run.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { House, OpenBook } from "../src/engine/house.ts";
import { makeRunControl, type RunControl } from "../src/engine/run/control.ts";
import { WatchbookError } from "../src/model/error.ts";
import { openBook } from "../src/book/open.ts";
import type { Change, Store } from "../src/store/store.ts";
import { bench } from "./kit/runner.ts";
import { folder } from "./kit/folder.ts";
import { write } from "./kit/daemon.ts";
import { until } from "./kit/until.ts";

const MANUAL = `# Things

## SOP-01: One

1. Do it

   \`\`\`bash {"name":"one","wb-risk":"write"}
   echo one >> effects
   \`\`\`
2. Look at it.

## SOP-02: Two

1. Do it

   \`\`\`bash {"name":"two","wb-risk":"write"}
   echo two >> effects
   \`\`\`
`;
const DATA = `environments: { test: {} }
targets:
  a: { kind: local, environment: test }
  b: { kind: local, environment: test }
runbooks:
  SOP-01: { targets: [a] }
  SOP-02: { targets: [b] }
services: { things: { automation: auto } }
`;

interface Made {
  readonly control: RunControl;
  readonly bugs: unknown[];
  /** Refuses what it gives an error for. */
  refuse: (changes: readonly Change[]) => Error | undefined;
  /** Of the evidence. */
  fail: () => Error | undefined;
  readonly store: Store;
}

async function make(t: TestContext): Promise<Made> {
  const root = folder(t);
  write(root, { "things.md": MANUAL, "watchbook.yaml": DATA });
  const { house, store } = await bench(t);
  const open: OpenBook = { ...(await openBook(root)), root };
  const bugs: unknown[] = [];
  const made = { bugs, refuse: () => undefined, fail: () => undefined, store } as unknown as Made;
  const refusing: Store = {
    ...Object.fromEntries(
      (["run", "runs", "plan", "journal", "locks", "value"] as const).map((name) => [name, store[name].bind(store)]),
    ),
    commit: async (changes: readonly Change[]) => {
      const refused = made.refuse(changes);
      if (refused) throw refused;
      await store.commit(changes);
    },
  } as unknown as Store;
  const whole = {
    ...house,
    store: refusing,
    record: () => {
      const error = made.fail();
      return error ? Promise.reject(error) : Promise.resolve({ directory: "/evidence", leaf: 0, keyId: "k" });
    },
    runPage: () => "",
  } as unknown as House;
  const control = makeRunControl({
    house: whole,
    pid: process.pid,
    root,
    open: () => open,
    onBug: (error) => bugs.push(error),
  });
  t.after(() => control.stop());
  return Object.assign(made, { control });
}

const begin = (control: RunControl, runbook: string) =>
  control.begin({ runbook, environment: "test", params: {} }, { by: "ana", reason: "" });
const full = () => new WatchbookError("STORE-FULL", { path: "/data" });
const isTick = (changes: readonly Change[]): boolean =>
  changes.some((one) => one.kind === "journal.append" && one.entry.entry.type === "tick");

test("a full disk stops the run, is said, and passes: nothing begins without a committed intent", async (t) => {
  const made = await make(t);
  const { control } = made;
  const { record } = await begin(control, "SOP-01");
  await control.settled(record.id);
  made.refuse = (changes) => (changes.some(({ kind }) => kind === "journal.append") ? full() : undefined);
  await assert.rejects(control.act(record.id, "ana", { do: "tick", done: true, note: "" }), { code: "STORE-FULL" });
  await until(() => control.trouble(record.id)?.code === "STORE-FULL", "it is said of the run");
  assert.equal(control.ill()?.code, "STORE-FULL");
  await control.pass();
  assert.equal(control.ill()?.code, "STORE-FULL", "while the disk is full");
  made.refuse = () => undefined;
  await control.pass();
  assert.equal(control.ill(), undefined);
  await control.settled(record.id);
  await control.act(record.id, "ana", { do: "tick", done: true, note: "" });
  const { record: done } = await control.settled(record.id);
  assert.equal(done.state, "done");
  assert.equal(done.evidence, "/evidence");
});

test("a bug in one run is told with its stack, is not tried again by itself, and costs no other run", async (t) => {
  const made = await make(t);
  const { control, bugs } = made;
  const { record } = await begin(control, "SOP-01");
  await control.settled(record.id);
  made.refuse = (changes) => (isTick(changes) ? new TypeError("a bug") : undefined);
  await assert.rejects(control.act(record.id, "ana", { do: "tick", done: true, note: "" }), TypeError);
  await until(() => control.trouble(record.id) !== undefined, "it is said of the run");
  assert.equal(control.trouble(record.id)?.code, "RUN-STOPPED");
  assert.equal((bugs[0] as Error).message, "a bug");
  await control.pass();
  assert.equal(control.ill()?.code, "RUN-STOPPED");
  const other = await begin(control, "SOP-02");
  assert.equal((await control.settled(other.record.id)).record.state, "done");
  made.refuse = () => undefined;
  const ended = await control.act(record.id, "ana", { do: "cancel", reason: "", undo: false });
  await control.settled(ended.record.id);
  assert.equal((await control.now(record.id)).record.state, "cancelled");
  assert.equal(control.ill(), undefined, "whoever takes it up again ends the trouble");
});

test("evidence that the disk refuses is owed, said, and written when the disk takes it", async (t) => {
  const made = await make(t);
  const { control } = made;
  made.fail = () => new WatchbookError("EVIDENCE-FULL", { path: "/evidence" });
  const { record } = await begin(control, "SOP-02");
  await assert.rejects(control.settled(record.id), { code: "EVIDENCE-FULL" });
  await until(() => control.ill()?.code === "EVIDENCE-FULL", "it is said");
  assert.equal((await control.now(record.id)).record.state, "done");
  made.fail = () => undefined;
  await control.pass();
  await until(async () => (await control.now(record.id)).record.evidence === "/evidence", "it is written");
  await until(() => control.ill() === undefined, "nothing is owed");
});

test("a run is named by its id, by what only it begins or ends with, or last", async (t) => {
  const { control } = await make(t);
  await assert.rejects(control.find("last"), { code: "RUN-NONE" });
  const { id: one } = (await begin(control, "SOP-01")).record;
  const { id: two } = (await begin(control, "SOP-02")).record;
  assert.equal(await control.find("last"), two);
  assert.equal(await control.find(one), one);
  assert.equal(await control.find(one.slice(-6)), one);
  await assert.rejects(control.find("r20"), { code: "RUN-AMBIGUOUS" });
  await assert.rejects(control.find("zzzzzz"), { code: "RUN-UNKNOWN" });
  const near = one.replace(/.$/, (sign) => (sign === "0" ? "1" : "0"));
  await assert.rejects(control.find(near), { code: "RUN-UNKNOWN-NEAR" });
});
