// What a request asks for: the check judges, the route does and the log records one and the same.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Serving } from "../src/cli/serve.ts";
import { ask, bookFolder, NIGHT, serving, shiftedClock } from "./kit/daemon.ts";
import { signal } from "./kit/alert-desk.ts";
import { Browser, CHEAP, member, TEAM } from "./kit/people.ts";

const served = (t: TestContext, config = TEAM): Promise<Serving> =>
  serving(t, bookFolder(t, { "watchbook.yaml": config }), { clock: shiftedClock(NIGHT), cost: CHEAP });

/** A program with a person's token. */
async function program(of: Browser, person: string, limits: object = {}): Promise<Browser> {
  const made = await of.post("/api/v1/tokens", { person, scope: "write", days: 1, ...limits });
  assert.equal(made.status, 201, made.text);
  const own = new Browser(of.url);
  own.post = (path, body = {}, more = {}) =>
    own.send("POST", path, body, { authorization: `Bearer ${made.json.token}`, ...more });
  return own;
}

const ALERTS = "/api/v1/alerts/actions";
const SILENCE = { do: "silence", match: [], everything: true, forMs: 3_600_000, reason: "quiet, please" };

test("a silence is everybody's, whatever alerts are named beside it; an acknowledgement is its alerts'", async (t) => {
  const on = await served(t);
  const [wang, li, chen] = [await member(on, "wang"), await member(on, "li"), await member(on, "chen")];
  const { firing: _firing, blind: _blind, ...alert } = signal("full", { service: "mail" });
  const record = { ...alert, flapping: undefined, id: "a1b2c3d4e5", started: NIGHT, trail: [] };
  await on.daemon.house.store.commit([
    { kind: "desk.put", of: "alert", record: JSON.parse(JSON.stringify(record)) },
    {
      kind: "desk.put",
      of: "alert",
      record: { ...JSON.parse(JSON.stringify(record)), id: "f1f2f3f4f5", service: "web" },
    },
  ]);
  const made = await wang.post(ALERTS, SILENCE);
  assert.equal(made.status, 200, made.text);
  const unsilence = { do: "unsilence", silence: made.json.silence.id };
  const narrow = await program(wang, "wang", { services: ["web"], environments: ["staging"] });
  const own = ["a1b2c3d4e5"];
  const denied: readonly (readonly [string, Browser, object])[] = [
    ["a viewer", chen, {}],
    ["a viewer who names none", chen, { alerts: [] }],
    ["an operator of one service", li, {}],
    ["an operator of one service who names none", li, { alerts: [] }],
    ["an operator of one service who names his own", li, { alerts: own }],
    ["a narrowed token", narrow, { alerts: [] }],
  ];
  for (const [who, browser, more] of denied)
    for (const action of [SILENCE, unsilence])
      assert.equal((await browser.post(ALERTS, { ...action, ...more })).json.code, "NOT-ALLOWED", who);
  const acknowledge = (alerts: unknown) => li.post(ALERTS, { do: "acknowledge", alerts });
  assert.equal((await acknowledge(own)).status, 200);
  assert.equal((await acknowledge([...own, "f1f2f3f4f5"])).json.code, "NOT-ALLOWED");
  for (const none of [[], "a1b2c3d4e5", { length: 0 }, undefined])
    assert.equal((await acknowledge(none)).json.code, "NOT-ALLOWED", JSON.stringify(none));
  assert.equal((await ask(on.url, "/api/v1/silences")).json.silences.length, 1);
  assert.equal((await wang.post(ALERTS, unsilence)).status, 200);
});
