import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as raw, type AddressInfo, type Server } from "node:net";
import { test, type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import type { CheckContext } from "../src/model/check.ts";
import { contextOf, here, measure, said } from "./suites/check-context.ts";

async function listen(t: TestContext, server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    if ("closeAllConnections" in server) (server as unknown as { closeAllConnections(): void }).closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const serve = (t: TestContext, answer: RequestListener): Promise<string> => listen(t, createServer(answer));

/** Answers every request with these bytes as they are. */
const serveRaw = (t: TestContext, bytes: string): Promise<string> =>
  listen(
    t,
    raw((socket) => socket.on("error", () => undefined).end(bytes)),
  );

const HEALTH = { json: { at: ".status", equals: "healthy" } };

async function run(
  t: TestContext,
  url: string,
  params: object = {},
  over: Partial<CheckContext> = {},
): Promise<string> {
  return said(await measure("http", { url, within: 2, ...params }, contextOf(await here(t), over)));
}

test("http: the value is the answer time, the status a fact", async (t) => {
  const url = await serve(t, (_, response) => response.end('{"status":"healthy"}'));
  const got = await measure("http", { url: `${url}/health?token=s3cret`, ...HEALTH }, contextOf(await here(t)));
  assert.ok(got.kind === "value" && got.unit === "seconds" && got.value > 0 && got.value < 2, JSON.stringify(got));
  assert.deepEqual([got.facts?.["status"], got.facts?.["url"]], [200, `${url}/health`]);
});

test("http: no field, wrong value, no JSON, status 500, silence and refusal are distinct [S-031]", async (t) => {
  const answers: Record<string, RequestListener> = {
    "/field": (_, response) => response.end('{"state":"healthy"}'),
    "/value": (_, response) => response.end('{"status":"sick"}'),
    "/text": (_, response) => response.end("healthy"),
    "/500": (_, response) => response.writeHead(500).end('{"status":"healthy"}'),
    "/silent": () => undefined,
    "/slow": (_, response) => void response.write('{"status":'),
  };
  const url = await serve(t, (request, response) => answers[request.url!]!(request, response));
  const gone = await serve(t, () => undefined);
  const health = async (path: string) => run(t, url + path, { ...HEALTH, within: 0.5 });
  const closed = createServer();
  const refused = await listen(t, closed);
  closed.close();
  assert.deepEqual(
    [
      await health("/field"),
      await health("/value"),
      await health("/text"),
      await health("/500"),
      await health("/silent"),
      await health("/slow"),
      await run(t, refused, HEALTH),
    ],
    [
      "fail http-json-lacks",
      "fail http-json-value",
      "unknown unparsable",
      "fail http-status",
      "fail no-answer",
      "fail no-answer",
      "fail refused",
    ],
  );
  assert.equal(await run(t, gone, { within: 0.2 }), "fail no-answer");
});

test("http: the whole answer counts: body, headers and status as the book wants them", async (t) => {
  const url = await serve(t, (request, response) => {
    response.writeHead(request.url === "/old" ? 410 : 200, {
      "x-cache": "HIT from a",
      "content-type": "text/html; charset=gbk",
    });
    response.end(
      Buffer.concat([Buffer.from("<h1>"), Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), Buffer.from("</h1> version 2.14")]),
    );
  });
  const cases: readonly (readonly [object, string])[] = [
    [{ contains: "你好" }, "value"],
    [{ contains: ["<h1>", "goodbye"] }, "fail http-body-lacks"],
    [{ excludes: "<h1>" }, "fail http-body-has"],
    [{ excludes: "stack trace" }, "value"],
    [{ matches: "version 2\\.\\d+" }, "value"],
    [{ matches: "version 3" }, "fail http-body-lacks"],
    [{ responseHeaders: { "X-Cache": "^HIT" } }, "value"],
    [{ responseHeaders: { "X-Cache": "^MISS" } }, "fail http-header"],
    [{ responseHeaders: { "Strict-Transport-Security": "max-age" } }, "fail http-header"],
    [{ status: [200, 204] }, "value"],
    [{ status: 204 }, "fail http-status"],
  ];
  for (const [params, wanted] of cases) assert.equal(await run(t, url, params), wanted, JSON.stringify(params));
  assert.equal(await run(t, `${url}/old`, { status: 410 }), "value");
  assert.equal(await run(t, url, { method: "HEAD" }), "value");
});

test("http: a number of the body is judged instead of the time", async (t) => {
  const url = await serve(t, (request, response) =>
    response.end(request.url === "/m" ? "up 1\nerrors: 1.5 %\n" : '{"latency":{"p95":230},"queue":"1,204"}'),
  );
  const value = async (path: string, figure: object) =>
    measure("http", { url: url + path, value: figure }, contextOf(await here(t)));
  const shown = async (path: string, figure: object) => {
    const got = await value(path, figure);
    return got.kind === "value" ? `${got.value} ${got.unit}` : said(got);
  };
  assert.equal(await shown("/", { json: ".latency.p95", unit: "seconds", scale: 0.001 }), "0.23 seconds");
  assert.equal(await shown("/", { json: "/queue", unit: "count" }), "1204 count");
  assert.equal(await shown("/m", { regex: "errors: ([0-9.]+) %", unit: "%" }), "1.5 %");
  assert.equal(await shown("/", { json: "/none" }), "unknown unparsable");
  assert.equal(await shown("/m", { regex: "(up)" }), "unknown unparsable");
});

test("http: redirects are followed, counted, bounded, and secrets stay with their origin", async (t) => {
  const seen: (string | undefined)[] = [];
  const other = await serve(t, (request, response) => {
    seen.push(request.headers.authorization);
    response.end("there");
  });
  const url = await serve(t, (request, response) => {
    seen.push(request.headers.authorization);
    const to: Record<string, string> = { "/loop": "/loop", "/away": `${other}/x`, "/bad": "gopher://x/" };
    response.writeHead(302, { location: to[request.url!]! }).end();
  });
  const params = { headers: { Authorization: { secret: "token" } } };
  const secret = { secret: (name: string) => Promise.resolve(`Bearer value-of-${name}`) };
  assert.equal(await run(t, `${url}/away`, { ...params, contains: "there" }, secret), "value");
  assert.deepEqual(seen, ["Bearer value-of-token", undefined]);
  assert.equal(await run(t, `${url}/loop`), "fail http-redirects");
  assert.equal(await run(t, `${url}/loop`, { redirects: 0, status: 302 }), "value");
  assert.equal(await run(t, `${url}/bad`), "fail http-protocol");
  assert.equal(await run(t, url, params), "unknown secret-missing");
});

test("http: what is longer than is read, packed or not, is not judged by its beginning", async (t) => {
  const bomb = gzipSync(Buffer.concat([Buffer.from("begin "), Buffer.alloc(200_000_000, 32)]), { level: 9 });
  const url = await serve(t, (request, response) => {
    if (request.url === "/bomb") return void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    if (request.url === "/odd") return void response.writeHead(200, { "content-encoding": "zstd-x" }).end("x");
    if (request.url === "/lie") return void response.writeHead(200, { "content-encoding": "gzip" }).end("not packed");
    response.end(`begin ${" ".repeat(600_000)} end`);
    return undefined;
  });
  const before = process.memoryUsage().rss;
  assert.equal(await run(t, `${url}/bomb`, { contains: "begin", within: 20 }), "value");
  assert.equal(await run(t, `${url}/bomb`, { contains: "end", within: 20 }), "unknown too-large");
  assert.ok(process.memoryUsage().rss - before < 150_000_000, "the bomb was unpacked");
  assert.equal(await run(t, url, { contains: "end" }), "unknown too-large");
  assert.equal(await run(t, url, { contains: "end", maxBytes: "1 MB" }), "value");
  assert.equal(await run(t, `${url}/odd`, { contains: "x" }), "unknown unparsable");
  assert.equal(await run(t, `${url}/lie`, { contains: "x" }), "fail http-protocol");
});

test("http: what is no HTTP, or breaks off, is a failure of its own", async (t) => {
  assert.equal(await run(t, await serveRaw(t, "SSH-2.0-OpenSSH_9.2\r\n")), "fail http-protocol");
  assert.equal(
    await run(t, await serveRaw(t, `HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}\r\n\r\n`)),
    "fail http-protocol",
  );
  assert.equal(
    await run(t, await serveRaw(t, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), { contains: "x" }),
    "fail reset",
  );
  assert.equal(
    await run(
      t,
      await listen(
        t,
        raw((socket) => socket.resetAndDestroy()),
      ),
    ),
    "fail reset",
  );
});

test("http: an expression that never comes to an end is cut off", async (t) => {
  const url = await serve(t, (_, response) => response.end(`${"a".repeat(50)}!`));
  assert.equal(await run(t, url, { matches: "^(a+)+$", within: 5 }), "unknown timeout");
});

test("http: who answers for ever, endlessly, with ten thousand headers or with broken TLS costs a bounded time and memory", async (t) => {
  const drops = new Set<NodeJS.Timeout>();
  t.after(() => drops.forEach((timer) => clearInterval(timer)));
  const url = await serve(t, (request, response) => {
    if (request.url === "/gigabyte") {
      const part = Buffer.alloc(1_048_576, 32);
      let left = 1_024;
      const more = (): void => {
        while (left-- > 0 && !response.destroyed) if (!response.write(part)) return void response.once("drain", more);
        response.end();
      };
      return more();
    }
    const timer = setInterval(() => response.write("."), 20);
    drops.add(timer);
    response.once("close", () => clearInterval(timer));
    return undefined;
  });
  const before = process.memoryUsage().rss;
  assert.equal(await run(t, `${url}/gigabyte`), "value");
  assert.equal(await run(t, `${url}/gigabyte`, { contains: "x", within: 20 }), "unknown too-large");
  assert.ok(process.memoryUsage().rss - before < 150_000_000, "the gigabyte was read");
  assert.equal(await run(t, `${url}/drip`, { contains: "x", within: 0.5 }), "fail no-answer");
  // A line of the head every now and then is no answer either.
  const head = await listen(
    t,
    raw((socket) => {
      const timer = setInterval(() => socket.write("x: y\r\n"), 20);
      drops.add(timer);
      socket.on("error", () => undefined).on("close", () => clearInterval(timer));
      socket.write("HTTP/1.1 200 OK\r\n");
    }),
  );
  assert.equal(await run(t, head, { within: 0.5 }), "fail no-answer");
  const headers = Array.from({ length: 10_000 }, (_, n) => `x-${n}: ${n}\r\n`).join("");
  assert.equal(await run(t, await serveRaw(t, `HTTP/1.1 200 OK\r\n${headers}\r\n`)), "fail http-protocol");
  const broken = await serveRaw(t, "HTTP/1.1 200 OK\r\n\r\n");
  assert.equal(await run(t, broken.replace("http:", "https:")), "fail http-tls");
});
