// Mail over a real SMTP server on loopback: encryption, accounts, replies, and what a reader's program gets.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { emailNotifier } from "../src/kinds/notifiers/email.ts";
import { send } from "../src/kinds/notifiers/send/send.ts";
import { tidied, type Delivery, type Notice } from "../src/model/notice.ts";
import type { NotifierPorts } from "../src/model/notifier.ts";
import { systemClock } from "../src/model/time.ts";
import { channelOf, notice, portsOf } from "./kit/notice.ts";
import { certificate, mailServer, type ServerOptions } from "./kit/wire/smtp.ts";
import { needs } from "./live/needs.ts";

const reasonOf = (delivery: Delivery): string =>
  delivery.kind === "delivered" ? "delivered" : `${delivery.kind} ${delivery.reason}`;
const resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 as const }]);
const ACCOUNT = { user: "watch", password: "s3cr3t-mail-password" };

const params = (port: number, more = {}) => ({
  host: "mail.example.com",
  port,
  from: "watch@example.com",
  to: ["ops@example.com"],
  ...more,
});

/** A server of its own, and a way to send through it that trusts its certificate. */
async function post(t: TestContext, pair: ReturnType<typeof certificate>, options: ServerOptions = {}) {
  const { port, taken } = await mailServer(t, pair, options);
  const ports = (more: Partial<NotifierPorts> = {}) =>
    portsOf(
      { password: ACCOUNT.password, wrong: "s3cr3t-other" },
      { resolve, file: () => Promise.resolve(pair.cert), ...more },
    );
  const mail = (more = {}, one: Notice = notice(), given = {}) =>
    send(channelOf("email", params(port, more), { ca: "ca.pem", ...given }), one, ports());
  return { taken, mail, port };
}

/** A header of a raw mail, unfolded. */
const header = (raw: string, name: string): string =>
  new RegExp(`^${name}:(.*(?:\\r\\n[ \\t].*)*)`, "im")
    .exec(raw)?.[1]
    ?.replaceAll(/\r\n[ \t]+/g, " ")
    .trim() ?? "";

/** Words of RFC 2047 in UTF-8, base64 or quoted. */
const decoded = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, form: string, word: string) =>
      form.toUpperCase() === "B"
        ? Buffer.from(word, "base64").toString("utf8")
        : decodeURIComponent(word.replaceAll("_", " ").replaceAll(/=([0-9A-F]{2})/gi, "%$1")),
    );

test("mail goes over STARTTLS with an account, its subject in UTF-8, tied to its group [S-033]", async (t) => {
  if (!needs(t, "openssl")) return;
  const pair = certificate(t);
  const { mail, taken } = await post(t, pair, { account: ACCOUNT });
  const login = { user: ACCOUNT.user, password: { secret: "password" } };
  const one = notice("zh", { title: "SilkTalk Alert：节点 db-1 磁盘 91 %", rank: 0 });
  const first = await mail(login, one);
  assert.ok(first.kind === "delivered" && first.receipt?.startsWith("250") === true, JSON.stringify(first));
  await mail(login, { ...one, id: "n-2", event: "resolve" });
  await mail(login, one);
  const [fire, over, again] = taken.map(({ raw }) => raw);
  assert.deepEqual(
    taken.map(({ secure, user, to }) => [secure, user, to]),
    [1, 2, 3].map(() => [true, "watch", ["ops@example.com"]]),
  );
  assert.equal(decoded(header(fire!, "Subject")), one.title);
  assert.match(header(fire!, "Auto-Submitted"), /^auto-generated$/);
  assert.match(header(fire!, "Importance"), /high/i);
  assert.doesNotMatch(header(over!, "Importance"), /high/i);
  // An attempt again is the same mail; what belongs together has one thread.
  assert.equal(header(again!, "Message-ID"), header(fire!, "Message-ID"));
  assert.notEqual(header(over!, "Message-ID"), header(fire!, "Message-ID"));
  assert.match(header(fire!, "References"), /^<[\w-]+@example\.com>$/);
  assert.equal(header(over!, "References"), header(fire!, "References"));
  const wrong = await mail({ ...login, password: { secret: "wrong" } }, one);
  assert.equal(reasonOf(wrong), "refused smtp-login");
  assert.doesNotMatch(JSON.stringify(wrong), /s3cr3t/);
});

