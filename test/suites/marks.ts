import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf, runFolderOf } from "../../src/kinds/targets/receipt/folder.ts";
import { end, perform, recall, sweep, type Order } from "../../src/kinds/targets/receipt/receipt.ts";
import { Leave, type RunMarks } from "../../src/model/step.ts";
import { done, hooksOf, idOf, orderOf, place, type OpenTarget, type Place } from "../kit/attempts.ts";
import { processesWith } from "../kit/processes.ts";
import { until } from "./child.ts";

const never = new AbortController().signal;

/** What the engine remembers of one run. */
function marks(): RunMarks & { readonly targets: Set<string> } {
  const targets = new Set<string>();
  return {
    targets,
    has: (target) => Promise.resolve(targets.has(target)),
    left: (target) => Promise.resolve(void targets.add(target)),
  };
}

const marked = (number: number, own: RunMarks): Order["id"] => ({ ...idOf(number), marks: own });
const runFolder = ({ state }: Place): string => join(state, runFolderOf(idOf().run));
const folder = ({ state }: Place, number: number): string => join(state, folderOf(idOf(number)));
const effects = ({ directory }: Place): number => {
  const path = join(directory, "effect");
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0;
};
const leaves = (at: Place, id: Order["id"], more = ""): Order =>
  orderOf(`echo x >>"${at.directory}/effect"\n${more}`, { id });

/** What the mark of a run tells of what is missing, and what is left of a run that has ended, on every target. */
export function markSuite(name: string, open: OpenTarget): void {
  lostSuite(name, open);
  sweepSuite(name, open);
}

function lostSuite(name: string, open: OpenTarget): void {
  test(`${name}: the mark of a run is left and remembered before its first write begins`, async (t) => {
    const at = await place(t, open);
    const own = marks();
    const late: RunMarks = { ...own, left: () => Promise.reject(new Error("the disk is full")) };
    await assert.rejects(done(at.reach, leaves(at, marked(1, late))), /disk is full/);
    assert.deepEqual([effects(at), existsSync(join(runFolder(at), "mark"))], [0, true]);
    assert.equal((await done(at.reach, leaves(at, marked(1, own)))).ending, "ok");
    assert.deepEqual([effects(at), [...own.targets]], [1, [at.reach.target]]);
  });

  test(`${name}: an attempt that is missing while the mark is there never began; both gone, nobody knows`, async (t) => {
    const at = await place(t, open);
    const own = marks();
    assert.equal((await done(at.reach, leaves(at, marked(1, own)))).ending, "ok");
    assert.deepEqual(await recall(at.reach, marked(2, own), never), { state: "absent" });
    rmSync(at.state, { recursive: true });
    for (const number of [1, 3]) {
      assert.deepEqual(await recall(at.reach, marked(number, own), never), { state: "unknown" });
      const ended = await end(at.reach, marked(number, own));
      assert.deepEqual([ended.ending, ended.reason], ["unknown", "receipts-lost"]);
    }
    // A later write leaves the mark anew, and the doubt stays one.
    assert.equal((await done(at.reach, leaves(at, marked(4, own)))).ending, "ok");
    assert.ok(existsSync(join(runFolder(at), "mark")));
    assert.deepEqual(await recall(at.reach, marked(3, own), never), { state: "unknown" });
    assert.deepEqual(await recall(at.reach, marked(5, own), never), { state: "absent" });
    assert.equal(effects(at), 2);
  });

  test(`${name}: a run that had left no mark has begun nothing, and has one when it was asked`, async (t) => {
    const at = await place(t, open);
    const own = marks();
    assert.deepEqual(await recall(at.reach, marked(1, own), never), { state: "absent" });
    assert.deepEqual([...own.targets], [at.reach.target]);
    assert.deepEqual(await recall(at.reach, marked(1, own), never), { state: "absent" });
  });

  test(`${name}: a target that loses everything while a write runs is not written to again`, async (t) => {
    const at = await place(t, open);
    const own = marks();
    const go = join(at.directory, "go");
    const leaving = new AbortController();
    const order = leaves(at, marked(1, own), `until [ -e "${go}" ]; do sleep 0.02; done`);
    const left = done(at.reach, order, leaving.signal);
    await until("it began", () => effects(at) === 1);
    leaving.abort(new Leave());
    await left;
    rmSync(at.state, { recursive: true, force: true });
    const again = await perform(at.reach, order, { ...hooksOf(), seen: { out: 0, err: 0 } });
    assert.deepEqual([again.ending, again.reason, effects(at)], ["unknown", "receipts-lost", 1]);
    assert.equal((await end(at.reach, marked(1, own))).reason, "receipts-lost");
    await until("nothing runs", () => processesWith(`WATCHBOOK_ATTEMPT=${folder(at, 1)}`).length === 0);
  });
}

function sweepSuite(name: string, open: OpenTarget): void {
  test(`${name}: of an ended run nothing is left, of others everything`, async (t) => {
    const at = await place(t, open);
    const own = marks();
    await done(at.reach, leaves(at, marked(1, own)));
    await done(at.reach, leaves(at, marked(2, own), "exit 3"));
    await recall(at.reach, marked(3, own), never);
    const other = { ...marked(1, marks()), run: "run-2" };
    await done(at.reach, leaves(at, other));
    assert.equal(await sweep(at.reach, "run-1"), true);
    assert.deepEqual(readdirSync(at.state), ["run-2"]);
    assert.equal(await sweep(at.reach, "run-1"), true);
    assert.equal((await recall(at.reach, other, never)).state, "ended");
  });

  test(`${name}: what still runs, or takes itself away, stays until it has ended`, async (t) => {
    const at = await place(t, open);
    const own = marks();
    const leaving = new AbortController();
    const left = done(at.reach, leaves(at, marked(1, own), "sleep 300"), leaving.signal);
    await until("it began", () => effects(at) === 1);
    leaving.abort(new Leave());
    await left;
    mkdirSync(folder(at, 2));
    for (const file of ["exit", "remove", "timer"]) writeFileSync(join(folder(at, 2), file), "");
    await done(at.reach, leaves(at, marked(3, own)));
    assert.equal(await sweep(at.reach, "run-1"), false);
    assert.deepEqual(
      [1, 2, 3].map((number) => existsSync(folder(at, number))),
      [true, true, false],
    );
    writeFileSync(join(folder(at, 2), "removed"), "");
    assert.equal((await end(at.reach, marked(1, own))).ending, "cancelled");
    assert.equal(await sweep(at.reach, "run-1"), true);
    assert.ok(!existsSync(runFolder(at)));
  });

  test(`${name}: who comes to begin after the run was swept begins nothing`, async (t) => {
    const at = await place(t, open);
    const own = marks();
    await done(at.reach, leaves(at, marked(1, own)));
    await sweep(at.reach, "run-1");
    const { BEGIN } = await import("../../src/kinds/targets/receipt/program.ts");
    const args = ["sh", "-c", BEGIN, "watchbook", folderOf(idOf(2)), "token", "marked", "60", "1000", ".", "sh"];
    const stdin = `script='echo x >>"${at.directory}/effect"' program='sh "$1/script"' values=': end'\n: token\n`;
    assert.deepEqual((await at.reach.exec(args, { stdin })).end, { kind: "exit", code: 95 });
    assert.deepEqual([effects(at), existsSync(runFolder(at))], [1, false]);
  });
}
