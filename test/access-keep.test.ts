// Who keeps accounts: this machine's user, and administrators who are signed in by two factors; nobody their own, and no token.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, bookFolder, NIGHT, serving, shiftedClock, type Answer } from "./kit/daemon.ts";
import { administrator, Browser, CHEAP, member, PASSWORD, strengthen, TEAM } from "./kit/people.ts";

const BOOK = TEAM.replace("  chen: {}\n", "  chen: {}\n  boss: { access: administrator }\n");
const json = { "content-type": "application/json" };

test("an administrator's token gives no invitation, nor does a session of one factor, nor anybody to themselves", async (t) => {
  const clock = shiftedClock(NIGHT);
  const on = await serving(t, bookFolder(t, { "watchbook.yaml": BOOK }), { clock, cost: CHEAP });
  const boss = await administrator(on);
  const { token } = (await boss.post("/api/v1/tokens", { person: "boss", scope: "write", days: 1 })).json;
  const program = (path: string, body: object): Promise<Answer> =>
    ask(on.url, path, {
      method: "POST",
      headers: { ...json, authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const socket = (path: string, body: object): Promise<Answer> =>
    ask({ socket: on.socket }, path, { method: "POST", headers: json, body: JSON.stringify(body) });
  for (const what of ["reset", "disable", "enable"])
    assert.equal((await program("/api/accounts/boss/actions", { do: what })).json.code, "ACCOUNT-TOKEN", what);
  const refused = await program("/api/accounts", { person: "wang" });
  assert.deepEqual([refused.status, refused.json.code], [403, "ACCOUNT-TOKEN"]);
  assert.equal((await program("/api/accounts", { person: "other", administrator: true })).status, 403);
  const weak = await boss.post("/api/accounts", { person: "wang" });
  assert.deepEqual([weak.status, weak.json.code], [403, "STRONG-NEEDED"]);
  await strengthen(boss, clock.wall());
  assert.equal((await boss.post("/api/accounts", { person: "wang" })).status, 201);
  assert.equal((await boss.post("/api/accounts/wang/actions", { do: "reset", reason: "lost" })).status, 200);
  for (const what of ["reset", "disable"]) {
    const own = await boss.post("/api/accounts/boss/actions", { do: what, reason: "-" });
    assert.deepEqual([own.status, own.json.code], [403, "ACCOUNT-OWN"], what);
  }
  assert.deepEqual((await boss.get("/api/session")).json.person.id, "boss", "nothing was done");
  // The list is no secret to a token; on the machine itself its user does all of it.
  assert.equal((await ask(on.url, "/api/accounts", { headers: { authorization: `Bearer ${token}` } })).status, 200);
  assert.equal((await socket("/api/accounts/boss/actions", { do: "reset" })).status, 200);
});

test("a reset ends sessions and tokens alike: who had stolen either is out", async (t) => {
  const on = await serving(t, bookFolder(t, { "watchbook.yaml": BOOK }), { clock: shiftedClock(NIGHT), cost: CHEAP });
  const [wang, li] = [await member(on, "wang"), await member(on, "li")];
  const made = async (who: Browser, person: string): Promise<string> =>
    (await who.post("/api/v1/tokens", { person, scope: "read", days: 365 })).json.token;
  const [stolen, other] = [await made(wang, "wang"), await made(li, "li")];
  const read = async (token: string) =>
    (await ask(on.url, "/api/v1/status", { headers: { authorization: `Bearer ${token}` } })).status;
  assert.deepEqual([await read(stolen), await read(other)], [200, 200]);
  await ask({ socket: on.socket }, "/api/accounts/wang/actions", {
    method: "POST",
    headers: json,
    body: JSON.stringify({ do: "reset" }),
  });
  assert.deepEqual([await read(stolen), await read(other)], [401, 200]);
  assert.equal((await wang.get("/api/session")).json.person, null);
  assert.equal((await new Browser(on.url).post("/api/session", { person: "wang", password: PASSWORD })).status, 401);
});
