// Services as they stand, and the marks of their bars.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkView } from "../src/api/view/check.ts";
import { beginnings, markOf, MARKS, STEP } from "../src/api/view/service/history.ts";
import { spansOf, toldBy } from "../src/api/view/service/spans.ts";
import { servicesView } from "../src/api/view/service/services.ts";
import type { Alert } from "../src/model/alert.ts";
import type { Book } from "../src/model/book.ts";
import type { Reading } from "../src/model/check.ts";
import type { RunRecord } from "../src/model/run.ts";
import type { Outcome } from "../src/model/states.ts";
import type { CheckNow } from "../src/engine/snapshot.ts";

const source = { file: "ops.md", line: 1 };
const check = (id: string, outcome?: Outcome, service?: string, since = 0, at = since): CheckNow => ({
  spec: { id, title: id, kind: "file", params: {}, source, ...(service === undefined ? {} : { service }) },
  ...(outcome === undefined ? {} : { since, reading: { check: id, target: "local", outcome, at } as Reading }),
});
const changed = (seq: number, at: number, from: Outcome, to: Outcome) => ({
  ...{ seq, at, kind: "check.changed", subject: "one", data: { from, to } },
});
const daemon = (seq: number, at: number, word: "started" | "stopped") => ({
  ...{ seq, at, kind: `daemon.${word}`, subject: "", data: {} },
});

test("what nobody looked at is no mark: between two daemons nothing is known", () => {
  const events = [
    daemon(1, 100, "started"),
    changed(2, 200, "pass", "fail"),
    changed(3, 300, "fail", "unknown"),
    daemon(4, 400, "stopped"),
    daemon(5, 900, "started"),
  ];
  assert.deepEqual(spansOf(toldBy(events, 1_000), check("one", "pass", undefined, 950, 990)), [
    { from: 100, to: 199, outcome: "pass" },
    { from: 200, to: 300, outcome: "fail" },
    { from: 300, to: 400, outcome: "unknown" },
    { from: 950, to: 990, outcome: "pass" },
  ]);
});

test("a daemon that was killed proves what it saw last for that moment alone", () => {
  const events = [daemon(1, 100, "started"), changed(2, 200, "fail", "pass"), daemon(3, 900, "started")];
  const spans = spansOf(toldBy(events, 1_000), check("one"));
  assert.deepEqual(spans.at(-1), { from: 200, to: 200, outcome: "pass" });
  assert.equal(spans.length, 2);
});

test("a mark is the worst of values and changes, and none where there are none", () => {
  const point = { at: STEP, min: 1, mean: 1, max: 1, last: 1, count: 1 };
  assert.equal(markOf(STEP, [{ ...point, worst: "warn" }], []), "warn");
  assert.equal(
    markOf(STEP, [{ ...point, worst: "warn" }], [{ from: 2 * STEP - 1, to: 2 * STEP + 5, outcome: "unknown" }]),
    "unknown",
  );
  assert.equal(markOf(STEP, [], [{ from: 2 * STEP, to: 3 * STEP, outcome: "fail" }]), null);
  const all = beginnings(100 * STEP + 1);
  assert.deepEqual([all.length, all[0], all.at(-1)], [MARKS, 71 * STEP, 100 * STEP]);
});

const service = (id: string) => ({ id, title: id.toUpperCase(), environments: ["prod"], needs: [], source });
const book = {
  title: "Shop",
  services: [service("calm"), service("blind"), service("told"), service("broken"), service("bare")],
  runbooks: [
    { id: "backup-db", kind: "backup", service: "calm" },
    { id: "SOP-01", kind: "deploy", service: "calm" },
  ],
  config: { runbooks: [] },
} as unknown as Book;
const run = (id: string, runbook: string, state: string, more = {}): RunRecord =>
  ({ id, runbook, title: id, state, created: 1, updated: 2, rehearsal: false, ...more }) as RunRecord;

test("services: worst first, never green for what is unread, and nothing lost that names no service", () => {
  const checks = [
    check("a", "pass", "calm"),
    check("b", "pass", "blind"),
    check("c", undefined, "blind"),
    check("d", "pass", "told"),
    check("e", "fail", "broken"),
    check("f", "unknown"),
    check("g", "pass", "gone-from-the-book"),
  ];
  const alerts = [{ id: "x", service: "told", down: false }] as unknown as readonly Alert[];
  const runs = [
    run("r3", "backup-db", "failed"),
    run("r2", "SOP-01", "waiting"),
    run("r1", "backup-db", "done", { ended: 9 }),
    run("r0", "SOP-01", "done", { rehearsal: true, ended: 7 }),
  ];
  const found = servicesView({ book, checks, alerts, runs });
  assert.deepEqual(
    found.map(({ id, state }) => [id, state]),
    [
      ["broken", "fail"],
      ["told", "warn"],
      ["blind", "unread"],
      ["calm", "pass"],
      ["bare", "none"],
      ["-", "unknown"],
    ],
  );
  const calm = found.find(({ id }) => id === "calm")!;
  assert.equal(calm.running, 1);
  assert.deepEqual([calm.last.run?.run, calm.last.backup?.run, calm.last.drill?.run], ["r2", "r1", "r0"]);
  assert.equal(found.at(-1)!.checks.pass, 1);
});

test("of a book with one service is what names none; what names another is nobody's", () => {
  const one = { ...book, services: [service("shop")] } as unknown as Book;
  const checks = [check("a", "pass"), check("b", "warn", "shop"), check("c", "fail", "gone-from-the-book")];
  const alerts = [{ id: "x", target: "local", down: true }] as unknown as readonly Alert[];
  const found = servicesView({ book: one, checks, alerts, runs: [] });
  assert.deepEqual(
    found.map(({ id, state, alerts: open }) => [id, state, open]),
    [
      ["shop", "fail", 1],
      ["-", "fail", 0],
    ],
  );
  assert.deepEqual(
    [undefined, "shop", "gone-from-the-book"].map(
      (named) => checkView(one, check("d", undefined, named), "en").service,
    ),
    ["shop", "shop", null],
  );
});
