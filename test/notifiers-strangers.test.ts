// What strangers write into notices, receivers into answers and owners into channels: none of it lies, leaks or stops us.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayAnswer } from "../src/kinds/notifiers/gateway/request.ts";
import { headers as headersParam } from "../src/kinds/notifiers/params/headers.ts";
import { send } from "../src/kinds/notifiers/send/send.ts";
import { commonMark, robotText } from "../src/kinds/notifiers/text/markup.ts";
import { ntfyNotifier } from "../src/kinds/notifiers/ntfy.ts";
import { voiceNotifier } from "../src/kinds/notifiers/voice.ts";
import { forbidden, insideOf } from "../src/model/address.ts";
import { tidied, type Delivery } from "../src/model/notice.ts";
import { channelOf, notice, NOW, portsOf } from "./kit/notice.ts";
import { ntfy } from "./kit/wire/services.ts";
import { plain, wire, type Reply, type Vendor } from "./kit/wire/server.ts";

const reasonOf = (delivery: Delivery): string =>
  delivery.kind === "delivered" ? "delivered" : `${delivery.kind} ${delivery.reason}`;

test("a million blank lines are escaped in one go: they do not stop the watcher for an hour", () => {
  const text = `a${"\n".repeat(1_000_000)}- b`;
  assert.ok(commonMark(text).endsWith(String.raw`\- b`));
  assert.equal(commonMark(text).length, text.length + 1);
});

test("addresses and names stay what they are in a robot's Markdown, markup does not", () => {
  for (const text of [
    "https://git.example.com/ops/pg_dump_all/~li/a.md?x=a_b",
    "max_connections = 100",
    "select * from pg_stat_activity",
  ])
    assert.equal(robotText(text), text);
  for (const text of ["_i_", "**b**", "*i*", "`c`", "~~d~~", "https://a.example/**b**", "https://a.example/`c`"])
    assert.doesNotMatch(robotText(text), /_i_|\*\*b|\*i\*|`c`|~~d/, text);
});

test("an address calls nobody, and what is copied from a message is what was written", () => {
  assert.equal(commonMark("https://a.example/@channel"), "https://a.example/%40channel");
  assert.equal(commonMark("watch@db-1 at 10:20:30"), "watch@db-1 at 10:20:30");
  assert.doesNotMatch(commonMark("@channel .@all (@here) :fire:"), /@(?:channel|all|here)|:fire:/);
});

test("what a receiver says is one short line without signs that a terminal obeys", async (t) => {
  let body = "";
  const { url } = await wire(
    t,
    () => plain(200, body),
    () => NOW,
  );
  const hook = portsOf({ hook: url });
  const evil = `\u001b]0;owned\u0007\u202eabc${"x".repeat(3_000)}`;
  body = JSON.stringify({ errcode: evil, errmsg: evil, id: evil, sid: evil, error: evil, ok: false });
  const said = [
    await send(channelOf("wecom", { url: { secret: "hook" } }), notice(), hook),
    await send(channelOf("webhook", { url }), notice(), hook),
    await send(channelOf("sms", { url, to: "+8613800000000" }), notice(), hook),
    await send(
      channelOf("sms", { url, to: "+8613800000000", accepted: { field: "sid", equals: "1" } }),
      notice(),
      hook,
    ),
    await send(channelOf("slack", { token: { secret: "hook" }, channel: "C1", api: url }), notice(), hook),
  ];
  for (const delivery of said)
    for (const value of delivery.kind === "delivered" ? [delivery.receipt ?? ""] : Object.values(delivery.args)) {
      assert.doesNotMatch(String(value), /[\u0000-\u001f\u007f-\u009f\u202e]/);
      assert.ok(String(value).length <= 200, String(value));
    }
});

test("a secret that comes back is hidden before anything is cut, also as it stands in the address", async (t) => {
  let body = "";
  const { url } = await wire(
    t,
    () => plain(403, body),
    () => NOW,
  );
  const ports = portsOf({ hook: `${url}/w/s3cr3t%2Dhook-token?sig=s3cr3t%2Bcd%2Fef%3D`, key: "s3cr3t+key/with=signs" });
  for (let blanks = 175; blanks <= 200; blanks += 5) {
    body = `${"x".repeat(blanks)} s3cr3t%2Dhook-token`;
    const delivery = await send(channelOf("mattermost", { url: { secret: "hook" } }), notice(), ports);
    assert.doesNotMatch(JSON.stringify(delivery), /s3c/);
  }
  body = "sig=s3cr3t%2Bcd%2Fef%3D or s3cr3t+cd/ef= at s3cr3t-hook-token";
  assert.doesNotMatch(
    JSON.stringify(await send(channelOf("mattermost", { url: { secret: "hook" } }), notice(), ports)),
    /s3c/,
  );
  body = "apikey=s3cr3t%2Bkey%2Fwith%3Dsigns";
  const sms = { url, to: "+8613800000000", encoding: "form", more: { apikey: { secret: "key" } } };
  assert.doesNotMatch(JSON.stringify(await send(channelOf("sms", sms), notice(), ports)), /s3c/);
});

