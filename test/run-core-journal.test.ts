// Journals that cannot be are refused, whatever is wrong with them; nothing is repaired.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { replay } from "../src/engine/run/core/advance.ts";
import { JournalError, type JournalFlaw } from "../src/engine/run/core/journal-error.ts";
import type { Attempt, Entry, Journalled } from "../src/model/journal.ts";
import type { Plan } from "../src/model/plan.ts";
import { gateOf, planOf } from "./kit/plan.ts";
import { play, type Play } from "./kit/run-play.ts";

const plan = (): Plan =>
  planOf({
    steps: ["look", { id: "s", verify: "v", undo: "u" }],
    others: [{ id: "v", risk: "read" }, { id: "u" }],
    gate: gateOf({ quorum: 2 }),
    automation: "assist",
  });

/** A run to its end, with everything a person has to say. */
function whole(): Play {
  const run = play(plan());
  run.go();
  run.end("look@a");
  for (const by of ["p", "q"]) run.say({ type: "approval.given", gate: "plan", by, signature: "", text: "" });
  run.say({ type: "key", step: "s", batch: 0, by: "p" });
  run.end("s@a");
  run.end("s@a");
  assert.equal(run.view.state, "done");
  return run;
}

/** The entries numbered anew, as if nothing had ever stood between them. */
const renumbered = (entries: readonly Journalled[]): Journalled[] =>
  entries.map((entry, index) => ({ ...entry, seq: index + 1 }));

function refuses(entries: readonly Journalled[], flaw: JournalFlaw): void {
  assert.throws(
    () => replay(plan(), entries),
    (error: unknown) => error instanceof JournalError && error.flaw === flaw,
    flaw,
  );
}

const after = (types: readonly string[], ...entries: readonly Entry[]): Journalled[] => {
  const { journal } = whole();
  const head = journal.slice(0, journal.findIndex(({ entry }) => types.includes(entry.type)) + 1);
  return renumbered([...head, ...entries.map((entry) => ({ seq: 0, epoch: 1, at: 1, entry }))]);
};

const look = (attempt: number): Attempt => ({ step: "look", target: "a", purpose: "do", attempt });
const ok = (of: Attempt): Entry => ({ type: "outcome", ...of, ending: "ok", seconds: 0 });

test("a journal with a hole, or in another order, is refused", () => {
  const { journal } = whole();
  for (let at = 0; at < journal.length - 1; at++) refuses(journal.toSpliced(at, 1), "hole");
  refuses(journal.toReversed(), "hole");
  refuses(journal.slice(1), "hole");
});

test("a journal from which something was taken away, numbered anew, is refused wherever what follows rests on it", () => {
  const { journal } = whole();
  const free = new Set(["run.taken", "approval.asked", "run.ended"]);
  for (let at = 0; at < journal.length - 1; at++)
    if (!free.has(journal[at]!.entry.type))
      assert.throws(() => replay(plan(), renumbered(journal.toSpliced(at, 1))), JournalError, journal[at]!.entry.type);
});

test("a journal of another plan is refused", () => {
  const { journal } = whole();
  const foreign = { ...plan(), digest: `sha256:${"1".repeat(64)}` };
  assert.throws(() => replay(foreign, journal), { name: "JournalError", flaw: "foreign", seq: 1 });
  refuses(after(["run.taken"], { type: "intent", step: "x", target: "a", purpose: "do", attempt: 1 }), "foreign");
  refuses(after(["run.taken"], { type: "intent", ...look(1), target: "b" }), "foreign");
  refuses(after(["run.taken"], { type: "intent", ...look(1), purpose: "verify" }), "foreign");
  refuses(after(["run.taken"], { type: "key", step: "x", batch: 0, by: "p" }), "foreign");
  refuses(after(["run.taken"], { type: "approval.expired", gate: "look" }), "foreign");
  refuses(after(["run.taken"], { type: "tick", step: "x", target: "a", by: "p", done: true, note: "" }), "foreign");
});

