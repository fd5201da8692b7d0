// One request as a step, against real servers on loopback.
import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as listen, type AddressInfo, type Server } from "node:net";
import { test, type TestContext } from "node:test";
import { planOf } from "./kit/plan.ts";
import { done, given, place, said } from "./suites/step-context.ts";

async function at(t: TestContext, server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (t: TestContext, listener: RequestListener): Promise<string> => at(t, createServer(listener));

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += String(part);
  return text;
}

test("values stand in addresses, headers and JSON as data; a secret only in headers", async (t) => {
  const seen: string[] = [];
  const url = await answering(t, (request, response) => {
    const { "x-token": token, "x-key": key } = request.headers;
    const answer = async (): Promise<void> => {
      seen.push(`${request.method} ${request.url} ${String(token)} ${String(key)} ${await bodyOf(request)}`);
      response.end();
    };
    void answer();
  });
  const here = await place(t);
  const plan = planOf({
    steps: ["step-1"],
    parameters: [{ name: "TOKEN", value: "env:TOKEN", secret: true, type: "secret" }],
  });
  const env = { V: `a&b="c"#`, TOKEN: "s3cret-token" };
  const over = { plan, env, secret: () => Promise.resolve("the-key") };
  const params = {
    method: "PUT",
    url: `${url}/x?a=1`,
    query: { v: { value: "V" } },
    headers: { "X-Token": { value: "TOKEN" }, "X-Key": { secret: "file:/key" } },
    json: { list: [{ value: "V" }, 2], value: null },
  };
  assert.equal(said(await done("http", params, here.context(over))), "ok");
  assert.deepEqual(seen, [
    `PUT /x?a=1&v=a%26b%3D%22c%22%23 s3cret-token the-key {"list":["a&b=\\"c\\"#",2],"value":null}`,
  ]);
  const { kind, params: parsed } = given("http", params);
  const { command } = kind.view(parsed);
  assert.match(command, /^PUT .*\/x\?a=1&v=\$V\nX-Token: \$TOKEN\nX-Key: \$\(file:\/key\)\n\n\{/);
  const leak = { ...params, json: { value: "TOKEN" } };
  assert.equal(said(await done("http", leak, here.context(over))), "failed http-secret-in-body");
  const split = { ...params, headers: { "X-Token": { value: "V" } } };
  const broken = here.context({ ...over, env: { ...env, V: "a\r\nX-Evil: 1" } });
  assert.equal(said(await done("http", split, broken)), "failed http-header-value");
  assert.equal(seen.length, 1);
});

test("the answer is judged by status, body and JSON, and gives outputs", async (t) => {
  const url = await answering(t, (_, response) => response.writeHead(201).end('{"id":7,"state":"queued"}'));
  const here = await place(t);
  const ask = (more: object) => done("http", { method: "POST", url, ...more }, here.context());
  const end = await ask({ outputs: { ID: ".id", STATE: "/state" } });
  assert.deepEqual([said(end), end.outputs], ["ok", { ID: "7", STATE: "queued" }]);
  assert.equal(said(await ask({ expect: { status: 200 } })), "failed http-status");
  assert.equal(said(await ask({ expect: { json: { ".state": "done" } } })), "failed http-json-value");
  assert.equal(said(await ask({ expect: { json: { ".none": 1 } } })), "failed http-json-lacks");
  assert.equal(said(await ask({ expect: { contains: "done" } })), "failed http-body-lacks");
  assert.equal(said(await ask({ expect: { excludes: "queued" } })), "failed http-body-has");
  assert.equal(said(await ask({ outputs: { X: ".x" } })), "failed http-json-lacks");
  const text = await answering(t, (_, response) => response.end("hello"));
  assert.equal(
    said(await done("http", { url: text, expect: { json: { ".a": 1 } } }, here.context())),
    "failed http-unreadable",
  );
});

test("what was never sent is unreachable; a change that was sent and not answered is in doubt, a question is not", async (t) => {
  const here = await place(t);
  const closed = listen();
  const gone = await at(t, closed);
  closed.close();
  await new Promise((resolve) => closed.once("close", resolve));
  assert.equal(said(await done("http", { method: "POST", url: gone }, here.context())), "unreachable http-unreachable");
  const cut = await at(
    t,
    listen((socket) => void socket.once("data", () => socket.destroy())),
  );
  assert.equal(said(await done("http", { method: "POST", url: cut }, here.context())), "unknown http-no-answer");
  assert.equal(said(await done("http", { url: cut }, here.context())), "failed http-no-answer");
  const silent = await at(
    t,
    listen((socket) => void socket.on("error", () => undefined)),
  );
  const slow = { url: silent, timeout: 0.3 };
  assert.equal(said(await done("http", { ...slow, method: "POST" }, here.context())), "unknown http-in-doubt");
  assert.equal(said(await done("http", slow, here.context())), "timeout http-slow");
});

test("a redirect is followed on its own origin only, and never by a request that changes something", async (t) => {
  const other = await answering(t, (_, response) => response.end("other host"));
  const asked: string[] = [];
  const url = await answering(t, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url === "/here") response.writeHead(302, { location: "/there" }).end();
    else if (request.url === "/away") response.writeHead(302, { location: other }).end();
    else response.end("there");
  });
  const here = await place(t);
  assert.equal(said(await done("http", { url: `${url}/here` }, here.context())), "ok");
  assert.equal(said(await done("http", { url: `${url}/away` }, here.context())), "failed http-status");
  assert.equal(said(await done("http", { url: `${url}/here`, method: "POST" }, here.context())), "failed http-status");
  assert.deepEqual(asked, ["GET /here", "GET /there", "GET /away", "POST /here"]);
  assert.doesNotMatch(here.printed(), /other host/);
});
