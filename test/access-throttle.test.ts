// Guessing waits longer and longer: whose tries are counted together, what is forgotten first, and who is not kept out by strangers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openAccess } from "../src/engine/access/access.ts";
import { makeThrottle, type Throttle } from "../src/engine/access/throttled.ts";
import { WatchbookError } from "../src/model/error.ts";
import { systemClock } from "../src/model/time.ts";
import { openStore } from "../src/store/sqlite.ts";
import { CHEAP } from "./kit/people.ts";

const HOUR = 3_600_000;

/** A throttle whose time stands still until it is moved. */
function world(): { readonly throttle: Throttle; readonly later: (ms: number) => void } {
  let now = Date.parse("2026-11-16T00:30:00Z");
  const throttle = makeThrottle({ wall: () => now });
  return { throttle, later: (ms) => (now += ms) };
}

/** Whether a try that then fails is heard. */
function heard(throttle: Throttle, account: string | undefined, address: string): boolean {
  try {
    throttle.attempt(account, address);
    return true;
  } catch (error) {
    assert.ok(error instanceof WatchbookError && error.code === "SIGN-IN-WAIT");
    return false;
  }
}

/** Another network for each number. */
const from = (n: number): string => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
const far = (n: number): string => `2001:db8:${(n >> 8).toString(16)}:${(n & 255).toString(16)}::1`;

test("neither wrong tokens nor invented names make it forget that somebody's password is guessed", () => {
  const { throttle } = world();
  for (let n = 0; n < 21; n += 1) heard(throttle, "li", from(n));
  assert.equal(heard(throttle, "li", from(99)), false);
  for (let n = 0; n < 20_000; n += 1) heard(throttle, undefined, far(n));
  for (let n = 0; n < 20_000; n += 1) heard(throttle, `nobody ${n}`, from(1_000 + n));
  assert.equal(heard(throttle, "li", from(99)), false);
});

test("whoever has a network of IPv6 has one address; another network is another, and a mapped IPv4 is that IPv4", () => {
  const { throttle } = world();
  const one = ["2001:db8:1::1", "2001:db8:1:0:ffff::2", "2001:0DB8:0001:0000:1:2:3:4"];
  for (const address of one) assert.ok(heard(throttle, "li", address), address);
  assert.ok(heard(throttle, "li", "2001:db8:1::abcd"), "the fourth is heard, and what follows waits");
  assert.equal(heard(throttle, "li", "2001:db8:1::abce"), false);
  assert.ok(heard(throttle, "li", "2001:db8:1:1::1"));
  for (const address of ["192.0.2.7", "::ffff:192.0.2.7", "192.0.2.7", "::ffff:c000:207"])
    assert.ok(heard(throttle, "wang", address), address);
  assert.equal(heard(throttle, "wang", "192.0.2.7"), false);
  // What is no address at all is counted as it is.
  for (const address of ["-", "socket", "::", "fe80::1%eth0"]) assert.ok(heard(throttle, "zhao", address), address);
});

test("who has signed in from an address lately is heard there, whatever strangers try elsewhere", () => {
  const { throttle, later } = world();
  throttle.attempt("li", "198.51.100.7")();
  const attack = (): void => {
    for (let n = 0; n < 40; n += 1) heard(throttle, "li", far(n));
  };
  attack();
  assert.equal(heard(throttle, "li", "203.0.113.9"), false, "elsewhere one waits");
  throttle.attempt("li", "198.51.100.7")();
  assert.equal(heard(throttle, "li", "203.0.113.9"), false, "that ends no attack");
  // There too guesses wait.
  for (let n = 0; n < 4; n += 1) heard(throttle, "li", "198.51.100.7");
  assert.equal(heard(throttle, "li", "198.51.100.7"), false);
  later(HOUR);
  // Somebody else's address is nobody's privilege.
  for (let n = 0; n < 40; n += 1) heard(throttle, "wang", far(n));
  assert.equal(heard(throttle, "wang", "198.51.100.7"), false);
  later(40 * 24 * HOUR);
  attack();
  assert.equal(heard(throttle, "li", "198.51.100.7"), false, "that was long ago");
});

test("who was signed in when the daemon ended is not kept waiting where they were", async (t) => {
  const store = await openStore(":memory:");
  t.after(() => store[Symbol.asyncDispose]());
  const before = await openAccess({ store, clock: systemClock, cost: CHEAP });
  const of = { person: "li", methods: ["password"], half: false, strong: false } as const;
  await before.signIns.open(of, { address: "198.51.100.7", agent: "" });
  await before.signIns.open({ ...of, half: true }, { address: "198.51.100.8", agent: "" });
  const { throttle } = await openAccess({ store, clock: systemClock, cost: CHEAP });
  for (let n = 0; n < 40; n += 1) heard(throttle, "li", far(n));
  assert.deepEqual([heard(throttle, "li", "198.51.100.7"), heard(throttle, "li", "198.51.100.8")], [true, false]);
});

test("a right password between wrong ones at the same time takes none of them back", () => {
  const { throttle } = world();
  const right = throttle.attempt("mallory", "203.0.113.9");
  for (let n = 0; n < 11; n += 1) heard(throttle, `person ${n}`, "203.0.113.9");
  right();
  assert.equal(heard(throttle, "li", "203.0.113.9"), false);
});

test("a right one alone leaves nothing behind", () => {
  const { throttle } = world();
  for (let n = 0; n < 200; n += 1) throttle.attempt("li", "203.0.113.9")();
  for (let n = 0; n < 200; n += 1) throttle.attempt(undefined, "203.0.113.9")();
  assert.ok(heard(throttle, "li", "203.0.113.9"));
});
