// What run and runs refuse: one sentence, the nearest name, and nothing is made.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../src/cli/dispatch.ts";
import { exitOf } from "../src/cli/run/result.ts";
import type { RunShown } from "../src/engine/run/control/shown.ts";
import { lamps } from "./kit/lamp.ts";
import { worldIn } from "./kit/world.ts";

const RUN = ["run", "SOP-01", "--env", "test", "--param", "colour=blue", "--execute"];
const wrong = (from: string, to: string): readonly string[] => RUN.map((word) => (word === from ? to : word));

test("names that do not exist show the nearest; what is missing is named; nothing is made", async (t) => {
  const { book, data } = lamps(t);
  const cases: readonly (readonly [RegExp, readonly string[]])[] = [
    [/perhaps: SOP-01/, wrong("SOP-01", "SOP-O1")],
    [/perhaps: test/, wrong("test", "tset")],
    [/perhaps: lamp-1/, [...RUN, "--targets", "lamp1"]],
    [/perhaps: change/, [...RUN, "--step", "chnage"]],
    [/perhaps: colour/, wrong("colour=blue", "color=blue")],
    [/named twice/, [...RUN, "--targets", "lamp-1,lamp-1"]],
    [/belongs to prod/, [...RUN, "--targets", "lamp-2"]],
    [/no value of a parameter/, [...RUN, "--param", "colour"]],
    [/Known are: .*test/, ["run", "SOP-01"]],
    [/Known are: .*SOP-01/, ["run", "--env", "test"]],
    [/missing: 1/, ["run", "SOP-01", "--env", "test", "--execute"]],
    [/is sha256:\w+, not sha256:0/, [...RUN, "--plan", "sha256:0"]],
    [/belongs to --execute/, ["run", "SOP-01", "--env", "test", "--detach"]],
    [/no daemon/, [...RUN, "--detach"]],
    [/no run yet/, ["runs", "show", "last"]],
    [/no run “r1”/, ["runs", "cancel", "r1"]],
    [/perhaps: approve/, ["runs", "aprove", "last"]],
    [/Which run\?/, ["runs", "show"]],
    [/needs --happened/, ["runs", "decide", "last"]],
    [/It takes retry/, ["runs", "answer", "last", "--choice", "again"]],
    [/no use for --undo/, ["runs", "pause", "last", "--undo"]],
    [/does not know what to do with: b/, ["runs", "show", "a", "b"]],
  ];
  for (const [says, argv] of cases) {
    const world = worldIn(book);
    assert.equal(await run(argv, world), 2, `${argv.join(" ")}: ${world.said.stderr}`);
    assert.match(world.said.stderr, says, argv.join(" "));
    assert.match(world.said.stderr, /^error: [^\n]+\n {2}[^\n]+\n$/m, argv.join(" "));
  }
  assert.equal(existsSync(join(data, "runs")), false);
});

test("where nothing was ever run, the list says how to begin, and makes nothing", async (t) => {
  const { book, data } = lamps(t);
  const world = worldIn(book);
  assert.equal(await run(["runs", "list"], world), 0);
  assert.match(world.said.stdout, /No runs\. watchbook run RUNBOOK --env E --execute begins one\./);
  assert.equal(existsSync(data), false);
});

test("the exit code says how a run ended: proven, failed, out of reach, waiting, without its evidence", () => {
  const ended = (state: string, verdict: string, tasks: readonly object[] = [], evidence: string | undefined = "/e") =>
    exitOf({ record: { state, evidence }, verdict: { verdict }, view: { tasks } } as unknown as RunShown, false);
  const task = (ending: string) => ({ state: "failed", end: { ending } });
  assert.equal(ended("done", "pass"), 0);
  assert.equal(ended("done", "rehearsal"), 0);
  assert.equal(ended("done", "inconclusive"), 3);
  for (const state of ["undone", "failed-undo", "refused", "cancelled"]) assert.equal(ended(state, "fail"), 3, state);
  assert.equal(ended("failed", "fail", [task("unreachable"), { state: "done" }]), 4);
  assert.equal(ended("failed", "fail", [task("unreachable"), task("failed")]), 3);
  for (const state of ["waiting", "paused", "running"]) assert.equal(ended(state, "inconclusive"), 5, state);
  const run = { record: { state: "done" }, verdict: { verdict: "pass" }, view: { tasks: [] } } as unknown as RunShown;
  assert.equal(exitOf(run, false), 2, "evidence is owed");
  assert.equal(exitOf(run, true), 130);
});
