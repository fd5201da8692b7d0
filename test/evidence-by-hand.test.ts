// What only a person saw is said to be so, counts for nothing that a program must have measured, and needs their word.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runEvents } from "../src/engine/run/evidence/events.ts";
import { runPairs, runResult } from "../src/evidence/run/facts.ts";
import { judgeRun } from "../src/evidence/run/judge.ts";
import { Refusal } from "../src/evidence/refusal.ts";
import type { EvidenceEvent } from "../src/model/evidence.ts";
import { bound, factsOf } from "./kit/run-evidence.ts";
import { play, type Play } from "./kit/run-play.ts";

const HAND = { kind: "manual", byHand: { kind: "shell" } } as const;

function rescued(): Play {
  const steps = [
    { id: "one", targets: ["a"] },
    { id: "one.by-hand", targets: ["b"], outputs: ["RTO_SECONDS"], ...HAND },
  ];
  const run = play(bound({ steps, targets: ["a", "b"], batches: [["a", "b"]] }));
  run.go();
  run.end("one@a");
  const told = { done: true, note: "up", outputs: { RTO_SECONDS: "1" } };
  run.say({ type: "tick", step: "one.by-hand", target: "b", by: "ana", ...told });
  run.go();
  assert.equal(run.view.state, "done");
  return run;
}

const eventsOf = (): readonly EvidenceEvent[] => runEvents(factsOf(rescued()));

test("a step done on some targets is judged on those; what a person did says so, and its values are no measures", () => {
  const judged = judgeRun(eventsOf(), "execute");
  assert.equal(judged.verdict, "pass");
  assert.deepEqual(
    judged.steps.map(({ name, targets, status }) => [name, targets, status]),
    [
      ["one", ["a"], "ok"],
      ["one.by-hand", ["b"], "ok"],
    ],
  );
  const env = new Map(runPairs(judged));
  assert.deepEqual(
    [env.get("STEP_1_BY"), env.get("STEP_2_BY"), env.get("RTO_SECONDS")],
    [undefined, "person", undefined],
  );
  const { tasks } = runResult(judged) as { readonly tasks: readonly Readonly<Record<string, unknown>>[] };
  assert.deepEqual(
    tasks.map(({ by, persons }) => [by, persons]),
    [
      [undefined, undefined],
      ["person", ["ana"]],
    ],
  );
});

test("a manual step that ended well without a person's word is refused", () => {
  const events = eventsOf();
  const at = events.findIndex(({ type }) => type === "tick");
  const denied = events.map((event, index) =>
    index === at ? { ...event, data: { ...event.data, done: false } } : event,
  );
  assert.throws(
    () => judgeRun(denied, "execute"),
    (error) =>
      error instanceof Refusal && error.reason.code === "events-missing" && error.reason.args["what"] === "tick",
  );
});
