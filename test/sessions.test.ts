// Trading sessions: when one is on, and that no fault is injected meanwhile where the book forbids it.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { mustBeQuiet } from "../src/engine/plan/sessions.ts";
import { planText } from "../src/report/plan/text.ts";
import { WatchbookError } from "../src/model/error.ts";
import { sessionNow, type TradingSessions } from "../src/model/session.ts";
import type { Clock } from "../src/model/time.ts";
import { gateway, DATA } from "./kit/gateway.ts";
import { planOf } from "./kit/plan.ts";
import { bookOf, planned } from "./kit/planning.ts";
import { bench } from "./kit/runner.ts";

const WEEK = ["mon", "tue", "wed", "thu", "fri"] as const;
const FUTURES: TradingSessions = {
  id: "futures",
  zone: "Asia/Shanghai",
  open: [
    { days: WEEK, from: "09:00", to: "11:30" },
    { days: WEEK, from: "13:30", to: "15:00" },
    { days: WEEK, from: "21:00", to: "02:30" },
  ],
  holidays: ["2026-10-01", "2026-10-02"],
  knownUntil: "2026-12-31",
};

/** State at a time of Shanghai. */
const at = (local: string): string => {
  const found = sessionNow(FUTURES, Date.parse(`${local}:00+08:00`));
  return found.state === "on" ? found.hours.from : found.state;
};

test("a session begins with its first minute and is over with its last; nights go past midnight [C-057]", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["2026-11-20T08:59", "off"],
    ["2026-11-20T09:00", "09:00"],
    ["2026-11-20T11:29", "09:00"],
    ["2026-11-20T11:30", "off"],
    ["2026-11-20T15:00", "off"],
    ["2026-11-20T21:00", "21:00"],
    // Friday's night goes into Saturday; Saturday and Sunday begin none, so that Monday's small hours are quiet.
    ["2026-11-21T02:29", "21:00"],
    ["2026-11-21T02:30", "off"],
    ["2026-11-21T10:00", "off"],
    ["2026-11-23T01:00", "off"],
    // The night before a holiday goes on into it; the holiday itself begins none.
    ["2026-10-01T01:00", "21:00"],
    ["2026-10-01T10:00", "off"],
    ["2026-10-02T01:00", "off"],
    ["2026-12-31T22:00", "21:00"],
    ["2027-01-01T01:00", "unknown"],
    ["2027-01-01T12:00", "unknown"],
  ];
  for (const [local, state] of cases) assert.equal(at(local), state, local);
});

test("it is the zone's own clock that counts, also in the night in which it is set", () => {
  const berlin: TradingSessions = {
    ...FUTURES,
    zone: "Europe/Berlin",
    open: [{ days: ["sun"], from: "02:30", to: "03:30" }],
    holidays: [],
  };
  const state = (utc: string): string => sessionNow(berlin, Date.parse(utc)).state;
  // 25 October 2026: 03:00 summer time is 02:00 again.
  assert.deepEqual(
    ["2026-10-25T00:29Z", "2026-10-25T00:30Z", "2026-10-25T01:00Z", "2026-10-25T01:30Z", "2026-10-25T02:30Z"].map(
      state,
    ),
    ["off", "on", "off", "on", "off"],
  );
});

test("a calendar that is open around the clock is on at every moment that it knows, and at none later", () => {
  const always = {
    ...FUTURES,
    open: [{ days: [...WEEK, "sat", "sun"] as const, from: "00:00", to: "00:00" }],
    holidays: [],
  };
  const end = Date.parse("2026-12-31T16:00Z");
  fc.assert(
    fc.property(fc.integer({ min: Date.parse("2026-01-02T00:00Z"), max: Date.parse("2027-06-01T00:00Z") }), (now) => {
      assert.equal(sessionNow(always, now).state, now < end ? "on" : "unknown");
    }),
  );
});

const SESSIONS = `sessions:
  futures:
    zone: Asia/Shanghai
    open: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "11:30" }]
    knownUntil: 2026-12-31
`;
const FAULTS = `  SOP-01: { faults: { crash: { kind: kill, unit: gateway, step: gw-restart } } }\n`;

