// dns, clock, ping, load and version against what really answers on loopback.
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Reach } from "../src/model/target.ts";
import { contextOf, folder, here, measure, said } from "./suites/check-context.ts";
import { needs } from "./live/needs.ts";

/** A UDP server on loopback: answers each packet with what `answer` gives, or not at all. */
async function udp(t: TestContext, answer: (asked: Buffer) => Buffer | undefined): Promise<string> {
  const socket = createSocket("udp4");
  socket.on("message", (asked, { port, address }) => {
    const reply = answer(asked);
    if (reply) socket.send(reply, port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  t.after(() => socket.close());
  return `127.0.0.1:${socket.address().port}`;
}

/** A name server that knows one zone: `records` by `NAME TYPE-NUMBER`, as wire data (RFC 1035, 3 and 4). */
const zone =
  (records: Readonly<Record<string, readonly Buffer[]>>) =>
  (asked: Buffer): Buffer | undefined => {
    const end = asked.indexOf(0, 12) + 1;
    const labels: string[] = [];
    for (let at = 12; (asked[at] ?? 0) > 0; at += asked[at]! + 1)
      labels.push(asked.toString("latin1", at + 1, at + 1 + asked[at]!));
    const name = labels.join(".").toLowerCase();
    if (name === "silent.example") return undefined;
    const type = asked.readUInt16BE(end);
    const found = records[`${name} ${type}`] ?? [];
    const known = Object.keys(records).some((key) => key.startsWith(`${name} `));
    const code = name === "broken.example" ? 2 : known ? 0 : 3;
    const head = Buffer.alloc(12);
    asked.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | code, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(found.length, 6);
    const answers = found.map((data) => {
      const start = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, 0]);
      start.writeUInt16BE(data.length, 10);
      return Buffer.concat([start, data]);
    });
    return Buffer.concat([head, asked.subarray(12, end + 4), ...answers]);
  };
const label = (name: string): Buffer =>
  Buffer.concat([
    ...name.split(".").map((one) => Buffer.from(`${String.fromCharCode(one.length)}${one}`)),
    Buffer.from([0]),
  ]);

test("dns: what the server has, what it does not have, and a server that does not answer are distinct", async (t) => {
  const server = await udp(
    t,
    zone({
      "chat.example 1": [Buffer.from([192, 0, 2, 11]), Buffer.from([192, 0, 2, 10])],
      "chat.example 15": [Buffer.concat([Buffer.from([0, 10]), label("Mail.example")])],
      "broken.example 1": [],
    }),
  );
  const context = contextOf(await here(t));
  const ask = async (params: Record<string, unknown>) =>
    said(await measure("dns", { server, within: 1, ...params }, context));
  const both = ["192.0.2.10", "192.0.2.11"];
  const seen = await measure("dns", { server, name: "chat.example", equals: both.toReversed() }, context);
  assert.ok(seen.kind === "value" && seen.unit === "seconds" && seen.value >= 0, JSON.stringify(seen));
  assert.equal(seen.facts!["records"], both.join(", "));
  assert.equal(await ask({ name: "chat.example", type: "MX", equals: "10 mail.example." }), "value");
  assert.equal(await ask({ name: "chat.example", equals: "192.0.2.10" }), "fail dns-differs");
  assert.equal(await ask({ name: "chat.example", has: "192.0.2.10" }), "value");
  assert.equal(await ask({ name: "chat.example", has: "192.0.2.99" }), "fail dns-differs");
  assert.equal(await ask({ name: "chat.example", type: "TXT" }), "fail dns-no-record");
  assert.equal(await ask({ name: "gone.example" }), "fail dns-no-name");
  assert.equal(await ask({ name: "broken.example" }), "fail dns-refused");
  assert.equal(await ask({ name: "silent.example" }), "fail no-answer");
  assert.equal(await ask({ name: "chat.example", server: "no address" }), "unknown bad-params");
});

/** An answer of a time server whose clock is `ahead` milliseconds before ours (RFC 5905, 7.3). */
const timeServer =
  (ahead: number, stratum = 2) =>
  (): Buffer => {
    const answer = Buffer.alloc(48);
    answer.set([0x24, stratum]);
    const now = (Date.now() + ahead) / 1_000 + 2_208_988_800;
    for (const at of [32, 40]) {
      answer.writeUInt32BE(Math.floor(now), at);
      answer.writeUInt32BE(Math.floor((now % 1) * 2 ** 32), at + 4);
    }
    return answer;
  };

test("clock: how far it is off, a server that knows no time itself, and nothing to compare with [H-029]", async (t) => {
  const context = contextOf(await here(t));
  const at = async (server: string) => measure("clock", { server, within: 1 }, context);
  const right = await at(await udp(t, timeServer(0)));
  assert.ok(right.kind === "value" && right.value < 0.05, JSON.stringify(right));
  const behind = await at(await udp(t, timeServer(90_000)));
  assert.ok(behind.kind === "value" && Math.abs(behind.value - 90) < 1, JSON.stringify(behind));
  assert.ok((behind.facts!["offset"] as number) < -89, "it says to which side");
  assert.equal(said(await at(await udp(t, timeServer(0, 16)))), "fail clock-server-unset");
  assert.equal(said(await at(await udp(t, () => Buffer.from("no time")))), "unknown unparsable");
  assert.equal(said(await at(await udp(t, () => undefined))), "fail no-answer");
  assert.equal(said(await measure("clock", {}, context)), "unknown absent");
});

test("clock: a target with a kernel of its own is asked by date, and the way there is no deviation", async (t) => {
  const local = await here(t);
  const other = (out: string): Reach => ({
    ...local,
    exec: async (argv, options) => ({ ...(await local.exec(["true"], options)), out: argv[0] === "date" ? out : "" }),
    read: () => Promise.resolve(new TextEncoder().encode("00000000-0000-0000-0000-000000000000\n")),
  });
  const off = await measure("clock", {}, contextOf(other(`${(Date.now() / 1_000 + 3).toFixed(9)}\n`)));
  assert.ok(off.kind === "value" && off.value > 1.5 && off.value <= 3, JSON.stringify(off));
  assert.equal(said(await measure("clock", {}, contextOf(other("%N is not known here\n")))), "unknown unparsable");
});

test("ping: loss and time of what answers, and a name that is not there", async (t) => {
  if (!needs(t, "ping")) return;
  const context = contextOf(await here(t));
  const loss = await measure("ping", { host: "127.0.0.1", count: 2 }, context);
  assert.deepEqual([loss.kind === "value" && loss.value, loss.facts!["tried"], loss.facts!["answered"]], [0, 2, 2]);
  const time = await measure("ping", { host: "127.0.0.1", count: 2, measure: "time" }, context);
  assert.ok(time.kind === "value" && time.unit === "seconds" && time.value > 0 && time.value < 1, JSON.stringify(time));
  assert.equal(said(await measure("ping", { host: "no-such-host.invalid", count: 1 }, context)), "fail name-unknown");
});

test("load: the kernel's mean, per CPU and as uptime shows it", async (t) => {
  const context = contextOf(await here(t));
  const whole = await measure("load", { over: "15m", perCpu: false }, context);
  const each = await measure("load", { over: "15m" }, context);
  assert.ok(whole.kind === "value" && each.kind === "value");
  const cpus = each.facts!["cpus"] as number;
  assert.ok(cpus >= 1 && Math.abs(each.value - (each.facts!["load"] as number) / cpus) < 0.01, JSON.stringify(each));
});

test("version: numbers are compared one by one, another product is no newer one, what prints none is unknown [H-020]", async (t) => {
  const context = contextOf(await here(t));
  const program = join(folder(t), "engine");
  const is = async (out: string, limits: Record<string, unknown>) => {
    writeFileSync(program, `#!/bin/sh\necho '${out}' >&2\n`);
    chmodSync(program, 0o700);
    return said(await measure("version", { argv: [program], ...limits }, context));
  };
  assert.equal(await is("engine 2.10.1 (build 7)", { min: "2.9" }), "pass version-right");
  assert.equal(await is("engine 2.9", { min: "2.10" }), "fail version-old");
  assert.equal(await is("engine 16.0-rc1", { min: "15.4", below: "16" }), "fail version-new");
  assert.equal(await is("mysql Ver 15.1 Distrib 10.11.6-MariaDB", { min: "8.0" }), "pass version-right");
  assert.equal(
    await is("mysql Ver 15.1 Distrib 10.11.6-MariaDB", { min: "8.0", product: "Ver 8" }),
    "fail version-other",
  );
  assert.equal(await is("engine of many colours", { min: "1" }), "unknown unparsable");
  assert.equal(
    said(await measure("version", { argv: ["no-such-engine"], min: "1" }, context)),
    "unknown command-missing",
  );
});
