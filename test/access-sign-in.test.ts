// People at the server: the first administrator, passwords, codes, sessions, and what strangers try.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { openTokens } from "../src/api/tokens.ts";
import type { Serving } from "../src/cli/serve.ts";
import { ask, bookFolder, NIGHT, serving, shiftedClock, until, type ShiftedClock } from "./kit/daemon.ts";
import { administrator, Browser, CHEAP, codeAt, member, PASSWORD, strengthen, TEAM } from "./kit/people.ts";

interface World {
  readonly on: Serving;
  readonly clock: ShiftedClock;
  /** Moves the clock on. */
  readonly later: (ms: number) => void;
}

async function world(t: TestContext): Promise<World> {
  const clock = shiftedClock(NIGHT);
  const on = await serving(t, bookFolder(t, { "watchbook.yaml": TEAM }), { clock, cost: CHEAP });
  return { on, clock, later: (ms) => clock.set(clock.wall() + ms) };
}

const MINUTE = 60_000;
const tokensOf = (on: Serving): string => join(on.daemon.house.data, "tokens.json");

test("the first administrator is made once, on this machine, with the code that only its user sees", async (t) => {
  const { on } = await world(t);
  const browser = new Browser(on.url);
  const before = (await browser.get("/api/session")).json;
  assert.deepEqual([before.person, before.setup, before.csrf, before.readable], [null, true, null, true]);
  assert.equal((await ask(on.url, "/api/setup-code")).status, 401);
  const given = { code: "AAAAA-AAAAA-AAAAA-AAAAA", person: "boss", password: PASSWORD };
  assert.equal((await browser.post("/api/setup", given)).json.code, "SETUP-CODE");
  const { code } = (await ask({ socket: on.socket }, "/api/setup-code")).json;
  assert.match(code, /^(?:[2-9A-HJ-NP-Z]{5}-){3}[2-9A-HJ-NP-Z]{5}$/);
  const elsewhere = { "x-forwarded-for": "203.0.113.9" };
  assert.equal((await browser.post("/api/setup", { ...given, code }, elsewhere)).json.code, "SETUP-ELSEWHERE");
  assert.equal((await browser.post("/api/setup", { ...given, code, password: "short" })).json.code, "PASSWORD-SHORT");
  assert.equal(
    (await browser.post("/api/setup", { ...given, code, password: "aaaaaaaaaaaaaaaa" })).json.code,
    "PASSWORD-EASY",
  );
  const done = await browser.post("/api/setup", { ...given, code });
  assert.deepEqual(
    [done.status, done.json.person.id, done.json.roles, done.json.setup],
    [200, "boss", ["administrator"], false],
  );
  const cookie = String(done.headers["set-cookie"]);
  assert.match(cookie, /; Path=\/; HttpOnly; SameSite=Strict$/);
  const again = await new Browser(on.url).post("/api/setup", { ...given, code, person: "other" });
  assert.equal(again.json.code, "SETUP-DONE");
  // Nothing secret is kept as it is, or told.
  const kept =
    readFileSync(join(on.daemon.house.data, "state.db")).toString("latin1") +
    readFileSync(join(on.daemon.house.data, "state.db-wal")).toString("latin1");
  const [token = ""] = browser.cookies.values();
  for (const secret of [PASSWORD, token, code]) assert.ok(!kept.includes(secret));
  assert.ok(kept.includes("$argon2id$v=19$m=64,t=1,p=1$"));
});

