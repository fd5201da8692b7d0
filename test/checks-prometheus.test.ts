// The answers that Prometheus can give, from a stand-in that says them on request; the real one is asked in test/live.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import type { CheckContext, Measured } from "../src/model/check.ts";
import { contextOf, here, measure, said } from "./suites/check-context.ts";

interface Asked {
  readonly request: IncomingMessage;
  readonly form: URLSearchParams;
}

/** A stand-in that answers everything with this status and body, and keeps what it was asked. */
async function standIn(t: TestContext, body: unknown, status = 200) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let sent = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (sent += chunk));
    request.on("end", () => {
      asked.push({ request, form: new URLSearchParams(sent) });
      response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const success = (resultType: string, result: unknown, more: object = {}) => ({
  status: "success",
  data: { resultType, result },
  ...more,
});
const series = (value: unknown, metric: object = {}) => ({ metric, value: [1_700_000_000.1, value] });

async function ask(
  t: TestContext,
  body: unknown,
  { params = {}, status = 200, over = {} }: { params?: object; status?: number; over?: Partial<CheckContext> } = {},
): Promise<Measured> {
  const { url } = await standIn(t, body, status);
  return measure("prometheus", { url, query: "up", within: 2, ...params }, contextOf(await here(t), over));
}

const valueOf = (measured: Measured): unknown => (measured.kind === "value" ? measured.value : said(measured));

test("a query is sent as a form below the address, with its headers; a secret by its name", async (t) => {
  const { url, asked } = await standIn(t, success("scalar", [1, "0.25"]));
  const params = {
    url: `${url}/prom/`,
    query: 'sum(rate(errors{code=~"5.."}[1m])) & more',
    headers: { authorization: { secret: "prom-token" }, "x-scope": "a" },
  };
  const secret = (name: string) => Promise.resolve(`Bearer of ${name}`);
  const got = await measure("prometheus", params, contextOf(await here(t), { secret }));
  assert.equal(valueOf(got), 0.25);
  const [{ request, form }] = asked as [Asked];
  assert.deepEqual([request.method, request.url], ["POST", "/prom/api/v1/query"]);
  assert.deepEqual([...form], [["query", params.query]]);
  assert.deepEqual([request.headers.authorization, request.headers["x-scope"]], ["Bearer of prom-token", "a"]);
  assert.ok(!JSON.stringify(got).includes("Bearer"));
});

test("a vector gives its worst series by the side that is bad, named by its labels", async (t) => {
  const body = success("vector", [
    series("3", { __name__: "errors", instance: "a" }),
    series("7.5", { __name__: "errors", instance: "b", code: "500" }),
    series("1", { instance: "c" }),
  ]);
  const high = await ask(t, body);
  assert.equal(valueOf(high), 7.5);
  assert.deepEqual([high.facts?.["labels"], high.facts?.["series"]], ['errors{instance="b", code="500"}', 3]);
  const low = await ask(t, body, { over: { bands: { bad: "below", critical: 0 } } });
  assert.deepEqual([valueOf(low), low.facts?.["labels"]], [1, '{instance="c"}']);
});

test("an empty answer is unknown, unless the book says what it means", async (t) => {
  const empty = success("vector", []);
  assert.equal(said(await ask(t, empty)), "unknown absent");
  assert.equal(valueOf(await ask(t, empty, { params: { absent: 0 } })), 0);
  assert.equal(valueOf(await ask(t, success("vector", [series("4")]), { params: { absent: 0 } })), 4);
});

test("what is no number, a warning, an error, or no answer is unknown with its reason, never a failure of what is measured", async (t) => {
  const one = (value: unknown) => success("vector", [series("1", { i: "a" }), series(value, { i: "b" })]);
  for (const value of ["NaN", "+Inf", "-Inf", ""])
    assert.equal(said(await ask(t, one(value))), "unknown unparsable", value);
  const histogram = { metric: {}, histogram: [1, { count: "1" }] };
  const answers: readonly (readonly [body: unknown, status: number, expected: string])[] = [
    [success("vector", [histogram]), 200, "unknown unparsable"],
    [success("vector", [series("1")], { warnings: ["remote read failed"] }), 200, "unknown unparsable"],
    [success("matrix", []), 200, "unknown bad-params"],
    [success("string", [1, "x"]), 200, "unknown bad-params"],
    [{ status: "error", errorType: "bad_data", error: "parse error" }, 400, "unknown bad-params"],
    [{ status: "error", errorType: "execution", error: "many-to-many" }, 422, "unknown bad-params"],
    [{ status: "error", error: "said with 200" }, 200, "unknown bad-params"],
    ["nope", 400, "unknown bad-params"],
    ["Unauthorized", 401, "unknown no-permission"],
    ["<html>", 200, "unknown unparsable"],
    [{ status: "success" }, 200, "unknown unparsable"],
    [{ status: "success", data: { resultType: "vector", result: [{}] } }, 200, "unknown unparsable"],
    ["busy", 503, "unknown unreachable"],
    ["moved", 302, "unknown unreachable"],
  ];
  for (const [body, status, expected] of answers)
    assert.equal(said(await ask(t, body, { status })), expected, JSON.stringify([body, status]));
});

test("nobody there, and somebody who is silent: unknown", async (t) => {
  const context = contextOf(await here(t));
  const gone = await measure("prometheus", { url: "http://127.0.0.1:1", query: "up" }, context);
  assert.equal(said(gone), "unknown unreachable");
  const server = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  assert.equal(said(await measure("prometheus", { url, query: "up", within: 0.2 }, context)), "unknown timeout");
});