test("without encryption nothing goes, unless the channel says so; a foreign certificate is not taken", async (t) => {
  if (!needs(t, "openssl")) return;
  const pair = certificate(t);
  const open = await post(t, pair, { open: true });
  assert.equal(reasonOf(await open.mail()), "refused smtp-no-tls");
  assert.equal(open.taken.length, 0);
  assert.equal(reasonOf(await open.mail({ tls: "none" })), "delivered");
  assert.equal(open.taken[0]!.secure, false);
  const implicit = await post(t, pair, { implicit: true });
  assert.equal(reasonOf(await implicit.mail({ tls: "implicit" })), "delivered");
  assert.equal(implicit.taken[0]!.secure, true);
  const foreign = channelOf("email", params(implicit.port, { tls: "implicit" }));
  assert.equal(reasonOf(await send(foreign, notice(), portsOf({}, { resolve }))), "later tls");
  const inTheOpen = emailNotifier.params.safeParse(params(25, { tls: "none", user: "a", password: { secret: "b" } }));
  assert.ok(!inTheOpen.success && JSON.stringify(inTheOpen.error.issues).includes("password-in-the-open"));
});

test("4xx is later, 5xx refused; who was not told is named", async (t) => {
  if (!needs(t, "openssl")) return;
  const pair = certificate(t);
  const to = { to: ["ops@example.com", "gone@example.com"] };
  const cases = [
    [{ data: 452 }, "later smtp-busy"],
    [{ data: 554 }, "refused smtp-refused"],
    [{ recipient: () => 451 }, "later smtp-busy"],
    [{ recipient: () => 550 }, "refused smtp-refused"],
    [{ recipient: (address: string) => (address.startsWith("gone") ? 550 : 0) }, "refused smtp-some"],
    [{ recipient: (address: string) => (address.startsWith("gone") ? 450 : 0) }, "later smtp-some-busy"],
  ] as const;
  for (const [options, wanted] of cases) {
    const { mail } = await post(t, pair, options);
    const delivery = await mail(to);
    assert.equal(reasonOf(delivery), wanted, JSON.stringify(delivery));
    if (delivery.kind !== "delivered" && wanted.includes("some"))
      assert.deepEqual(delivery.args["names"], ["gone@example.com"]);
  }
});

test("a mail server that says nothing is later at the limit, and left; one inside is refused unless allowed", async (t) => {
  const heard = Promise.withResolvers<Socket>();
  const silent = createServer((socket) => heard.resolve(socket.resume())).listen(0, "127.0.0.1");
  await once(silent, "listening");
  t.after(() => silent.close());
  const { port } = silent.address() as AddressInfo;
  const rings: (() => void)[] = [];
  const clock = { ...systemClock, timer: (_: number, ring: () => void) => (rings.push(ring), () => undefined) };
  const sent = send(channelOf("email", params(port)), notice(), portsOf({}, { resolve, clock }));
  const socket = await heard.promise;
  rings.forEach((ring) => ring());
  assert.equal(reasonOf(await sent), "later no-answer");
  const inside = channelOf("email", params(port), { allow: [] });
  assert.equal(reasonOf(await send(inside, notice(), portsOf({}, { resolve }))), "refused inside-loopback");
  if (!socket.closed) await once(socket, "close");
});

test("what is somebody's text stays text: no header, no receiver, no endless mail comes of it", async (t) => {
  if (!needs(t, "openssl")) return;
  const { mail, taken } = await post(t, certificate(t));
  const title = "disk\r\nBcc: all@example.com\r\n\r\nHello";
  const body = "磁盘满了 \u0000".repeat(200_000);
  assert.equal(
    reasonOf(await mail({}, notice("zh", { title, body, id: "a\r\nX-Evil: 1", group: "g\r\nX-Evil: 2" }))),
    "delivered",
  );
  const { raw, to } = taken[0]!;
  assert.deepEqual(to, ["ops@example.com"]);
  const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
  assert.doesNotMatch(head, /^(?:Bcc|X-Evil)/im);
  assert.match(decoded(header(raw, "Subject")), /^disk Bcc: all@example\.com Hello$/);
  const { text } = emailNotifier.mail(params(25) as never, tidied(notice("zh", { body })));
  assert.ok(Buffer.byteLength(text) <= emailNotifier.limits.bytes + 1);
  assert.ok(text.includes(notice("zh").shortened) && text.includes(notice("zh").links[0]!.url));
});
