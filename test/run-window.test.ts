// When a run keeps its service's alerts quiet, and where: every state that it may be in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openMaintenance } from "../src/engine/alerts/maintenance.ts";
import { lookedAtFrom, windowOf } from "../src/engine/alerts/run-window.ts";
import type { RunNow } from "../src/engine/run/runner.ts";
import type { Book } from "../src/model/book.ts";
import type { RunState } from "../src/model/run.ts";
import type { RunbookKind } from "../src/model/runbook.ts";
import { matchesAll, type Silence } from "../src/model/silence.ts";

const NOW = 1_795_201_391_000;

const bookOf = (kind: RunbookKind, maintenance?: boolean): Book =>
  ({
    runbooks: [{ id: "r", kind }],
    config: { runbooks: maintenance === undefined ? [] : [{ id: "r", maintenance }] },
  }) as unknown as Book;

interface Stands {
  readonly state?: RunState;
  readonly waits?: readonly { readonly kind: string; readonly since: number }[];
  readonly attempts?: number;
  readonly risk?: string;
  readonly plan?: object;
}
const runOf = ({ state = "running", waits = [], attempts = 1, risk = "write", plan = {} }: Stands): RunNow =>
  ({
    record: { state },
    plan: { runbook: "r", service: "shop", rehearsal: false, request: {}, steps: [{ id: "s", risk }], ...plan },
    view: { tasks: [{ step: "s", attempts }], waits },
  }) as unknown as RunNow;
const of = (stands: Stands, book = bookOf("deploy")) => windowOf(runOf(stands), book, NOW);
const waiting = (kind: string, seconds = 0): Stands => ({
  state: "waiting",
  waits: [{ kind, since: NOW - seconds * 1_000 }],
});

test("quiet while it changes something; not before, not for what only looks, and not when it waits for a word", () => {
  assert.deepEqual([of({}), of({ state: "undoing" }), of({ state: "cancelling" })], ["now", "now", "now"]);
  assert.deepEqual(
    [of({ attempts: 0 }), of({ risk: "read" }), of({ plan: { service: undefined } })],
    ["no", "no", "no"],
  );
  assert.deepEqual(
    [of(waiting("timer", 86_400)), of(waiting("tick", 60)), of(waiting("tick", 901))],
    ["now", "now", "no"],
  );
  for (const kind of ["approval", "key", "answer", "decision"]) assert.equal(of(waiting(kind)), "no", kind);
  assert.equal(of({ state: "paused" }), "no");
  for (const state of ["done", "undone"] as const) assert.equal(of({ state }), "settling", state);
  for (const state of ["failed", "failed-undo", "cancelled", "refused"] as const)
    assert.equal(of({ state }), "no", state);
});

test("rehearsals, drills, backups and emergencies keep nobody from being told, unless the book says so", () => {
  for (const plan of [{ rehearsal: true }, { drill: {} }, { request: { injectFault: "cut" } }])
    assert.equal(of({ plan }, bookOf("deploy", true)), "no");
  for (const kind of ["backup", "emergency", "troubleshoot", "inspect", "preflight"] as const)
    assert.deepEqual([of({}, bookOf(kind)), of({}, bookOf(kind, true))], ["no", "now"], kind);
  assert.equal(of({}, bookOf("restart", false)), "no");
});

test("a window is where the run works: of its environment, and of none for the protected one", () => {
  const check = (service: string, target?: string) => ({ service, ...(target !== undefined && { target }) });
  const book = {
    checks: [
      check("shop"),
      check("shop", "web-1"),
      check("shop", "stage-1"),
      check("shop", "web-1"),
      check("db", "db-1"),
    ],
    config: {
      targets: [
        { name: "web-1", environment: "prod" },
        { name: "stage-1", environment: "staging" },
        { name: "db-1", environment: "prod" },
      ],
      environments: [
        { id: "staging", protected: false },
        { id: "prod", protected: true },
      ],
    },
  } as unknown as Book;
  assert.deepEqual(lookedAtFrom(book, "shop", "prod"), ["local", "web-1"]);
  assert.deepEqual(lookedAtFrom(book, "shop", "staging"), ["stage-1"]);
  assert.deepEqual(lookedAtFrom(book, "other", "prod"), []);
});

test("a service that is looked at from many targets is quiet at all of them, and nothing else is", async () => {
  const said: Silence[] = [];
  const say = (event: { readonly kind: string; readonly silence?: Silence | string }): Promise<void> => {
    said.push(event.silence as Silence);
    return Promise.resolve();
  };
  const targets = Array.from({ length: 300 }, (_, n) => `web-front-${n}.lan`);
  const change = { change: "r-1", title: "Deploy", services: ["shop"], by: "wang", until: NOW + 900_000 };
  const made = await openMaintenance({ say }, { ...change, targets, run: "r-1" }, NOW);
  assert.deepEqual(said, made);
  assert.ok(made.length > 1);
  assert.equal(new Set(made.map(({ id }) => id)).size, made.length);
  assert.ok(made.every(({ run, kind }) => run === "r-1" && kind === "maintenance"));
  const held = (labels: Readonly<Record<string, string>>): number =>
    made.filter(({ matchers }) => matchesAll(matchers, labels)).length;
  for (const target of targets) assert.equal(held({ service: "shop", target }), 1, target);
  assert.equal(held({ service: "db", target: targets[0]! }), 0);
  assert.equal(held({ service: "shop", target: "web-front-300.lan" }), 0);
  assert.equal(held({ service: "shop", target: "web-front-1xlan" }), 0);
});
