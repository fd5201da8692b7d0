import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { contextOf, here, measure, said } from "./suites/check-context.ts";
import { program, until } from "./suites/child.ts";

/** A server on a free port; closed with its connections when the test ends. */
async function serve(t: TestContext, answer: (socket: Socket) => void): Promise<{ server: Server; address: string }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => undefined);
    answer(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    open.forEach((socket) => socket.destroy());
    server.close();
  });
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A port that nobody listens on. */
async function closedPort(t: TestContext): Promise<string> {
  const { server, address } = await serve(t, () => undefined);
  server.close();
  await once(server, "close");
  return address;
}

/** A listener that never accepts and whose queue is full: further connections neither stand nor fail. */
async function deaf(t: TestContext): Promise<string> {
  const { line } = await program(
    t,
    `const server = require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
       require("node:fs").writeSync(1, String(server.address().port));
       for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
     });`,
  );
  const port = Number(line);
  const fill = Array.from({ length: 4 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  t.after(() => fill.forEach((socket) => socket.destroy()));
  // A queue of one takes two; the others stay half-open.
  await until("two connections", () => fill.filter((socket) => !socket.connecting).length >= 2);
  return `127.0.0.1:${port}`;
}

test("tcp: an open port passes with its time", async (t) => {
  const { address } = await serve(t, () => undefined);
  const got = await measure("tcp", { address, linger: 0.05 }, contextOf(await here(t)));
  assert.ok(got.kind === "value" && got.unit === "seconds" && got.value > 0 && got.value < 1, JSON.stringify(got));
});

test("tcp: refused, reset, hung up and silent are distinct failures", async (t) => {
  const context = contextOf(await here(t));
  const reset = await serve(t, (socket) => socket.resetAndDestroy());
  const closing = await serve(t, (socket) => socket.end());
  const greeting = await serve(t, (socket) => socket.end("220 ready\r\n"));
  const run = async (address: string) => said(await measure("tcp", { address, within: 1 }, context));
  assert.equal(await run(await closedPort(t)), "fail refused");
  assert.equal(await run(reset.address), "fail reset");
  assert.equal(await run(closing.address), "fail hung-up");
  assert.equal(await run(greeting.address), "value");
  assert.equal(await run(await deaf(t)), "fail no-answer");
});

test("tcp: of several addresses the ones that fail are named [S-007]", async (t) => {
  const [one, two] = [await serve(t, () => undefined), await serve(t, () => undefined)];
  const gone = await closedPort(t);
  const params = { address: [one.address, gone, two.address] };
  const got = await measure("tcp", params, contextOf(await here(t)));
  assert.equal(said(got), "fail refused");
  assert.deepEqual(got.facts, { tried: 3, answered: 2, failed: gone });
  assert.deepEqual(got.kind === "state" && got.args, { address: [gone] });
});

test("tcp: a name that does not exist is a failure of its own", async (t) => {
  const got = await measure("tcp", { address: "no-such-host.invalid:80", within: 8 }, contextOf(await here(t)));
  // Without any name service here, nothing can be said about the name.
  assert.ok(["fail name-unknown", "unknown unreachable"].includes(said(got)), JSON.stringify(got));
});

test("tcp: the probe's own limit leaves it unknown", async (t) => {
  const stop = new AbortController();
  const address = await deaf(t);
  const running = measure("tcp", { address, within: 60 }, contextOf(await here(t), { signal: stop.signal }));
  setImmediate(() => stop.abort(new DOMException("limit", "TimeoutError")));
  assert.equal(said(await running), "unknown timeout");
});
