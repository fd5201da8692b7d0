// Evidence of incidents is judged again from its facts: who states another verdict, or takes facts away, is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { recompute } from "../src/evidence/recompute.ts";
import type { EvidenceEvent } from "../src/model/evidence.ts";
import type { Incident } from "../src/model/incident.ts";
import { IncidentWorld } from "./kit/incident-desk.ts";

const event = (seq: number, type: string, data: object): EvidenceEvent => ({
  ...{ seq, type, mono_ns: String(seq), wall_ms: seq, boot_id: "b", actor: "watchbook" },
  data: { ...data },
});

/** The events of an incident as they are kept, with a verdict that is claimed. */
function eventsOf({ clocks, path, readings, alerts, origin }: Incident, verdict: string, more: object = {}) {
  const facts = { clocks, path, readings, alerts, origin, ...more };
  return [
    event(1, "run.started", { id: "inc-1" }),
    event(2, "incident.facts", facts),
    event(3, "run.ended", { verdict }),
  ];
}

const ended = (minutes: number): Incident =>
  new IncidentWorld()
    .wait(1)
    .do({ kind: "acknowledge", by: "li" })
    .wait(minutes)
    .green()
    .do({ kind: "resolve", by: "li", text: "x" }).incident;

test("kept limits and a green path pass, a broken limit fails, a drill is a rehearsal; other claims are refused", () => {
  const kept = recompute("incident", eventsOf(ended(30), "pass"), "execute");
  assert.deepEqual(kept.items, [
    { id: "respond", outcome: "pass" },
    { id: "resolve", outcome: "pass" },
    { id: "path", outcome: "pass" },
  ]);
  assert.deepEqual(kept.measured, { respondSeconds: 60, resolveSeconds: 31 * 60 });
  assert.equal(recompute("incident", eventsOf(ended(200), "fail"), "execute").verdict, "fail");
  assert.equal(recompute("incident", eventsOf(ended(30), "rehearsal"), "dry-run").verdict, "rehearsal");
  assert.throws(() => recompute("incident", eventsOf(ended(200), "pass"), "execute"), /verdict-disagrees/);
  const red = [{ check: "front", target: "web-1", outcome: "fail", at: Number.MAX_SAFE_INTEGER }];
  assert.throws(
    () => recompute("incident", eventsOf(ended(30), "pass", { readings: red }), "execute"),
    /verdict-disagrees/,
  );
});

test("facts that are missing, twice there, or no facts are refused, and cost nothing to look at", () => {
  const good = ended(30);
  const [first, facts, last] = eventsOf(good, "pass");
  for (const events of [
    [first!, { ...last!, seq: 2 }],
    [first!, facts!, { ...facts!, seq: 3 }, { ...last!, seq: 4, mono_ns: "4" }],
    eventsOf(good, "pass", { clocks: { ...good.clocks, since: "0" } }),
    eventsOf(good, "pass", {
      clocks: { ...good.clocks, since: -1e15, schedule: { zone: "UTC", hours: { from: "09:00", to: "10:00" } } },
    }),
    eventsOf(good, "pass", { alerts: 7 }),
    eventsOf(good, "pass", { clocks: { ...good.clocks, limits: { respond: { ms: "1" } } } }),
    eventsOf(good, "pass", { clocks: { ...good.clocks, pauses: [{ id: "x", clocks: ["resolve"], from: "0" }] } }),
    eventsOf(good, "pass", { clocks: { ...good.clocks, schedule: { zone: "Moon/Sea" } } }),
  ])
    assert.throws(() => recompute("incident", events, "execute"), /events-shape/);
});
