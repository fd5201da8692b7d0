// Certificates of a real ACME authority behind a real nginx: what is asserted are the notices that came.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { acme } from "../kit/acme.ts";
import { folder } from "../kit/folder.ts";
import { nginx } from "../kit/nginx.ts";
import { freePort } from "../kit/port.ts";
import { watched } from "../kit/watch.ts";
import { needs } from "./needs.ts";
import { issue } from "./openssl.ts";

const NAME = "certs.example.test";
/** Long enough for the test, short enough to see it run out. */
const SECONDS = 150;

const plain = (port: number, webroot: string): string => `server { listen 127.0.0.1:${port}; root ${webroot}; }`;
const secure = (port: number, chain: string, key: string): string =>
  `server { listen 127.0.0.1:${port} ssl; ssl_certificate ${chain}; ssl_certificate_key ${key}; location / { return 200; } }`;

test("an ACME certificate runs out, is renewed and not served, has another key, another name: told each time, and over [H-053 H-114]", async (t) => {
  if (!needs(t, "nginx", "openssl", "curl", "pebble", "pebble-challtestsrv", "lego")) return;
  const room = folder(t);
  const webroot = join(room, "www");
  mkdirSync(webroot);
  const [http, https] = [await freePort(), await freePort()];
  const web = await nginx(t, room, plain(http, webroot), http);
  const authority = await acme(t, room, { name: NAME, http, webroot, seconds: SECONDS });
  const { chain, key, root } = authority;
  await authority.order();
  const both = (certificate = chain, own = key): string => plain(http, webroot) + secure(https, certificate, own);
  web.reload(both());
  const { hears, receivers } = await watched(t, {
    names: ["ops"],
    yaml: (channels) => `title: Certificates
lang: en
zone: UTC
checks:
  life:
    kind: tls
    title: Life of the certificate
    params: { file: ${chain} }
    # Of so short a life little is over at once; a real one warns at a third.
    bands: { bad: below, warn: 0.98, critical: 0.96 }
  served:
    kind: tls
    title: Certificate of ${NAME}
    params: { address: "127.0.0.1:${https}", servername: ${NAME}, file: ${chain}, key: ${key}, ca: ${root} }
    bands: { bad: below, warn: 0.02, critical: 0.01 }
rules: { life: { check: life, severity: P2 }, served: { check: served, severity: P1 } }
severities: { P1: { scale: alert, channels: [ops] }, P2: { scale: alert, channels: [ops] } }
alerts: { wait: 100ms, flapping: { changes: 50 } }
${channels}`,
  });
  const step = () => receivers["ops"]!.got.length;
  const title = `Certificate of ${NAME}`;

  const early = await hears("ops", "fire", "Life of the certificate");
  assert.equal(early.severity, "P2");
  await authority.order();
  await hears("ops", "resolve", "Life of the certificate");
  const unserved = await hears("ops", "fire", title);
  assert.equal(unserved.severity, "P1");
  assert.match(unserved.body, /Renewed but not served/);
  web.reload();
  await hears("ops", "resolve", title);

  let before = step();
  const good = readFileSync(key);
  const other = issue(room, "other", { to: new Date(Date.now() + 86_400_000), names: "DNS:other.example.test" });
  writeFileSync(key, readFileSync(other.key));
  assert.match((await hears("ops", "fire", title, before)).body, /does not belong to the certificate/);
  writeFileSync(key, good);
  await hears("ops", "resolve", title, before);

  before = step();
  web.reload(both(other.chain, other.key));
  assert.match((await hears("ops", "fire", title, before)).body, /not for certs\.example\.test, but for/);
  web.reload(both());
  await hears("ops", "resolve", title, before);
});
