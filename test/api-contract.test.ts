// One contract: what is served is described, what is described is committed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { NAMED, namingOf } from "../src/api/access/actions.ts";
import { isInbound } from "../src/api/inbound/may.ts";
import { ask, bookFolder, serving } from "./kit/daemon.ts";

const COMMITTED = join(import.meta.dirname, "..", "docs", "formats", "openapi.json");

test("docs/formats/openapi.json is what /openapi.json says (else: node scripts/openapi.ts)", async (t) => {
  const { url } = await serving(t, bookFolder(t));
  const served = (await ask(url, "/openapi.json")).json;
  const committed = JSON.parse(readFileSync(COMMITTED, "utf8"));
  assert.equal(served.openapi, "3.1.0");
  delete served.info.version;
  delete committed.info.version;
  assert.deepEqual(served, committed);
});

test("every path of the contract answers, and every answer that reads has the shape it promises", async (t) => {
  const { url, socket, daemon } = await serving(t, bookFolder(t));
  const paths = Object.entries<any>((await ask(url, "/openapi.json")).json.paths);
  assert.ok(paths.length >= 14, String(paths.length));
  for (const [path, methods] of paths) {
    if (methods.get === undefined || path.includes("{") || path.endsWith("/stream")) continue;
    // What must be asked for by name has tests of its own.
    if ((methods.get.parameters ?? []).some((one: any) => one.in === "query" && one.required)) continue;
    // Where nothing is configured nobody is led anywhere.
    if (path.startsWith("/api/oidc/")) continue;
    // What belongs to somebody is not told to nobody; the socket is everybody's keeper.
    const free = ["read", "enter"].includes(namingOf(`GET ${path}`).least);
    if (!free) assert.equal((await ask(url, path)).status, 401, path);
    const answer = await ask(free ? url : { socket }, path);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    const wanted = methods.get.responses["200"].content;
    assert.ok(
      Object.keys(wanted).some((type) => String(answer.headers["content-type"]).startsWith(type)),
      path,
    );
  }
  const contract = await import("../src/api/contract.ts");
  const shapes = {
    book: contract.BookNow,
    coverage: contract.Coverage,
    status: contract.Status,
    findings: contract.Findings,
  };
  for (const [name, shape] of Object.entries(shapes)) shape.strict().parse((await ask(url, `/api/v1/${name}`)).json);
  for (const one of (await ask(url, "/api/v1/duties")).json.duties) contract.DutyNow.strict().parse(one);
  for (const one of (await ask(url, "/api/v1/checks")).json.checks) contract.CheckNow.strict().parse(one);
  await daemon.inspect("daily-inspection", { by: "wang" });
  for (const one of (await ask(url, "/api/v1/inspections")).json.inspections) contract.Inspection.strict().parse(one);
});

test("every route names what it does, and nothing else is named", async (t) => {
  const { app } = await serving(t, bookFolder(t));
  const served = app.routes
    .filter(({ method, path }) => method !== "ALL" && !isInbound(path))
    .map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual([...new Set(served)].toSorted(), Object.keys(NAMED).toSorted());
});
