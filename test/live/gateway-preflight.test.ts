// The gateway's preflight: each thing that can be wrong, broken by itself, is found by its own name.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gatewaySite, type GatewaySite } from "../kit/gateway-site.ts";
import { needs } from "./needs.ts";

const ALL = [
  ...["fields", "environment", "credentials", "front", "api", "clock", "disk"],
  ...["certificate", "calendar", "session", "wal"],
];

interface Wrong {
  readonly check: string;
  readonly found: string;
}

/** What is wrong with a site: nothing, or each thing with what was found. */
async function looked(site: GatewaySite, env = "sim"): Promise<readonly Wrong[]> {
  const config = join(site.dir, "sites", "sim", "gateway.json");
  const { code, out, err } = await site.gateway("sim", "preflight", "--env", env, "--config", config);
  if (code === 0) {
    assert.deepEqual(JSON.parse(out).checked, ALL);
    return [];
  }
  const { failed, wrong } = JSON.parse(err) as { failed: string; wrong: Wrong[] };
  assert.deepEqual([failed, code], ["preflight", 3]);
  return wrong;
}

const checks = (wrong: readonly Wrong[]): readonly string[] => wrong.map(({ check }) => check);

/** A site whose configuration and front can be broken and mended. */
async function bench(site: GatewaySite) {
  const file = (name: string, of: string): string => join(site.dir, "sites", name, of);
  const config = file("sim", "gateway.json");
  const good = readFileSync(config, "utf8");
  const set = (path: string, values: object): void =>
    writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, "utf8")) as object), ...values }));
  return {
    file,
    broken: async (values: object): Promise<readonly Wrong[]> => {
      set(config, values);
      const found = await looked(site);
      writeFileSync(config, good);
      return found;
    },
    front: async (values: object): Promise<void> => {
      await site.gateway("sim-front", "front", "down");
      set(file("sim-front", "front.json"), values);
      assert.equal((await site.gateway("sim-front", "front", "up")).code, 0);
    },
  };
}

test("gateway: the preflight finds each broken thing by its own name [C-012 C-013]", async (t) => {
  const site = await gatewaySite(t);
  const { broken, front } = await bench(site);
  assert.deepEqual(checks(await looked(site)), ["front"]);
  await front({});
  assert.deepEqual(await looked(site), []);
  assert.deepEqual(checks(await looked(site, "prod")), ["environment"]);
  assert.deepEqual(checks(await broken({ entry: "7401" })), ["fields"]);
  assert.deepEqual(checks(await broken({ minFreeMb: 1_000_000_000 })), ["disk"]);
  await front({ api: "6.6" });
  assert.deepEqual(checks(await looked(site)), ["api"]);
  await front({ api: "6.7", skewMs: 5_000 });
  assert.deepEqual(checks(await looked(site)), ["clock"]);
  assert.equal((await site.gateway("sim-front", "front", "off")).code, 0);
  assert.deepEqual(checks(await looked(site)), ["front"]);
});

test("gateway: every address of the exchange must answer, not only the first one [C-012]", async (t) => {
  const site = await gatewaySite(t);
  const { broken, front } = await bench(site);
  await front({});
  const [wrong, ...more] = await broken({
    fronts: [
      { name: "quotes", port: 1 },
      { name: "backup", port: 2 },
    ],
  });
  assert.deepEqual([wrong!.check, more], ["front", []]);
  assert.match(wrong!.found, /^quotes 127\.0\.0\.1:1 ECONNREFUSED, backup 127\.0\.0\.1:2 ECONNREFUSED$/);
});

