// A signal that lives as long as the daemon, and thousands who wait for it in turn.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { onStop } from "../src/model/stop.ts";
import { systemClock } from "../src/model/time.ts";

test("whoever waits for a signal is called once, whoever took it back is not, and one listener serves all", () => {
  const control = new AbortController();
  const called: string[] = [];
  const forget = new Map(
    ["a", "b", "c"].map((name) => [name, onStop(control.signal, () => void called.push(name))] as const),
  );
  forget.get("b")!();
  // Takes the place that b left; taking b back again takes nothing from it.
  onStop(control.signal, () => void called.push("d"));
  forget.get("b")!();
  assert.equal(getEventListeners(control.signal, "abort").length, 1);
  control.abort();
  assert.deepEqual(called.toSorted(), ["a", "c", "d"]);
  forget.get("a")!();
  control.abort();
  assert.equal(called.length, 3);
});

test("a sleep that is cut rejects with the reason; one that ended leaves nothing at the signal", async () => {
  const control = new AbortController();
  await systemClock.sleep(1, control.signal);
  const reason = new Error("over");
  const cut = assert.rejects(systemClock.sleep(60_000, control.signal), reason);
  control.abort(reason);
  await cut;
  await assert.rejects(systemClock.sleep(60_000, control.signal), reason);
});