test("an invited person sets a password once; wrong names, passwords and codes say the same; many wait longer and longer", async (t) => {
  const { on, clock, later } = await world(t);
  const boss = await administrator(on);
  await strengthen(boss, clock.wall());
  const invited = await boss.post("/api/accounts", { person: "wang" });
  assert.equal(invited.status, 201, invited.text);
  assert.equal((await boss.post("/api/accounts", { person: "nobody" })).json.code, "ACCOUNT-NO-PERSON");
  const wang = new Browser(on.url);
  const given = { person: "wang", invite: invited.json.invite.toLowerCase(), password: PASSWORD };
  assert.equal((await wang.post("/api/session/invite", given)).json.person.name, "Wang");
  assert.equal((await new Browser(on.url).post("/api/session/invite", given)).json.code, "SIGN-IN-WRONG");
  later(MINUTE);
  const stranger = new Browser(on.url);
  const said = new Set<string>();
  for (const person of ["wang", "nobody", "li"]) {
    const answer = await stranger.post("/api/session", { person, password: "wrong horse battery" });
    assert.equal(answer.status, 401);
    assert.equal(answer.headers["www-authenticate"], undefined);
    said.add(answer.json.say);
  }
  assert.equal(said.size, 1);
  const waits: number[] = [];
  for (let tries = 0; tries < 12; tries += 1) {
    const answer = await stranger.post("/api/session", { person: "wang", password: "wrong" });
    if (answer.status !== 429) continue;
    assert.equal(answer.headers["retry-after"], String(answer.json.args.seconds));
    waits.push(answer.json.args.seconds);
    later(answer.json.args.seconds * 1000);
  }
  assert.ok(waits.length >= 4 && waits.at(-1)! > waits[0]!, waits.join());
  // The right one is heard when the time is over, and not before.
  await stranger.post("/api/session", { person: "wang", password: "wrong" });
  const early = await wang.post("/api/session", { person: "wang", password: PASSWORD });
  assert.equal(early.json.code, "SIGN-IN-WAIT");
  later(15 * MINUTE);
  assert.equal((await wang.post("/api/session", { person: "wang", password: PASSWORD })).status, 200);
});

test("many tries at once are many tries", async (t) => {
  const { on } = await world(t);
  await member(on, "wang");
  const tries = await Promise.all(
    Array.from({ length: 20 }, () => new Browser(on.url).post("/api/session", { person: "wang", password: "guess" })),
  );
  const heard = tries.filter(({ status }) => status === 401).length;
  assert.ok(heard <= 4, String(heard));
});

test("a second factor: password alone is half, each code counts once, a recovery code once, and a reset takes it off", async (t) => {
  const { on, clock, later } = await world(t);
  const boss = await administrator(on);
  await strengthen(boss, clock.wall());
  const wang = await member(on, "wang");
  const { secret, uri } = (await wang.post("/api/account/totp")).json;
  assert.match(uri, /^otpauth:\/\/totp\/watchbook:wang\?.*secret=/);
  assert.equal((await wang.post("/api/account/totp/confirm", { code: "000000" })).json.code, "TOTP-WRONG");
  const { recovery } = (await wang.post("/api/account/totp/confirm", { code: codeAt(secret, clock.wall()) })).json;
  assert.equal(recovery.length, 10);
  assert.deepEqual(
    [(await wang.get("/api/session")).json.strong, (await wang.get("/api/session")).json.totp],
    [true, true],
  );
  const enter = async (code: string): Promise<readonly [unknown, Browser]> => {
    const browser = new Browser(on.url);
    const half = (await browser.post("/api/session", { person: "wang", password: PASSWORD })).json;
    assert.deepEqual([half.step, half.person, half.strong], ["totp", null, false]);
    assert.equal((await browser.post("/api/v1/gaps", { question: "?", by: "x" })).json.code, "SIGN-IN");
    const first = new Map(browser.cookies);
    const done = await browser.post("/api/session/totp", { code });
    if (done.status === 200) assert.notDeepEqual(browser.cookies, first, "the cookie is another one");
    return [done.status === 200 ? done.json.methods : done.json.code, browser];
  };
  // The code that confirmed it is used up.
  assert.deepEqual((await enter(codeAt(secret, clock.wall())))[0], "SIGN-IN-WRONG");
  later(MINUTE);
  const fresh = codeAt(secret, clock.wall());
  assert.deepEqual((await enter(fresh))[0], ["password", "totp"]);
  assert.deepEqual((await enter(fresh))[0], "SIGN-IN-WRONG");
  assert.deepEqual((await enter(recovery[3].toLowerCase()))[0], ["password", "recovery"]);
  assert.deepEqual((await enter(recovery[3]))[0], "SIGN-IN-WRONG");
  const reset = await boss.post("/api/accounts/wang/actions", { do: "reset", reason: "telephone lost" });
  assert.deepEqual(
    [reset.json.account.totp, reset.json.account.password, reset.json.account.sessions],
    [false, false, 0],
  );
  assert.equal((await wang.get("/api/session")).json.person, null);
  const back = await new Browser(on.url).post("/api/session/invite", {
    person: "wang",
    invite: reset.json.invitation.invite,
    password: `${PASSWORD} two`,
  });
  assert.equal(back.json.person.id, "wang");
});

