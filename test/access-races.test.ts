// What goes on at the same moment: a sign-in while the password is changed, an account while it is reset.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { openAccess, type Access } from "../src/engine/access/access.ts";
import { changePassword, giveCode, signIn, takeInvitation } from "../src/engine/access/enter.ts";
import { hashPassword } from "../src/engine/access/password.ts";
import { WatchbookError } from "../src/model/error.ts";
import { systemClock } from "../src/model/time.ts";
import { openStore } from "../src/store/sqlite.ts";
import { CHEAP, codeAt, PASSWORD } from "./kit/people.ts";

const PEOPLE = [{ id: "wang", name: "Wang", roles: [], source: { file: "watchbook.yaml", line: 1 } }];
const FROM = { address: "203.0.113.9", agent: "" };
const WANG = { person: "wang", password: PASSWORD };

/** Accounts of a store in memory; wang has a password. */
async function world(t: TestContext): Promise<Access> {
  const store = await openStore(":memory:");
  t.after(() => store[Symbol.asyncDispose]());
  const access = await openAccess({ store, clock: systemClock, cost: CHEAP });
  await access.accounts.add({ person: "wang", name: "Wang", administrator: false }, undefined);
  await access.accounts.setPassword("wang", PASSWORD, undefined);
  return access;
}

/** Passwords are compared one after the other: whoever comes next waits as long as this one takes. */
const crowd = (): Promise<unknown> => hashPassword("somebody else's", { memory: 32_768, passes: 3, lanes: 4 });

/** `meanwhile` is done at the last moment before a session is opened. */
const before = (access: Access, meanwhile: () => Promise<unknown>): Access => ({
  ...access,
  signIns: {
    ...access.signIns,
    open: async (of, from) => {
      await meanwhile();
      return access.signIns.open(of, from);
    },
  },
});

const WRONG = (error: unknown): boolean => error instanceof WatchbookError && error.code === "SIGN-IN-WRONG";

const reset = async ({ accounts, signIns }: Access): Promise<void> => {
  await accounts.reset("wang", undefined);
  await signIns.endAll("wang");
};

test("a sign-in that waits while the account is reset is refused: its password is none any more", async (t) => {
  const access = await world(t);
  const busy = crowd();
  const entering = assert.rejects(signIn(access, PEOPLE, WANG, FROM), WRONG);
  await reset(access);
  await entering;
  await busy;
  assert.deepEqual(access.signIns.now("wang"), []);
});

test("a session that is opened while the password is changed, or the account reset or disabled, is over", async (t) => {
  const access = await world(t);
  const fresh = async (): Promise<void> => {
    await access.accounts.setPassword("wang", `${PASSWORD} two`, access.accounts.get("wang")?.password);
    await access.signIns.endAll("wang");
  };
  await assert.rejects(signIn(before(access, fresh), PEOPLE, WANG, FROM), WRONG);
  assert.deepEqual(access.signIns.now("wang"), []);
  const two = { ...WANG, password: `${PASSWORD} two` };
  const disabled = () => access.accounts.disable("wang", true);
  await assert.rejects(signIn(before(access, disabled), PEOPLE, two, FROM), WRONG);
  await access.accounts.disable("wang", false);
  await assert.rejects(
    signIn(
      before(access, () => reset(access)),
      PEOPLE,
      two,
      FROM,
    ),
    WRONG,
  );
  const { invite } = await access.accounts.reset("wang", undefined);
  const given = { ...WANG, invite };
  await assert.rejects(
    takeInvitation(
      before(access, () => reset(access)),
      PEOPLE,
      given,
      FROM,
    ),
    WRONG,
  );
  assert.deepEqual(access.signIns.now("wang"), []);
});

test("a session that is opened by the password alone, while a second factor is added, is over", async (t) => {
  const access = await world(t);
  const { secret } = await access.accounts.offer("wang");
  const added = () => access.accounts.confirm("wang", codeAt(secret, systemClock.wall()));
  await assert.rejects(signIn(before(access, added), PEOPLE, WANG, FROM), WRONG);
  assert.deepEqual(access.signIns.now("wang"), []);
});

test("whoever has given a password and not the code yet comes in no more once the account is reset", async (t) => {
  const access = await world(t);
  const { secret } = await access.accounts.offer("wang");
  const now = systemClock.wall();
  await access.accounts.confirm("wang", codeAt(secret, now - 30_000));
  const half = await signIn(access, PEOPLE, WANG, FROM);
  assert.equal(half.signIn.half, true);
  const meanwhile = before(access, () => reset(access));
  await assert.rejects(giveCode(meanwhile, PEOPLE, half.signIn, codeAt(secret, now), FROM), WRONG);
  assert.deepEqual(access.signIns.now("wang"), []);
});

test("a half sign-in that was ended takes no code", async (t) => {
  const access = await world(t);
  const { secret } = await access.accounts.offer("wang");
  const now = systemClock.wall();
  await access.accounts.confirm("wang", codeAt(secret, now - 30_000));
  const half = await signIn(access, PEOPLE, WANG, FROM);
  await access.signIns.endAll("wang");
  await assert.rejects(giveCode(access, PEOPLE, half.signIn, codeAt(secret, now), FROM), WRONG);
});

test("of emergencies that somebody asks for at the same moment there is one, and its end leaves none", async (t) => {
  const { emergencies } = await world(t);
  const asked = { person: "wang", reason: "two at the same moment", minutes: 5 };
  const told: string[] = [];
  emergencies.hear(({ id }) => told.push(id));
  const all = await Promise.allSettled([1, 2, 3].map(() => emergencies.begin(asked)));
  const codes = all.map((one) => (one.status === "fulfilled" ? "on" : (one.reason as WatchbookError).code));
  assert.deepEqual(codes.toSorted(), ["EMERGENCY-ON", "EMERGENCY-ON", "on"]);
  assert.equal(told.length, 1);
  await emergencies.begin({ ...asked, person: "li" });
  assert.equal((await emergencies.end("wang", "wang"))?.person, "wang");
  assert.deepEqual(
    emergencies.now().map(({ person }) => person),
    ["li"],
  );
  assert.equal(await emergencies.end("wang", "wang"), undefined);
});

test("several emergencies of one person, as an older start allowed, end together", async (t) => {
  const store = await openStore(":memory:");
  t.after(() => store[Symbol.asyncDispose]());
  const began = systemClock.wall();
  const one = { person: "wang", reason: "of an older start", began, until: began + 60_000 };
  for (const id of ["one", "two"]) await store.commit([{ kind: "desk.put", of: "emergency", record: { ...one, id } }]);
  const { emergencies } = await openAccess({ store, clock: systemClock, cost: CHEAP });
  assert.equal(emergencies.now("wang").length, 2);
  await emergencies.end("wang", "wang");
  assert.deepEqual(emergencies.now("wang"), []);
});

test("a password that is changed by its old one while the account is reset stays reset", async (t) => {
  const access = await world(t);
  const mine = (await signIn(access, PEOPLE, WANG, FROM)).signIn;
  const accounts = {
    ...access.accounts,
    setPassword: async (...given: Parameters<Access["accounts"]["setPassword"]>) => {
      await reset(access);
      return access.accounts.setPassword(...given);
    },
  };
  const changing = changePassword({ ...access, accounts }, PEOPLE, mine, {
    password: PASSWORD,
    fresh: "a thief's new password",
  });
  await assert.rejects(changing, WRONG);
  assert.equal(access.accounts.get("wang")?.password, undefined);
});
