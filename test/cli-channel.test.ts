// `watchbook channel test NAME`: one notice to the named channel, what became of it, and nothing else.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { run } from "../src/cli/dispatch.ts";
import type { Status } from "../src/api/contract.ts";
import { systemClock } from "../src/model/time.ts";
import { serving } from "./kit/daemon.ts";
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
  const status = async () => {
    const asked = worldIn(root);
    await run(["status", "--json"], asked);
    return JSON.parse(asked.said.stdout) as Status;
  };
  return { exit, out: world.said.stdout, err: world.said.stderr, root, status };
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

test("a test is on record: status says when a channel last took something, and which ones never did", async (t) => {
  const { url } = await receiver(t, mattermost("/hooks/h"));
  const before = systemClock.wall();
  const { exit, status } = await tried(t, CHAT, { HOOK: `${url}/hooks/h` }, "test", "ops");
  assert.equal(exit, 0);
  const { channels, troubles } = await status();
  const [ops, other] = channels;
  assert.ok(ops!.taken !== null && ops!.taken >= before);
  assert.deepEqual([ops!.answered, other!.taken], [null, null]);
  const unproven = troubles.filter(({ kind }) => kind === "channel-unproven");
  assert.deepEqual(
    unproven.map(({ subject, level }) => [subject, level]),
    [["other", "warn"]],
  );
  assert.match(unproven[0]!.fix, /watchbook channel test other/);
});

test("a test goes through the daemon that owns the data, and is on record there; one that was refused proves nothing", async (t) => {
  const { url, requests } = await receiver(t, mattermost("/hooks/h"));
  const root = folder(t);
  writeFileSync(join(root, "daily.md"), "# Daily inspection\n");
  const channel = (id: string, path: string) =>
    `  ${id}: { kind: mattermost, url: "${url}${path}", allow: [127.0.0.1] }\n`;
  const yaml = `channels:\n${channel("ops", "/hooks/h")}${channel("bad", "/none")}`;
  writeFileSync(join(root, "watchbook.yaml"), yaml);
  const { daemon } = await serving(t, root, { clock: systemClock });
  const ask = async (name: string) => {
    const world = worldIn(root);
    return { exit: await run(["channel", "test", name, "--json"], world), out: world.said.stdout };
  };
  const good = await ask("ops");
  assert.deepEqual([good.exit, (JSON.parse(good.out) as { kept: boolean }).kept, requests.length], [0, true, 1]);
  assert.notEqual((await ask("bad")).exit, 0);
  const by = userInfo().username;
  const { channels = [] } = await daemon.snapshot();
  assert.deepEqual(
    channels.map(({ id, taken }) => [id, taken !== null]),
    [
      ["ops", true],
      ["bad", false],
    ],
  );
  const events = await daemon.house.store.events({ after: 0, kind: "channel.tested", limit: 10 });
  assert.deepEqual(
    events.map(({ subject, data }) => [
      subject,
      (data as Record<string, unknown>)["by"],
      (data as Record<string, unknown>)["delivery"],
    ]),
    [
      ["ops", by, "delivered"],
      ["bad", by, "refused"],
    ],
  );
});