test("a session ends when nothing is asked, after a shift, when it is revoked, and with a new password; it outlives a restart", async (t) => {
  const clock = shiftedClock(NIGHT);
  const root = bookFolder(t, { "watchbook.yaml": TEAM });
  const later = (ms: number): void => clock.set(clock.wall() + ms);
  const first = await serving(t, root, { clock, cost: CHEAP });
  const boss = await administrator(first);
  const one = await member(first, "wang");
  const who = async (browser: Browser) => (await browser.get("/api/session")).json.person?.id;
  await first[Symbol.asyncDispose]();
  const on = await serving(t, root, { clock, cost: CHEAP });
  const moved = (browser: Browser): Browser =>
    Object.assign(new Browser(on.url), { cookies: browser.cookies, csrf: browser.csrf });
  const [wang, chief] = [moved(one), moved(boss)];
  assert.equal(await who(wang), "wang");
  const two = new Browser(on.url);
  await two.post("/api/session", { person: "wang", password: PASSWORD });
  const list = (await wang.get("/api/sessions")).json.sessions;
  assert.deepEqual(
    list.map((each: { person: string }) => each.person),
    ["wang", "wang"],
  );
  assert.equal((await wang.get("/api/sessions?all=true")).json.code, "NOT-ALLOWED");
  const mine = list.find((each: { current: boolean }) => !each.current);
  assert.equal((await wang.end(`/api/sessions/${mine.id}`)).status, 200);
  assert.equal(await who(two), undefined);
  // Of somebody else's nothing is said.
  const [bosses] = (await chief.get("/api/sessions")).json.sessions;
  assert.equal((await wang.end(`/api/sessions/${bosses.id}`)).json.code, "SESSION-UNKNOWN");
  await two.post("/api/session", { person: "wang", password: PASSWORD });
  assert.equal(
    (await wang.post("/api/account/password", { password: "wrong one here", fresh: "four other fine words" })).json
      .code,
    "SIGN-IN-WRONG",
  );
  assert.equal(
    (await wang.post("/api/account/password", { password: PASSWORD, fresh: "four other fine words" })).status,
    200,
  );
  assert.deepEqual([await who(wang), await who(two)], ["wang", undefined]);
  for (let hours = 0; hours < 11; hours += 1) {
    later(60 * MINUTE);
    assert.equal(await who(wang), "wang", `after ${hours} hours`);
  }
  assert.equal(await who(chief), undefined, "idle for hours");
  later(61 * MINUTE);
  assert.equal(await who(wang), undefined, "after a shift");
  const open = async () => (await on.daemon.house.store.desk("sign-in", { open: true })).length;
  await until("their ends are written down", async () => (await open()) === 0);
});

