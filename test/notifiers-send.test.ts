// The effects of a delivery against receivers that misbehave, and addresses that must not be reached.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { send } from "../src/kinds/notifiers/send/send.ts";
import type { Delivery } from "../src/model/notice.ts";
import { systemClock } from "../src/model/time.ts";
import { folder } from "./kit/folder.ts";
import { freePort } from "./kit/port.ts";
import { channelOf, notice, NOW, portsOf } from "./kit/notice.ts";
import { slackApi } from "./kit/wire/chats.ts";
import { listen, plain, wire } from "./kit/wire/server.ts";
import { needs } from "./live/needs.ts";

const reasonOf = (delivery: Delivery): string =>
  delivery.kind === "delivered" ? "delivered" : `${delivery.kind} ${delivery.reason}`;

const to = (url: string, more = {}) => channelOf("webhook", { url }, more);

/** A clock whose timers ring as soon as `ring` is called: a limit is reached without waiting for it. */
function impatient() {
  const rings: (() => void)[] = [];
  const clock = {
    ...systemClock,
    wall: () => NOW,
    timer: (_: number, ring: () => void) => (rings.push(ring), () => undefined),
  };
  return { clock, ring: () => rings.forEach((each) => each()) };
}

/** A server that speaks bytes, not HTTP. */
async function raw(
  t: TestContext,
  answer: (server: Server, write: (text: string, end?: boolean) => void) => void,
): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () =>
      answer(server, (text, end = false) => void (end ? socket.end(text) : socket.write(text))),
    );
    t.after(() => socket.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test("a receiver that never answers, or drips, ends as later at the limit; an abort rejects at once", async (t) => {
  for (const greeting of ["", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhal"]) {
    const heard = Promise.withResolvers<void>();
    const url = await raw(t, (_, write) => {
      write(greeting);
      heard.resolve();
    });
    const { clock, ring } = impatient();
    const sent = send(to(url), notice(), portsOf({}, { clock }));
    await heard.promise;
    ring();
    assert.equal(reasonOf(await sent), "later no-answer");
    const stop = new AbortController();
    const aborted = send(to(url), notice(), portsOf({}, { signal: stop.signal }));
    stop.abort(new Error("shutdown"));
    await assert.rejects(aborted, /shutdown/);
  }
});

test("half an answer, no HTTP, a reset and a refused connection are later: the receiver may have it or not", async (t) => {
  const half = await raw(t, (_, write) => write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhal", true));
  assert.equal(reasonOf(await send(to(half), notice(), portsOf())), "later half-answer");
  const chunk = await raw(t, (_, write) => write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", true));
  assert.equal(reasonOf(await send(to(chunk), notice(), portsOf())), "later half-answer");
  const babble = await raw(t, (_, write) => write("220 mail.example.com ESMTP\r\n"));
  assert.equal(reasonOf(await send(to(babble), notice(), portsOf())), "later no-http");
  const many = "x-a: b\r\n".repeat(10_000);
  const headers = await raw(t, (_, write) => write(`HTTP/1.1 200 OK\r\n${many}\r\n`));
  assert.equal(reasonOf(await send(to(headers), notice(), portsOf())), "later no-http");
  const gone = await raw(t, () => undefined);
  const port = await freePort();
  assert.ok(gone !== "");
  const refused = await send(to(`http://127.0.0.1:${port}/`), notice(), portsOf());
  assert.equal(reasonOf(refused), "later not-reached");
  assert.deepEqual(refused.kind === "later" && refused.args, { host: "127.0.0.1", code: "ECONNREFUSED" });
});

test("of a gigabyte of answer 64 KiB are read, and the connection is closed", async (t) => {
  const part = Buffer.alloc(65_536, "a");
  let written = 0;
  const closed = Promise.withResolvers<void>();
  const url = await listen(t, (_, response) => {
    const more = (): void => {
      while (written < 1 << 30 && response.write(part)) written += part.length;
    };
    response
      .writeHead(200)
      .on("drain", more)
      .on("close", () => closed.resolve());
    more();
  });
  assert.equal(reasonOf(await send(to(url), notice(), portsOf())), "delivered");
  await closed.promise;
  assert.ok(written < 64 << 20, `${written} bytes`);
});

test("redirects are not followed, wherever they lead", async (t) => {
  for (const location of ["http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:1/x", "/again", "nonsense:"]) {
    const { url, requests } = await wire(
      t,
      () => plain(307, "", { location }),
      () => NOW,
    );
    const delivery = await send(to(url), notice(), portsOf());
    assert.equal(reasonOf(delivery), "refused redirect");
    assert.equal(requests.length, 1);
    assert.doesNotMatch(JSON.stringify(delivery), /meta-data/);
  }
});

test("addresses inside are refused unless the channel allows them, however they are written", async (t) => {
  const { url, requests } = await wire(
    t,
    () => plain(200, ""),
    () => NOW,
  );
  const { port } = new URL(url);
  const cases = [
    [`http://127.0.0.1:${port}/`, "loopback"],
    [`http://localhost:${port}/`, "loopback"],
    [`http://2130706433:${port}/`, "loopback"],
    [`http://0x7f.1:${port}/`, "loopback"],
    [`http://0.0.0.0:${port}/`, "loopback"],
    [`http://[::1]:${port}/`, "loopback"],
    [`http://[::ffff:127.0.0.1]:${port}/`, "loopback"],
    [`http://[64:ff9b::7f00:1]:${port}/`, "loopback"],
    ["http://169.254.169.254/latest/meta-data/", "metadata"],
    ["http://[fd00:ec2::254]/", "metadata"],
    ["http://[::ffff:a9fe:a9fe]/", "metadata"],
    ["http://169.254.1.1/", "link-local"],
    ["http://[fe80::1]/", "link-local"],
    ["http://10.1.2.3/", "private"],
    ["http://[fd12::1]/", "private"],
    ["http://224.0.0.1/", "special"],
  ] as const;
  for (const [address, inside] of cases)
    assert.equal(
      reasonOf(await send(to(address, { allow: [] }), notice(), portsOf())),
      `refused inside-${inside}`,
      address,
    );
  assert.equal(requests.length, 0);
  for (const allow of ["127.0.0.1", "127.0.0.0/8"])
    assert.equal(reasonOf(await send(to(url, { allow: [allow] }), notice(), portsOf())), "delivered", allow);
  const named = `http://localhost:${port}/`;
  const resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 as const }]);
  assert.equal(
    reasonOf(await send(to(named, { allow: ["LOCALHOST"] }), notice(), portsOf({}, { resolve }))),
    "delivered",
  );
});

test("a name is judged by every address it has, and the connection goes where was looked: no rebinding", async (t) => {
  const { url, requests } = await wire(
    t,
    () => plain(200, ""),
    () => NOW,
  );
  const at = `http://hook.example.com:${new URL(url).port}/`;
  const answers = (...addresses: readonly string[]) => {
    let asked = 0;
    const resolve = () =>
      Promise.resolve([{ address: addresses[Math.min(asked++, addresses.length - 1)]!, family: 4 as const }]);
    return { resolve, asked: () => asked };
  };
  // The name means this machine when it is looked at, and would mean metadata a moment later: nobody asks again.
  const first = answers("127.0.0.1", "169.254.169.254");
  const allow = ["127.0.0.1"];
  assert.equal(reasonOf(await send(to(at, { allow }), notice(), portsOf({}, { resolve: first.resolve }))), "delivered");
  assert.equal(first.asked(), 1);
  const both = () =>
    Promise.resolve([
      { address: "127.0.0.1", family: 4 as const },
      { address: "10.0.0.1", family: 4 as const },
    ]);
  assert.equal(
    reasonOf(await send(to(at, { allow }), notice(), portsOf({}, { resolve: both }))),
    "refused inside-private",
  );
  // A name that is allowed still does not lead to credentials.
  const metadata = answers("169.254.169.254");
  const byName = to(at, { allow: ["hook.example.com", "169.254.0.0/16"] });
  assert.equal(
    reasonOf(await send(byName, notice(), portsOf({}, { resolve: metadata.resolve }))),
    "refused inside-metadata",
  );
  const none = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
  assert.equal(reasonOf(await send(to(at), notice(), portsOf({}, { resolve: none }))), "later name-unknown");
  assert.equal(requests.length, 1);
});

test("a secret stands nowhere in what is told, also where the receiver sends it back", async (t) => {
  const hook = "/hooks/s3cr3t-hook-token";
  const { url } = await wire(
    t,
    ({ path }) => plain(403, `no such hook: ${path} (s3cr3t-hook-token), Bearer abc`),
    () => NOW,
  );
  const channel = channelOf("mattermost", { url: { secret: "hook" } });
  const delivery = await send(channel, notice(), portsOf({ hook: `${url}${hook}` }));
  assert.equal(reasonOf(delivery), "refused not-taken");
  assert.doesNotMatch(JSON.stringify(delivery), /s3cr3t/);
  const broken = await send(channel, notice(), portsOf({ hook: "s3cr3t-no-address" }));
  assert.equal(reasonOf(broken), "refused no-address");
  const down = await send(channel, notice(), portsOf({ hook: `http://127.0.0.1:1${hook}` }));
  assert.equal(reasonOf(down), "later not-reached");
  assert.doesNotMatch(JSON.stringify([broken, down]), /s3cr3t/);
});

test("a bot of Slack's is judged by what stands in its 200, and waits as long as it is told to", async (t) => {
  const { url } = await wire(t, slackApi("xoxb-1"), () => NOW);
  const bot = (channel: string) => channelOf("slack", { token: { secret: "token" }, channel, api: url });
  assert.deepEqual(await send(bot("C024BE91L"), notice(), portsOf({ token: "xoxb-1" })), {
    kind: "delivered",
    receipt: "1503435956.000247",
  });
  const lost = await send(bot("C0"), notice(), portsOf({ token: "xoxb-1" }));
  assert.ok(lost.kind === "refused" && lost.args["code"] === "channel_not_found", JSON.stringify(lost));
  const busy = await wire(
    t,
    () => plain(200, '{"ok":false,"error":"ratelimited"}', { "retry-after": "12" }),
    () => NOW,
  );
  const put = await send(
    channelOf("slack", { token: { secret: "token" }, channel: "C1", api: busy.url }),
    notice(),
    portsOf({ token: "xoxb-1" }),
  );
  assert.ok(put.kind === "later" && put.afterMs === 12_000, JSON.stringify(put));
});

test("limits that stand in a 200, and the vendors' own waiting times", async (t) => {
  const cases = [
    ["dingtalk", '{"errcode":130101,"errmsg":"send too fast"}', "later robot-busy", 600_000],
    ["dingtalk", '{"errcode":310000,"errmsg":"sign not match"}', "refused robot-check", 0],
    ["wecom", '{"errcode":45009,"errmsg":"api freq out of limit"}', "later robot-busy", 60_000],
    ["wecom", '{"errcode":93000,"errmsg":"invalid webhook url"}', "refused robot-gone", 0],
    ["feishu", '{"code":11232,"msg":"frequency limited"}', "later robot-busy", 15_000],
    ["feishu", '{"code":9499,"msg":"too many request"}', "later robot-busy", 60_000],
    ["feishu", '{"code":19021,"msg":"sign match fail"}', "refused robot-sign", 0],
    ["feishu", '{"StatusCode":0,"StatusMessage":"success"}', "delivered", 0],
    ["wecom", "<html>a captive portal</html>", "later unreadable", 60_000],
    [
      "teams",
      "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429",
      "later limited",
      60_000,
    ],
    ["mattermost", "<html>signed out</html>", "later unreadable", 60_000],
  ] as const;
  for (const [kind, body, wanted, afterMs] of cases) {
    const { url } = await wire(
      t,
      () => plain(200, body),
      () => NOW,
    );
    const delivery = await send(channelOf(kind, { url: { secret: "hook" } }), notice(), portsOf({ hook: url }));
    assert.equal(reasonOf(delivery), wanted, kind);
    if (delivery.kind === "later") assert.equal(delivery.afterMs, afterMs, kind);
  }
  const dated = { "retry-after": "Fri, 20 Nov 2026 19:05:11 GMT", date: "Fri, 20 Nov 2026 19:03:11 GMT" };
  const { url } = await wire(
    t,
    () => plain(429, "", dated),
    () => NOW,
  );
  const delivery = await send(to(url), notice(), portsOf());
  assert.ok(delivery.kind === "later" && delivery.afterMs === 120_000, JSON.stringify(delivery));
});

test("a certificate that nobody vouches for is refused, and accepted with its authority named", async (t) => {
  if (!needs(t, "openssl")) return;
  const at = folder(t);
  const files = ["-keyout", join(at, "key.pem"), "-out", join(at, "cert.pem")];
  const names = ["-subj", "/CN=hook.example.com", "-addext", "subjectAltName=DNS:hook.example.com"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...files, ...names], {
    stdio: "pipe",
  });
  const pem = (name: string) => readFileSync(join(at, name), "utf8");
  const server = createTlsServer({ key: pem("key.pem"), cert: pem("cert.pem") }, (_, response) => response.end("{}"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 as const }]);
  const ports = portsOf({}, { resolve, file: () => Promise.resolve(pem("cert.pem")) });
  const secure = (host: string, more = {}) => to(`https://${host}:${port}/`, more);
  assert.equal(reasonOf(await send(secure("hook.example.com"), notice(), ports)), "later tls");
  assert.equal(reasonOf(await send(secure("hook.example.com", { ca: "ca.pem" }), notice(), ports)), "delivered");
  assert.equal(reasonOf(await send(secure("other.example.com", { ca: "ca.pem" }), notice(), ports)), "later tls");
});
