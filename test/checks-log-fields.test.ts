import assert from "node:assert/strict";
import { appendFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import type { Measured } from "../src/model/check.ts";
import { clockAt, contextOf, folder, here, measure, said } from "./suites/check-context.ts";

const NOW = Date.UTC(2026, 10, 20, 8);
const line = (secondsAgo: number, more: object = {}): string =>
  `${JSON.stringify({ time: new Date(NOW - secondsAgo * 1_000).toISOString(), level: "info", ...more })}\n`;
const valueOf = (measured: Measured): unknown => (measured.kind === "value" ? measured.value : said(measured));

async function log(t: TestContext) {
  const path = join(folder(t), "api.log");
  writeFileSync(path, "");
  const context = contextOf(await here(t), { clock: clockAt(NOW) });
  return {
    path,
    write: (text: string) => appendFileSync(path, text),
    ask: (params: object) => measure("log-fields", { files: path, window: "5m", ...params }, context),
  };
}

const failed = { where: { field: ".res.status", min: 500 } };

test("log fields: share and rate of a status within the window, lines before it do not count [H-062]", async (t) => {
  const { write, ask } = await log(t);
  for (let at = 3_000; at > 300; at -= 1) write(line(at, { res: { status: 500 } }));
  for (let at = 0; at < 95; at += 1) write(line(300 - at, { res: { status: 200 } }));
  for (let at = 0; at < 5; at += 1) write(line(60 - at, { res: { status: 502 } }));
  assert.equal(valueOf(await ask(failed)), 5);
  assert.equal(valueOf(await ask({ ...failed, measure: "rate" })), 1);
  assert.equal(valueOf(await ask({ measure: "rate", where: { field: "level", is: ["INFO"] } })), 20);
});

test("log fields: one error in a quiet night is no share; a wrong name, no JSON and a clock ahead are unknown", async (t) => {
  const { path, write, ask } = await log(t);
  assert.equal(valueOf(await ask(failed)), 0);
  write(line(10, { res: { status: 500 } }));
  assert.equal(valueOf(await ask(failed)), 5);
  assert.equal(valueOf(await ask({ ...failed, least: 1 })), 100);
  assert.equal(valueOf(await ask({ where: { field: ".status", min: 500 } })), "unknown absent");
  write("Traceback\n  at x\n  at y\n");
  assert.equal(valueOf(await ask(failed)), "unknown unparsable");
  writeFileSync(path, line(-28_800));
  assert.equal(valueOf(await ask({ where: { field: "level", is: ["error"] } })), "unknown unparsable");
  assert.equal(valueOf(await ask({ files: `${path}.none`, ...failed })), "unknown absent");
});

test("log fields: a p99 is a value that was seen, in seconds; silence fails where it is asked for", async (t) => {
  const { write, ask } = await log(t);
  for (let at = 1; at <= 200; at += 1) write(line(290, { took: at }));
  const p99 = { measure: "quantile", of: { field: "took" } };
  assert.equal(valueOf(await ask(p99)), 0.198);
  assert.equal(valueOf(await ask({ ...p99, of: { field: "took", unit: "s", quantile: 0.5 } })), 100);
  assert.equal(valueOf(await ask({ ...p99, of: { field: "none" } })), "unknown absent");
  assert.equal(valueOf(await ask({ ...p99, silence: "1m" })), "fail log-silent");
  assert.equal(valueOf(await ask({ ...p99, silence: "10m" })), 0.198);
});

test("log fields: lines with every required field, of all lines [H-062]", async (t) => {
  const { write, ask } = await log(t);
  write(line(20, { service: "api", trace: "1" }) + line(19, { service: "api" }) + line(18, { trace: "2" }) + "plain\n");
  assert.equal(valueOf(await ask({ measure: "complete", required: ["level", ".service", "/trace"] })), 25);
});

test("log fields: what was rotated away within the window counts, packed or not; more than may be read is unknown", async (t) => {
  const { path, write, ask } = await log(t);
  write(line(200, { level: "error" }).repeat(10));
  renameSync(path, `${path}.2`);
  writeFileSync(`${path}.2.gz`, gzipSync(line(200, { level: "error" }).repeat(10)));
  renameSync(`${path}.2`, `${path}.1`);
  writeFileSync(`${path}.1`, line(100, { level: "error" }).repeat(10));
  writeFileSync(path, line(10).repeat(20));
  const errors = { where: { field: "level", is: ["error", "fatal"] } };
  assert.equal(valueOf(await ask(errors)), 50);
  assert.equal(valueOf(await ask({ ...errors, maxBytes: 100 })), "unknown too-large");
  writeFileSync(`${path}.3.xz`, "x");
  assert.equal(valueOf(await ask(errors)), "unknown packed");
});

test("log fields: times as the common loggers write them, far back in a long file", async (t) => {
  const { path, ask } = await log(t);
  const old = `${JSON.stringify({ ts: (NOW - 3_600_000) / 1_000, level: "error", pad: "x".repeat(200) })}\n`;
  const forms = [
    { time: NOW - 1_000 },
    { ts: (NOW - 1_000) / 1_000 },
    { timestamp: "2026-11-20 07:59:59.5" },
    { "@timestamp": "2026-11-20T15:59:59+08:00" },
    { time: (NOW - 1_000) * 1e6 },
  ];
  writeFileSync(
    path,
    old.repeat(20_000) + forms.map((form) => `${JSON.stringify({ ...form, level: "error" })}\n`).join(""),
  );
  const found = await ask({ measure: "rate", where: { field: "level", is: ["error"] } });
  assert.equal(valueOf(found), 1);
});
