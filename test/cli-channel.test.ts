// `watchbook channel test NAME`: one notice to the named channel, what became of it, and nothing else.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { run } from "../src/cli/dispatch.ts";
import { systemClock } from "../src/model/time.ts";
import { folder } from "./kit/folder.ts";
import { mattermost } from "./kit/wire/chats.ts";
import { json, plain, wire, type Vendor } from "./kit/wire/server.ts";
import { pagerduty } from "./kit/wire/services.ts";
import { worldIn } from "./kit/world.ts";

const KEY = "e93facc04764012d7bfb002500d5d1a6";

/** A book with one channel, and what the verb says of it. */
async function tried(t: TestContext, channel: string, env: Record<string, string>, ...argv: readonly string[]) {
  const root = folder(t);
  writeFileSync(join(root, "daily.md"), "# Daily inspection\n");
  const other = "  other: { kind: webhook, url: 'http://127.0.0.1:1/', allow: [127.0.0.1] }\n";
  writeFileSync(join(root, "watchbook.yaml"), `secrets: { hook: env:HOOK }\nchannels:\n  ops: ${channel}\n${other}`);
  const world = { ...worldIn(root), env };
  const exit = await run(["channel", ...argv], world);
  return { exit, out: world.said.stdout, err: world.said.stderr };
}
const receiver = (t: TestContext, vendor: Vendor) => wire(t, vendor, () => systemClock.wall());
const CHAT = "{ kind: mattermost, url: { secret: hook }, allow: [127.0.0.1] }";

test("a channel that works: one notice, delivered, exit 0; the secret stands nowhere", async (t) => {
  const { url, requests } = await receiver(t, mattermost("/hooks/s3cr3t-hook"));
  const env = { HOOK: `${url}/hooks/s3cr3t-hook` };
  const { exit, out, err } = await tried(t, CHAT, env, "test", "ops");
  assert.deepEqual([exit, err], [0, ""]);
  assert.match(out, /^ops \(mattermost\): delivered in [\d.]+ s\.\n/);
  assert.match(out, /Look whether it has arrived/);
  assert.equal(requests.length, 1);
  assert.match(requests[0]!.body, /Test of channel ops/);
  const zh = await tried(t, CHAT, env, "test", "ops", "--lang", "zh");
  assert.match(zh.out, /^ops（mattermost）：[\d.]+ 秒送达。\n/);
  assert.match(requests[1]!.body, /渠道 ops 测试/);
  assert.doesNotMatch(out + zh.out, /s3cr3t/);
});

test("a receiver that keeps a state is told that the test is over; that it was not is told", async (t) => {
  const { url, requests } = await receiver(t, pagerduty(KEY));
  const channel = (at: string) =>
    `{ kind: pagerduty, url: '${at}/v2/enqueue', routing: { secret: hook }, allow: [127.0.0.1] }`;
  const { exit, out } = await tried(t, channel(url), { HOOK: KEY }, "test", "ops", "--json");
  assert.equal(exit, 0);
  const events = requests.map(({ body }) => JSON.parse(body) as { event_action: string; dedup_key: string });
  assert.deepEqual(
    events.map(({ event_action }) => event_action),
    ["trigger", "resolve"],
  );
  assert.equal(events[0]!.dedup_key, events[1]!.dedup_key);
  const told = JSON.parse(out) as Record<string, unknown>;
  assert.deepEqual([told["channel"], told["delivery"], told["receipt"]], ["ops", "delivered", events[0]!.dedup_key]);
  const stuck = await receiver(t, ({ body }) =>
    body.includes("resolve") ? json(500, {}) : json(202, { status: "success" }),
  );
  const left = await tried(t, channel(stuck.url), { HOOK: KEY }, "test", "ops");
  assert.equal(left.exit, 0);
  assert.match(left.out, /still open at the receiver's/);
});

test("refused is exit 2 with what to change, not reached is exit 4; --json is one document", async (t) => {
  const { url } = await receiver(t, () => plain(403, "invalid token"));
  const refused = await tried(t, CHAT, { HOOK: `${url}/hooks/x` }, "test", "ops");
  assert.equal(refused.exit, 2);
  assert.match(refused.out, /refused\.\n {2}The receiver refused the message \(403: invalid token\)\.\n {2}Check/);
  const down = await tried(t, CHAT, { HOOK: "http://127.0.0.1:1/hooks/x" }, "test", "ops", "--json");
  assert.equal(down.exit, 4);
  const told = JSON.parse(down.out) as Record<string, unknown>;
  assert.deepEqual([told["delivery"], told["reason"], told["afterMs"]], ["later", "not-reached", 15_000]);
  assert.match(down.err, /not delivered; the next attempt would be after 15 s\./);
  const inside = await tried(
    t,
    "{ kind: mattermost, url: { secret: hook } }",
    { HOOK: `${url}/hooks/x` },
    "test",
    "ops",
  );
  assert.equal(inside.exit, 2);
  assert.match(inside.out, /this machine itself\.\n {2}If that is meant, write allow: \[127\.0\.0\.1\]/);
  const missing = await tried(t, CHAT, {}, "test", "ops");
  assert.equal(missing.exit, 2);
  assert.match(missing.out, /env:HOOK is not to be had/);
});

test("a channel that is not there, or another word, is refused by name", async (t) => {
  const near = await tried(t, CHAT, {}, "test", "opps");
  assert.equal(near.exit, 2);
  assert.match(near.err, /no channel “opps”\.\n {2}Meant is perhaps: ops\./);
  const word = await tried(t, CHAT, {}, "tset", "ops");
  assert.equal(word.exit, 2);
  assert.match(word.err, /`channel tset ops` is nothing/);
});
