// Break glass: rights for a while, for a reason or with a second person, told to all, over by themselves.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Serving } from "../src/cli/serve.ts";
import { ask, bookFolder, NIGHT, serving, shiftedClock, until, type ShiftedClock } from "./kit/daemon.ts";
import { administrator, CHEAP, codeAt, member, PASSWORD, strengthen, TEAM } from "./kit/people.ts";
import { receiver } from "./kit/receiver.ts";

const every = { checks: 50, book: 50, calendar: 20, alerts: 20 };

interface World {
  readonly on: Serving;
  readonly clock: ShiftedClock;
  /** Bodies that the webhook got. */
  readonly heard: () => readonly string[];
}

async function world(t: TestContext): Promise<World> {
  const hook = await receiver(t);
  const channel = `channels:\n  ops: { kind: webhook, url: "${hook.url}", allow: ["127.0.0.1"] }\n`;
  const clock = shiftedClock(NIGHT);
  const root = bookFolder(t, { "watchbook.yaml": `${TEAM}${channel}` });
  const on = await serving(t, root, { clock, cost: CHEAP, every });
  return { on, clock, heard: () => hook.got.map(({ body }) => body) };
}

test("whoever only looks operates for the minutes asked for, and everybody hears who, why and until when", async (t) => {
  const { on, clock, heard } = await world(t);
  const chen = await member(on, "chen");
  const gap = () => chen.post("/api/v1/gaps", { question: "Where?", by: "-" });
  assert.equal((await gap()).json.code, "NOT-ALLOWED");
  const asked = (more: object) =>
    chen.post("/api/break-glass", { reason: "mail is down, nobody answers", minutes: 30, ...more });
  assert.equal((await asked({ reason: "help" })).json.code, "EMERGENCY-REASON");
  assert.equal((await asked({ minutes: 100_000 })).json.code, "EMERGENCY-MINUTES");
  const done = await asked({});
  assert.equal(done.status, 200, done.text);
  assert.equal(Math.round((done.json.breakGlass.until - clock.wall()) / 60_000), 30);
  assert.ok(done.json.roles.includes("operator"));
  assert.equal((await gap()).status, 201);
  assert.equal((await asked({})).json.code, "EMERGENCY-ON");
  // It is no way to approve, or to keep accounts.
  assert.equal((await chen.get("/api/accounts")).status, 403);
  await until("the notice", () => heard().some((body) => /chen may do .*mail is down/s.test(body)));
  const status = (await ask(on.url, "/api/v1/status")).json;
  const trouble = status.troubles.find((one: { kind: string }) => one.kind === "emergency-on");
  assert.match(trouble.say, /chen has an operator's rights/);
  clock.set(clock.wall() + 31 * 60_000);
  assert.equal((await gap()).json.code, "NOT-ALLOWED");
  await until("the end is told", () => heard().some((body) => body.startsWith("It ended at")));
  const events = (await ask(on.url, "/api/v1/events?kind=emergency.ended")).json.events;
  assert.deepEqual([events[0].data.person, events[0].data.by], ["chen", "watchbook"]);
  const { entries } = (await ask({ socket: on.socket }, "/api/audit?action=break-glass")).json;
  assert.ok(
    entries.some(
      (one: any) => one.person === "chen" && one.outcome === "done" && one.reason === "mail is down, nobody answers",
    ),
  );
});

test("the code of the second person is guessed no faster here than at the sign-in", async (t) => {
  const { on, clock } = await world(t);
  const [chen, li] = [await member(on, "chen"), await member(on, "li")];
  const secret = await strengthen(li, clock.wall());
  const asked = (code: string) =>
    chen.post("/api/break-glass", {
      ...{ reason: "the gateway does not start", minutes: 5 },
      second: { person: "li", password: PASSWORD, code },
    });
  const tries = [];
  for (let guess = 0; guess < 12; guess += 1) tries.push(await asked(String(100_000 + guess)));
  const heard = tries.filter(({ json }) => json.code === "SIGN-IN-WRONG").length;
  assert.deepEqual([heard <= 4, tries.at(-1)?.status], [true, 429], String(heard));
  clock.set(clock.wall() + 15 * 60_000);
  assert.equal((await asked(codeAt(secret, clock.wall()))).status, 200);
});

test("a second person stands by with their own password, and is nobody else's; it is ended by hand too", async (t) => {
  const { on } = await world(t);
  const boss = await administrator(on);
  const [chen, li] = [await member(on, "chen"), await member(on, "li")];
  const asked = (second: object) =>
    chen.post("/api/break-glass", { reason: "the gateway does not start", minutes: 5, second });
  assert.equal((await asked({ person: "chen", password: PASSWORD })).json.code, "EMERGENCY-SELF");
  assert.equal((await asked({ person: "li", password: "a guess at it" })).json.code, "SIGN-IN-WRONG");
  assert.equal((await li.get("/api/session")).json.person.id, "li");
  assert.equal((await asked({ person: "li", password: PASSWORD })).status, 200);
  const [event] = (await ask(on.url, "/api/v1/events?kind=emergency.began")).json.events;
  assert.deepEqual([event.data.person, event.data.second], ["chen", "li"]);
  assert.equal((await chen.end("/api/break-glass")).json.breakGlass, null);
  assert.equal((await chen.post("/api/v1/gaps", { question: "Where?", by: "-" })).json.code, "NOT-ALLOWED");
  const log = JSON.stringify((await boss.get("/api/audit")).json);
  assert.ok(!log.includes(PASSWORD) && !log.includes("a guess at it"));
});