test("an outcome without an intent, and a second one, are refused", () => {
  refuses(after(["run.taken"], ok(look(1))), "order");
  refuses(after(["intent"], ok(look(2))), "order");
  refuses(after(["intent"], ok(look(1)), ok(look(1))), "order");
});

test("an intent that the plan does not allow there is refused", () => {
  refuses(after(["intent"], { type: "intent", ...look(1) }), "order");
  refuses(after(["intent"], { type: "intent", ...look(2) }), "order");
  refuses(after(["outcome"], { type: "intent", ...look(2) }), "order");
  refuses(after(["run.taken"], { type: "intent", step: "s", target: "a", purpose: "do", attempt: 1 }), "order");
  refuses(after(["outcome"], { type: "intent", step: "s", target: "a", purpose: "undo", attempt: 1 }), "order");
});

test("a step that began without its approval or key is refused", () => {
  const begun: Entry = { type: "intent", step: "s", target: "a", purpose: "do", attempt: 1 };
  refuses(after(["approval.asked"], begun), "order");
  const given = (by: string): Entry => ({ type: "approval.given", gate: "plan", by, signature: "", text: "" });
  refuses(after(["approval.asked"], given("p"), given("p"), begun), "order");
  refuses(after(["approval.asked"], given("p"), given("q"), begun), "order");
});

test("what nobody decided, and a repetition that the plan does not allow, are refused", () => {
  const key: Entry = { type: "key", step: "s", batch: 0, by: "p" };
  const s: Attempt = { step: "s", target: "a", purpose: "do", attempt: 1 };
  const given = ["p", "q"].map((by): Entry => ({ type: "approval.given", gate: "plan", by, signature: "", text: "" }));
  const begun = [...given, key, { type: "intent", ...s } as const];
  refuses(after(["approval.asked"], ...begun, { ...ok(s), via: "human" } as Entry), "order");
  const again: Entry = { type: "outcome", ...s, ending: "unknown", seconds: 0, via: "repeat" };
  refuses(after(["approval.asked"], ...begun, again), "order");
});

test("an epoch that goes back is refused", () => {
  const { journal } = whole();
  refuses(
    journal.map((one) => (one.seq === 4 ? { ...one, epoch: 0 } : one)),
    "epoch",
  );
  refuses(after(["run.taken"], { type: "run.taken", epoch: 1, host: "h", pid: 2 }), "epoch");
});

test("whatever follows the end, or stands before the beginning, is refused", () => {
  refuses(after(["run.ended"], { type: "pause", by: "p", reason: "" }), "after-end");
  const { journal } = whole();
  refuses(renumbered([journal[1]!, journal[0]!]), "order");
  refuses(renumbered([journal[0]!, journal[0]!]), "order");
  refuses(after(["intent"], { type: "run.ended", state: "done", reasons: [] }), "order");
});

test("words that do not apply change nothing but the count of entries", () => {
  const where = { step: "s", target: "a", by: "p", note: "" };
  const words: readonly Entry[] = [
    { type: "tick", ...where, done: true },
    { type: "answer", ...where, choice: "retry" },
    { type: "decided", ...where, purpose: "do", attempt: 1, happened: "redo" },
    { type: "key", step: "s", batch: 0, by: "p" },
    { type: "approval.given", gate: "plan", by: "p", signature: "", text: "" },
    { type: "approval.rejected", gate: "plan", by: "p", reason: "" },
    { type: "approval.expired", gate: "plan" },
    { type: "resume", by: "p" },
    { type: "timer", step: "s", target: "a", purpose: "do", attempt: 1, until: 5 },
  ];
  const same = fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }), (said) => {
    const [run, quiet] = [play(plan()), play(plan())];
    run.go();
    quiet.go();
    for (const word of said) run.put(word);
    assert.equal(JSON.stringify({ ...run.view, seq: 0 }), JSON.stringify({ ...quiet.view, seq: 0 }));
    assert.deepEqual(run.next(), quiet.next());
  });
  fc.assert(same);
});
