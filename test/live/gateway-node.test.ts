// The gateway example by itself: what its manual relies on. Real processes on loopback.
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gatewaySite } from "../kit/gateway-site.ts";
import { until } from "../kit/until.ts";

test("gateway: what was acknowledged survives a kill, and the exchange counts every order once [C-058]", async (t) => {
  const site = await gatewaySite(t);
  const sim = (...words: readonly string[]) => site.gateway("sim", ...words);
  const status = async (): Promise<Record<string, unknown>> => JSON.parse((await sim("status")).out);
  const front = async (): Promise<Record<string, unknown>> =>
    JSON.parse((await site.gateway("sim-front", "front", "state")).out);
  await site.gateway("sim-front", "front", "up");
  assert.equal((await sim("up")).code, 0);
  const acked = join(site.dir, "runtime", "acked.ids");
  const load = sim("order", "--count", "100000", "--prefix", "load", "--within", "60", "--acked", acked);
  await until(async () => Number((await status())["orders"]) > 500);
  assert.equal((await sim("fence")).code, 0);
  assert.equal((await load).code, 3, "not all of them were taken");
  const kept = readFileSync(acked, "utf8").trimEnd().split("\n");
  assert.ok(kept.length > 100, String(kept.length));

  await t.test("replay: nothing acknowledged is missing, a line that was being written is cut off", async () => {
    appendFileSync(join(site.dir, "sites", "sim", "wal", "orders.wal"), '0123abcd {"n":9');
    assert.equal((await sim("up")).code, 0);
    const now = await status();
    assert.ok(Number(now["replayed"]) >= kept.length, JSON.stringify(now));
    const missing = JSON.parse((await sim("missing", "--acked", acked)).out) as Record<string, unknown>;
    assert.equal(missing["missing"], 0);
  });

  await t.test("the exchange has every order of the log, each once, also those it gets again", async () => {
    await until(async () => (await status())["unconfirmed"] === 0);
    const { orders } = await status();
    assert.equal((await front())["orders"], orders);
    await site.gateway("sim-front", "front", "off");
    await until(async () => (await status())["status"] === "unhealthy");
    assert.equal((await sim("order", "--count", "5", "--prefix", "dropped")).code, 0, "orders are taken meanwhile");
    await site.gateway("sim-front", "front", "on");
    await until(async () => (await status())["unconfirmed"] === 0);
    assert.equal((await front())["orders"], Number(orders) + 5);
    await sim("down");
    await sim("up");
    await until(async () => (await status())["unconfirmed"] === 0);
    const { orders: counted, repeated } = await front();
    assert.deepEqual([counted, Number(repeated) >= Number(orders)], [Number(orders) + 5, true]);
  });

  await t.test("a damaged record keeps it from starting: nothing is guessed", async () => {
    await sim("down");
    const file = join(site.dir, "sites", "sim", "wal", "orders.wal");
    const bytes = readFileSync(file);
    bytes[20]! ^= 1;
    writeFileSync(file, bytes);
    assert.equal((await sim("up")).code, 3);
    assert.match(
      readFileSync(join(site.dir, "sites", "sim", "gateway.log"), "utf8"),
      /"failed":"wal-damaged","record":1/,
    );
  });
});

test("gateway: two halves of a pair are never both primary", async (t) => {
  const site = await gatewaySite(t);
  await site.gateway("prodlike-front", "front", "up");
  for (const half of ["prodlike-a", "prodlike-b"]) assert.equal((await site.gateway(half, "up")).code, 0);
  const refused = await site.gateway("prodlike-b", "promote");
  assert.equal(refused.code, 3, refused.out);
  assert.match(refused.err, /EADDRINUSE/);
  assert.equal(JSON.parse((await site.gateway("prodlike-b", "status")).out).role, "standby");
  await site.gateway("prodlike-a", "fence");
  assert.equal((await site.gateway("prodlike-b", "promote")).code, 0);
  assert.equal((await site.gateway("prodlike-a", "up")).code, 3, "the old primary cannot take the address back");
});