test("a plan with a fault is bound to the calendars of its environment; others are not held back [C-057]", async (t) => {
  const sessionsOf = async (data: string, environment: string, injectFault?: string) => {
    const open = await bookOf(t, gateway(FAULTS, data));
    const params = { version: "1" };
    const fault = injectFault === undefined ? {} : { injectFault };
    return (await planned(open, { runbook: "SOP-01", environment, params, ...fault })).sessions?.map(({ id }) => id);
  };
  const declared = `${DATA}${SESSIONS}`;
  assert.deepEqual(await sessionsOf(declared, "prod", "gw-restart"), ["futures"], "the protected one");
  assert.deepEqual(await sessionsOf(declared, "test", "gw-restart"), undefined);
  assert.deepEqual(await sessionsOf(declared, "prod"), undefined, "nothing is broken on purpose");
  const named = `${declared}    environments: [test]\n`;
  assert.deepEqual(await sessionsOf(named, "prod", "gw-restart"), undefined);
  assert.deepEqual(await sessionsOf(named, "test", "gw-restart"), ["futures"]);
});

test("the text of a plan says in which hours it breaks nothing, in both languages", async (t) => {
  const open = await bookOf(t, gateway(FAULTS, `${DATA}${SESSIONS}`));
  const plan = await planned(open, {
    ...{ runbook: "SOP-01", environment: "prod", params: { version: "1" }, injectFault: "gw-restart" },
  });
  const said = async (lang: "en" | "zh") =>
    (await planText(plan, lang)).split("\n").filter((line) => line.includes("futures"));
  assert.deepEqual(await said("en"), [
    "  no fault while trading: futures: Mon Tue Wed Thu Fri 09:00-11:30 (Asia/Shanghai; 0 holidays, known until 2026-12-31)",
  ]);
  assert.deepEqual(await said("zh"), [
    "  交易时段内不注入故障：futures：周一 周二 周三 周四 周五 09:00-11:30（Asia/Shanghai；休市日 0 天，日历到 2026-12-31 为止）",
  ]);
});

test("in a session it is refused, after it not, and a day that nobody knows is refused too [C-057]", () => {
  const refusal = (local: string): string => {
    try {
      mustBeQuiet({ sessions: [FUTURES], environment: "prod" }, Date.parse(`${local}:00+08:00`));
      return "allowed";
    } catch (error) {
      assert.ok(error instanceof WatchbookError);
      return error.code;
    }
  };
  assert.deepEqual(["2026-11-20T10:00", "2026-11-20T12:00", "2027-01-04T12:00"].map(refusal), [
    "RUN-SESSION",
    "allowed",
    "RUN-SESSION-UNKNOWN",
  ]);
  mustBeQuiet({ environment: "prod" }, Date.parse("2026-11-20T10:00:00+08:00"));
});

test("a run that began before the session injects nothing in it: its fault fails, and nothing was touched [C-057]", async (t) => {
  const { house, runner, target, effects } = await bench(t);
  // The first step takes a minute.
  const wall = (): number => Date.parse(`2026-11-20T${effects().length > 0 ? "09:00" : "08:59"}:00+08:00`);
  Object.assign(house, { clock: Object.assign(Object.create(house.clock) as Clock, { wall }) });
  const fault = { fault: "kill", with: { pidFile: "victim.pid" }, limit: 60 };
  const plan = planOf({
    environment: "prod",
    sessions: [FUTURES],
    steps: [
      { id: "first", params: { script: 'echo first >>"$EFFECTS"' } },
      { id: "crash", kind: "fault", params: fault, risk: "destructive" },
      { id: "last", params: { script: 'echo last >>"$EFFECTS"' } },
    ],
    targets: [target("a")],
  });
  const { id } = await runner.create(plan, { by: "ana", reason: "" });
  const { record, view } = await runner.settled(id);
  assert.deepEqual([record.state, effects()], ["failed", ["first"]]);
  assert.match(JSON.stringify([...view.tasks.values()]), /"reason":"fault-in-session"/);
});