test("gateway: credentials are references to what nobody else can read; a value is refused [C-012]", async (t) => {
  const site = await gatewaySite(t);
  const { broken, front, file } = await bench(site);
  await front({});
  const secret = file("sim", "secrets/front-password");
  const value = readFileSync(secret, "utf8").trim();
  assert.deepEqual(checks(await broken({ credentials: { password: value } })), ["fields"]);
  assert.deepEqual(await broken({ credentials: {} }), [{ check: "credentials", found: "none" }]);
  assert.deepEqual(await broken({ credentials: { user: "env:GATEWAY_NO_SUCH" } }), [
    { check: "credentials", found: "user not set" },
  ]);
  assert.deepEqual(await broken({ credentials: { user: "file:secrets" } }), [
    { check: "credentials", found: "user no file" },
  ]);
  chmodSync(secret, 0o640);
  const readable = await looked(site);
  assert.deepEqual(readable, [{ check: "credentials", found: "password mode 640" }]);
  assert.ok(!JSON.stringify(readable).includes(value));
  chmodSync(secret, 0o600);
  writeFileSync(secret, "");
  assert.deepEqual(await looked(site), [{ check: "credentials", found: "password empty" }]);
  rmSync(secret);
  assert.deepEqual(await looked(site), [{ check: "credentials", found: "password ENOENT" }]);
});

test("gateway: a session that is on, and a calendar that does not know today, are told apart [C-012 C-057]", async (t) => {
  const site = await gatewaySite(t);
  const { broken, front } = await bench(site);
  await front({});
  const day = new Date().toISOString().slice(0, 10);
  const always = { sessions: [["00:00", "24:00"]] };
  assert.deepEqual(checks(await broken({ ...always, knownUntil: "2999-12-31" })), ["session"]);
  assert.deepEqual(checks(await broken({ ...always, knownUntil: "2999-12-31", holidays: [day] })), []);
  assert.deepEqual(checks(await broken({ sessions: [["00:00", "00:00"]], knownUntil: "2999-12-31" })), ["session"]);
  assert.deepEqual(await broken({ ...always, holidays: [day], knownUntil: "2020-12-31" }), [
    { check: "calendar", found: "known until 2020-12-31" },
  ]);
  assert.deepEqual(checks(await broken({ ...always, holidays: [day] })), ["calendar"]);
});

test("gateway: the log as the next start would find it; a torn end is none of its worries [C-012]", async (t) => {
  const site = await gatewaySite(t);
  const { front, file } = await bench(site);
  await front({});
  assert.equal((await site.gateway("sim", "up")).code, 0);
  assert.equal((await site.gateway("sim", "order", "--count", "5")).code, 0);
  assert.equal((await site.gateway("sim", "fence")).code, 0);
  assert.equal((await site.gateway("sim", "wal", "tear")).code, 0);
  assert.deepEqual(await looked(site), []);
  const log = file("sim", "wal/orders.wal");
  const bytes = readFileSync(log);
  bytes[100]! ^= 1;
  writeFileSync(log, bytes);
  const [wrong] = await looked(site);
  assert.equal(wrong!.check, "wal");
  assert.match(wrong!.found, /^wal-damaged \{"record":\d,"offset":\d+\}$/);
});

test("gateway: certificates must be good for as many days as the configuration asks [C-012]", async (t) => {
  if (!needs(t, "openssl")) return;
  const site = await gatewaySite(t);
  const { broken, front, file } = await bench(site);
  await front({});
  const [key, pem] = [file("sim", "front.key"), file("sim", "front.pem")];
  const words = ["-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=front", "-days", "20"];
  execFileSync("openssl", ["req", ...words, "-keyout", key, "-out", pem], { stdio: "ignore" });
  const asked = (minDays: number) => ({ certificates: [{ file: "front.pem", minDays }] });
  assert.deepEqual(await broken(asked(14)), []);
  const [late] = await broken(asked(30));
  assert.equal(late!.check, "certificate");
  assert.match(late!.found, /^front\.pem (?:19|20) days left, 30 needed$/);
  renameSync(pem, `${pem}.old`);
  assert.deepEqual(await broken(asked(14)), [{ check: "certificate", found: "front.pem ENOENT" }]);
  appendFileSync(pem, "no certificate");
  assert.deepEqual(checks(await broken(asked(14))), ["certificate"]);
});