test("who leaves the book and comes back has neither the session, the token nor the emergency of before", async (t) => {
  const root = bookFolder(t, { "watchbook.yaml": TEAM });
  const every = { checks: 50, book: 50, calendar: 20, alerts: 20 };
  const on = await serving(t, root, { clock: shiftedClock(NIGHT), cost: CHEAP, every });
  const [boss, chen, wang] = [await administrator(on), await member(on, "chen"), await member(on, "wang")];
  const token = async (who: Browser, person: string): Promise<string> =>
    (await who.post("/api/v1/tokens", { person, scope: "read", days: 365 })).json.token;
  const [gone, kept] = [await token(chen, "chen"), await token(wang, "wang")];
  await chen.post("/api/break-glass", { reason: "mail is down, nobody answers", minutes: 60 });
  const read = async (one: string) =>
    (await ask(on.url, "/api/v1/status", { headers: { authorization: `Bearer ${one}` } })).status;
  const who = async (browser: Browser) => (await browser.get("/api/session")).json.person?.id;
  assert.deepEqual([await read(gone), await who(chen)], [200, "chen"]);
  const yaml = join(root, "watchbook.yaml");
  const knows = () => on.daemon.book().open.book.config.people.some(({ id }) => id === "chen");
  writeFileSync(yaml, TEAM.replace("  chen: {}\n", ""));
  await until("chen has left", () => !knows());
  assert.deepEqual([await read(gone), await who(chen)], [401, undefined]);
  const left = () => on.access.signIns.now("chen").length + on.access.emergencies.now("chen").length;
  await until("it is over for good", () => left() === 0 && !readFileSync(tokensOf(on), "utf8").includes('"chen"'));
  writeFileSync(yaml, TEAM);
  await until("chen is back", knows);
  assert.deepEqual([await read(gone), await who(chen)], [401, undefined]);
  // Nobody else lost anything, nor did the administrator, whom the book does not name.
  assert.deepEqual([await read(kept), await who(wang), await who(boss)], [200, "wang", "boss"]);
  const again = new Browser(on.url);
  assert.equal((await again.post("/api/session", { person: "chen", password: PASSWORD })).json.breakGlass, null);
});

test("of a book that cannot be read nobody has left: its people are there when it can", async (t) => {
  const root = bookFolder(t, { "watchbook.yaml": TEAM.replace("people:", "people: [") });
  const clock = shiftedClock(NIGHT);
  const wang = { id: "wang", name: "Wang", roles: [], source: { file: "watchbook.yaml", line: 1 } };
  const tokens = openTokens(join(root, ".watchbook"), clock);
  const { token } = await tokens.make([wang], { person: "wang", scope: "read", days: 365 });
  const every = { checks: 50, book: 50, calendar: 20, alerts: 20 };
  const on = await serving(t, root, { clock, cost: CHEAP, every });
  const people = () => on.daemon.book().open.book.config.people;
  assert.deepEqual(people(), []);
  writeFileSync(join(root, "watchbook.yaml"), TEAM);
  await until("it can be read", () => people().length > 0);
  const read = await ask(on.url, "/api/v1/status", { headers: { authorization: `Bearer ${token}` } });
  assert.equal(read.status, 200);
});

test("whoever is disabled or leaves the book is nobody at once", async (t) => {
  const { on, clock } = await world(t);
  const boss = await administrator(on);
  await strengthen(boss, clock.wall());
  const wang = await member(on, "wang");
  const made = (await wang.post("/api/v1/tokens", { person: "wang", scope: "read", days: 1 })).json;
  const read = () => ask(on.url, "/api/v1/status", { headers: { authorization: `Bearer ${made.token}` } });
  assert.equal((await read()).status, 200);
  await boss.post("/api/accounts/wang/actions", { do: "disable", reason: "left" });
  assert.equal((await wang.get("/api/session")).json.person, null);
  assert.equal((await wang.post("/api/session", { person: "wang", password: PASSWORD })).json.code, "SIGN-IN-WRONG");
  assert.equal((await read()).json.code, "TOKEN-UNKNOWN");
  await boss.post("/api/accounts/wang/actions", { do: "enable", reason: "back" });
  assert.equal((await wang.post("/api/session", { person: "wang", password: PASSWORD })).status, 200);
});
