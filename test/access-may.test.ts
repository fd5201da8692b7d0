// One table: which role may do what, and to what.
import assert from "node:assert/strict";
import { test } from "node:test";
import { failed, waitOf, type Tries } from "../src/desk/access/throttle.ts";
import { ACCESS_ROLES, ACTIONS, grantsOf, may, narrowed, type Action, type Grant } from "../src/model/access.ts";

/** v viewer, o operator, a approver, m administrator. */
const TABLE: Readonly<Record<Action, string>> = {
  enter: "voam",
  read: "voam",
  own: "voam",
  "run.plan": "voam",
  "run.look": "voam",
  "run.begin": "om",
  "run.act": "om",
  "run.approve": "am",
  "duty.do": "om",
  "alert.act": "om",
  "incident.act": "om",
  "rota.change": "om",
  "gap.write": "oam",
  "handover.accept": "oam",
  "audit.read": "m",
  "access.manage": "m",
};
const LETTER = { viewer: "v", operator: "o", approver: "a", administrator: "m" } as const;

test("every role may exactly what the table says; without a role nothing but to come in", () => {
  for (const action of ACTIONS) {
    for (const role of ACCESS_ROLES)
      assert.equal(may([{ role }], action), TABLE[action].includes(LETTER[role]), `${role} ${action}`);
    assert.equal(may([], action), action === "enter", action);
  }
});

test("a role for some services and environments reaches only what is known to be theirs", () => {
  const grants: readonly Grant[] = [
    { role: "operator", services: ["mail"], environments: ["staging"] },
    { role: "approver", environments: ["prod"] },
  ];
  const cases: readonly (readonly [Action, object, boolean])[] = [
    ["run.begin", { service: "mail", environment: "staging" }, true],
    ["run.begin", { service: "mail", environment: "prod" }, false],
    ["run.begin", { service: "web", environment: "staging" }, false],
    ["run.begin", { environment: "staging" }, false],
    ["run.begin", {}, false],
    ["run.approve", { service: "web", environment: "prod" }, true],
    ["run.approve", { service: "mail", environment: "staging" }, false],
    ["read", {}, true],
    ["access.manage", {}, false],
  ];
  for (const [action, object, wanted] of cases)
    assert.equal(may(grants, action, object), wanted, `${action} ${JSON.stringify(object)}`);
  const token = narrowed(grants, { services: ["web", "mail"], environments: ["staging"] });
  assert.equal(may(token, "run.begin", { service: "mail", environment: "staging" }), true);
  assert.equal(may(token, "run.approve", { service: "mail", environment: "prod" }), false);
  assert.equal(may(narrowed([{ role: "operator" }], { services: ["web"] }), "run.begin", { service: "mail" }), false);
});

test("a book in which nobody has access lets its people operate and approve; one in which somebody has lets the others look", () => {
  const people = [{ id: "wang" }, { id: "li" }];
  assert.deepEqual(grantsOf(people, "wang"), [{ role: "operator" }, { role: "approver" }]);
  const declared = [{ id: "wang", access: [{ role: "approver" as const }] }, { id: "li" }];
  assert.deepEqual(grantsOf(declared, "wang"), [{ role: "approver" }]);
  assert.deepEqual(grantsOf(declared, "li"), [{ role: "viewer" }]);
  assert.equal(grantsOf(declared, "stranger"), undefined);
});

test("tries that fail wait 1, 2, 4 … seconds up to the most, and are forgotten after an hour of quiet", () => {
  const patience = { free: 3, mostMs: 8_000 };
  let tries: Tries | undefined;
  let now = 1_000_000;
  const waits = Array.from({ length: 8 }, () => {
    tries = failed(tries, patience, now);
    const wait = waitOf(tries, now);
    now += wait;
    return wait;
  });
  assert.deepEqual(waits, [0, 0, 0, 1_000, 2_000, 4_000, 8_000, 8_000]);
  assert.equal(failed(tries, patience, now + 3_600_001).failed, 1);
});