test("a header that cannot be sent is refused and named: nobody looks for a firewall", async (t) => {
  const { url, requests } = await wire(
    t,
    () => plain(200, ""),
    () => NOW,
  );
  const team = await send(channelOf("webhook", { url, headers: { "X-Team": "\u8fd0\u7ef4" } }), notice(), portsOf());
  assert.deepEqual(team, { kind: "refused", reason: "no-header", args: { name: "x-team" } });
  const ports = portsOf({ token: "tk_\u201cpasted\u201d" });
  const token = await send(channelOf("ntfy", { url, topic: "t", token: { secret: "token" } }), notice(), ports);
  assert.deepEqual(token, { kind: "refused", reason: "no-header", args: { name: "authorization" } });
  for (const name of ["Content-Length", "transfer-encoding", "Host", "Connection"])
    assert.ok(!headersParam.safeParse({ [name]: "5" }).success, name);
  assert.equal(requests.length, 0);
});

test("an empty secret is none: nothing is signed with it, and nothing sent", async (t) => {
  const { url, requests } = await wire(
    t,
    () => plain(200, ""),
    () => NOW,
  );
  for (const key of ["", " \n"]) {
    const channel = channelOf("webhook", { url, sign: { secret: "env:KEY" } });
    const delivery = await send(channel, notice(), portsOf({ "env:KEY": key }));
    assert.deepEqual(delivery, { kind: "refused", reason: "not-to-be-had", args: { what: "env:KEY" } });
  }
  assert.equal(requests.length, 0);
});

test("a file that cannot be read in time ends at the limit like everything else", async () => {
  const rings: (() => void)[] = [];
  const clock = { ...portsOf().clock, timer: (_: number, ring: () => void) => (rings.push(ring), () => undefined) };
  const file = () => Promise.withResolvers<string>().promise;
  const sent = send(channelOf("webhook", { url: "https://127.0.0.1:1/" }, { ca: "ca.pem" }), notice(), {
    ...portsOf(),
    clock,
    file,
  });
  rings.forEach((ring) => ring());
  assert.equal(reasonOf(await sent), "later no-answer");
});

test("a gateway says that it took a message as it likes, and a portal on the way does not say it", () => {
  const answer = (body: string, equals: string): string =>
    reasonOf(gatewayAnswer({ status: 200, headers: {}, body }, { accepted: { field: "success", equals } } as never));
  assert.equal(answer('{"success":true}', "true"), "delivered");
  assert.equal(answer('{"success":false}', "true"), "refused robot-refused");
  assert.equal(answer('{"success":0}', "0"), "delivered");
  assert.equal(answer('{"error":"balance"}', "true"), "refused robot-refused");
  assert.equal(answer("<html>sign in</html>", "true"), "later unreadable");
});

test("ntfy takes a document of 8 KiB, however many signs JSON writes as two", () => {
  const take: Vendor = ntfy("t", "tk");
  const given = { url: "https://ntfy.example.com", topic: "t", token: "tk" } as never;
  for (const [body, path] of [
    ['"\n'.repeat(4_000), "a"],
    ["x\\".repeat(1_500), "a".repeat(1_500)],
  ] as const) {
    const links = [1, 2, 3].map((at) => ({ text: `${at}`, url: `https://link-${at}.example.com/${path}` }));
    const { body: sent, headers } = ntfyNotifier.request(given, tidied(notice("en", { body, links })), NOW);
    const reply: Reply = take({ method: "POST", path: "/", query: new URLSearchParams(), headers, body: sent }, NOW);
    assert.equal(reply.status, 200, reply.body);
    assert.ok(sent.includes(links[0]!.url));
  }
});

test("TwiML holds what a call takes, whatever XML makes of the text", () => {
  const given = { url: "https://a.example", to: "+8613800000000", form: "twiml", fields: { to: "To", text: "T" } };
  const parsed = voiceNotifier.params.safeParse({ ...given, encoding: "form" });
  assert.ok(parsed.success);
  const { body } = voiceNotifier.request(parsed.data as never, tidied(notice("en", { body: '"'.repeat(4_000) })), NOW);
  assert.ok(new URLSearchParams(body).get("T")!.length <= 4_000);
});

test("clouds' own addresses are metadata, and metadata and link-local are opened by the address alone", () => {
  for (const address of ["168.63.129.16", "169.254.170.23", "192.0.0.192", "fd00:ec2::23", "fd20:ce::254"])
    assert.equal(insideOf(address), "metadata", address);
  assert.equal(insideOf("::ffff:0:127.0.0.1"), "loopback");
  for (const allow of ["0.0.0.0/0", "169.254.0.0/16"])
    assert.equal(forbidden("169.254.1.1", "169.254.1.1", [allow]), "link-local", allow);
  assert.equal(forbidden("169.254.1.1", "169.254.1.1", ["169.254.1.1"]), undefined);
  assert.equal(forbidden("10.0.0.1", "10.0.0.1", ["10.0.0.0/8"]), undefined);
});
