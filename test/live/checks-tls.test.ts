import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer as plain, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { createServer, type Server as TlsServer } from "node:tls";
import { judge } from "../../src/model/judge.ts";
import { tlsCheck } from "../../src/kinds/checks/tls.ts";
import type { Measured } from "../../src/model/check.ts";
import { clockAt, contextOf, folder, here, measure, said } from "../suites/check-context.ts";
import { needs } from "./needs.ts";
import { endOf, issue, replace, type Issued } from "./openssl.ts";

const DAY = 86_400_000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY);

const keyPair = ({ chain, key }: Issued) => ({ cert: readFileSync(chain), key: readFileSync(key) });

async function port(t: TestContext, server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Serves a certificate as it is in its files now. */
async function serve(t: TestContext, issued: Issued): Promise<{ address: string; server: TlsServer }> {
  const server = createServer(keyPair(issued), (socket) => socket.on("error", () => undefined).end());
  server.on("tlsClientError", () => undefined);
  return { address: await port(t, server), server };
}

interface Place {
  readonly directory: string;
  readonly root: Issued;
  readonly run: (params: object, wall?: number) => Promise<Measured>;
}

async function place(t: TestContext): Promise<Place> {
  const directory = folder(t);
  const reach = await here(t);
  const root = issue(directory, "Root", { to: inDays(3_650), authority: true });
  return {
    directory,
    root,
    run: (params, wall) =>
      measure(
        "tls",
        { ca: root.certificate, ...params },
        contextOf(reach, wall === undefined ? {} : { clock: clockAt(wall) }),
      ),
  };
}

test("tls: days left are openssl's to the hour, from the port and from the file [M-032 H-053]", async (t) => {
  if (!needs(t, "openssl")) return;
  const { directory, root, run } = await place(t);
  const short = issue(directory, "short", { to: inDays(20.4), issuer: root });
  const long = issue(directory, "long", { to: inDays(60.7), issuer: root });
  const { address } = await serve(t, short);
  const hours = (days: unknown) => Math.round(Number(days) * 24);
  const left = (certificate: string) => Math.round((endOf(certificate) - Date.now()) / 3_600_000);

  const served = await run({ address, measure: "days" });
  assert.ok(served.kind === "value" && served.unit === "days", JSON.stringify(served));
  assert.ok(Math.abs(hours(served.value) - left(short.certificate)) <= 1);
  const stored = await run({ file: long.certificate, measure: "days" });
  assert.ok(
    stored.kind === "value" && Math.abs(hours(stored.value) - left(long.certificate)) <= 1,
    JSON.stringify(stored),
  );
  const both = await run({ address, file: long.certificate });
  assert.ok(Math.abs(hours(both.facts?.["servedDays"]) - left(short.certificate)) <= 1);
  assert.ok(Math.abs(hours(both.facts?.["fileDays"]) - left(long.certificate)) <= 1);
});

test("tls: a new file without a reload is renewed but not served [H-114]", async (t) => {
  if (!needs(t, "openssl")) return;
  const { directory, root, run } = await place(t);
  const live = issue(directory, "live", { from: inDays(-55), to: inDays(5), issuer: root });
  const { address, server } = await serve(t, live);
  const params = { address, file: live.chain, key: live.key };
  assert.equal(said(await run(params)), "value");
  replace(live, issue(directory, "renewed", { to: inDays(60), issuer: root }));
  const renewed = await run(params);
  assert.equal(said(renewed), "fail tls-not-served");
  assert.ok(
    Number(renewed.facts?.["fileDays"]) > 59 && Number(renewed.facts?.["servedDays"]) < 6,
    JSON.stringify(renewed),
  );
  server.setSecureContext(keyPair(live));
  const reloaded = await run(params);
  assert.ok(reloaded.kind === "value" && reloaded.value > 0.9, JSON.stringify(reloaded));
  replace(live, issue(directory, "older", { from: inDays(-80), to: inDays(3), issuer: root }));
  assert.equal(said(await run(params)), "fail tls-differs");
});

test("tls: the share of life left fits certificates of six days and of a year", async (t) => {
  if (!needs(t, "openssl")) return;
  const { directory, root, run } = await place(t);
  const outcome = async (from: number, to: number) => {
    const issued = issue(directory, `life${from}${to}`, { from: inDays(from), to: inDays(to), issuer: root });
    const got = await run({ address: (await serve(t, issued)).address });
    return judge(got.kind === "value" ? got.value : Number.NaN, tlsCheck.bands!).outcome;
  };
  assert.deepEqual(
    [
      await outcome(-2, 4),
      await outcome(-4.5, 1.5),
      await outcome(-5.5, 0.5),
      await outcome(-335, 30),
      await outcome(-15, 30),
    ],
    ["pass", "warn", "fail", "fail", "pass"],
  );
});

test("tls: expired, early, for another name, of another key, without trust: each fails in its own words", async (t) => {
  if (!needs(t, "openssl")) return;
  const { directory, root, run } = await place(t);
  const make = (name: string, wish: object = {}) => issue(directory, name, { to: inDays(90), issuer: root, ...wish });
  const served = async (issued: Issued, more: object = {}) =>
    said(await run({ address: (await serve(t, issued)).address, ...more }));
  const good = make("good", { names: "DNS:chat.example.net,DNS:*.apps.example.net,IP:127.0.0.1" });
  const expired = await run({
    address: (await serve(t, make("expired", { from: inDays(-90), to: inDays(-2) }))).address,
  });
  assert.equal(said(expired), "fail tls-expired");
  assert.ok(
    Number(expired.facts?.["daysLeft"]) < -1.9 && expired.kind === "state" && expired.value! < 0,
    JSON.stringify(expired),
  );
  assert.equal(await served(make("early", { from: inDays(2) })), "fail tls-not-yet-valid");
  assert.equal(await served(good), "value");
  assert.equal(await served(good, { servername: "chat.example.net" }), "value");
  assert.equal(await served(good, { servername: "a.apps.example.net" }), "value");
  assert.equal(await served(good, { servername: "mail.example.net" }), "fail tls-wrong-host");
  const own = issue(directory, "own", { to: inDays(90) });
  assert.equal(await served(own), "fail tls-untrusted");
  assert.equal(await served(own, { trusted: false }), "value");
  assert.equal(said(await run({ file: good.certificate, key: good.key })), "value");
  assert.equal(said(await run({ file: good.certificate, key: own.key })), "fail tls-key-mismatch");
  assert.equal(said(await run({ file: join(directory, "none.pem") })), "unknown absent");
  writeFileSync(join(directory, "odd.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  assert.equal(said(await run({ file: join(directory, "odd.pem") })), "unknown unparsable");
  assert.equal(said(await run({ file: good.certificate, key: join(directory, "odd.pem") })), "unknown unparsable");
});

test("tls: the chain is reported apart from the leaf, and its end is a failure of its own", async (t) => {
  if (!needs(t, "openssl")) return;
  const { directory, root, run } = await place(t);
  const middle = issue(directory, "Middle", { to: inDays(40), issuer: root, authority: true });
  const leaf = issue(directory, "leaf", { to: inDays(90), issuer: middle });
  const { address } = await serve(t, leaf);
  const got = await run({ address });
  assert.equal(said(got), "value");
  assert.ok(
    Math.abs(Number(got.facts?.["servedDays"]) - 90) < 0.1 && Math.abs(Number(got.facts?.["chainDays"]) - 40) < 0.1,
    JSON.stringify(got.facts),
  );
  assert.equal(said(await run({ address }, Date.now() + 50 * DAY)), "fail tls-chain-expired");
  assert.equal(said(await run({ address }, Date.now() + 95 * DAY)), "fail tls-expired");
});

test("tls: no listener, silence and a port that speaks no TLS are distinct", async (t) => {
  if (!needs(t, "openssl")) return;
  const { run } = await place(t);
  const silent = await port(
    t,
    plain((socket) => socket.on("error", () => undefined)),
  );
  const http = await port(
    t,
    plain((socket) => socket.on("error", () => undefined).end("HTTP/1.1 400 Bad Request\r\n\r\n")),
  );
  const closing = await port(
    t,
    plain((socket) => socket.on("error", () => undefined).end()),
  );
  const server = plain();
  const gone = await port(t, server);
  server.close();
  await once(server, "close");
  const outcomes = await Promise.all(
    [silent, http, closing, gone].map(async (address) => said(await run({ address, within: 1 }))),
  );
  assert.deepEqual(outcomes, ["fail no-answer", "fail tls-handshake", "fail tls-handshake", "fail refused"]);
});

test("http: over TLS a certificate that does not hold is a failure of its own [H-053]", async (t) => {
  if (!needs(t, "openssl")) return;
  const { directory, root } = await place(t);
  const { createServer: https } = await import("node:https");
  const context = contextOf(await here(t));
  const run = async (issued: Issued, more: object = {}) => {
    const server = https(keyPair(issued), (_, response) => response.end("secure"));
    const address = await port(t, server);
    return said(
      await measure("http", { url: `https://${address}/`, contains: "secure", ca: root.certificate, ...more }, context),
    );
  };
  assert.equal(await run(issue(directory, "a", { to: inDays(9), issuer: root })), "value");
  assert.equal(
    await run(issue(directory, "b", { to: inDays(9), issuer: root, names: "DNS:other.example" })),
    "fail http-tls",
  );
  assert.equal(await run(issue(directory, "c", { to: inDays(-1), from: inDays(-9), issuer: root })), "fail http-tls");
  assert.equal(await run(issue(directory, "d", { to: inDays(9) })), "fail http-tls");
});
