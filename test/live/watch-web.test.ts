// A web site behind nginx, broken one way after the other: what is asserted are the notices that came.
import assert from "node:assert/strict";
import { createServer, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { folder } from "../kit/folder.ts";
import { nginx } from "../kit/nginx.ts";
import { freePort } from "../kit/port.ts";
import { watched } from "../kit/watch.ts";
import { needs } from "./needs.ts";

/** The application: answers, hangs, or is not there. */
async function application(t: TestContext) {
  const port = await freePort();
  const held: ServerResponse[] = [];
  let [server, hangs]: [Server | undefined, boolean] = [undefined, false];
  const stop = (): void => {
    for (const response of held.splice(0)) response.destroy();
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  };
  const start = (): Promise<void> =>
    new Promise((resolve) => {
      server = createServer((request, response) => {
        request.resume();
        if (hangs) held.push(response);
        else response.end("ok");
      }).listen(port, "127.0.0.1", resolve);
    });
  await start();
  t.after(stop);
  const hang = (so: boolean): void => {
    hangs = so;
    for (const response of held.splice(0)) response.end("ok");
  };
  return { port, start, stop, hang };
}

const site = (front: number, back: number, log: string): string => `
  log_format json escape=json '{"time":"$time_iso8601","status":$status,"seconds":$request_time}';
  access_log ${log} json;
  client_max_body_size 1k;
  server { listen 127.0.0.1:${front}; location / { proxy_pass http://127.0.0.1:${back}; proxy_read_timeout 1s; } }`;

const book = (front: number, log: string) => (channels: string) =>
  `title: Chat
lang: en
zone: Asia/Shanghai
services: { chat: { title: Chat } }
checks:
  front: { kind: http, title: The chat answers, service: chat, params: { url: "http://127.0.0.1:${front}/", within: 3 } }
  uploads:
    kind: log-fields
    title: Refused uploads
    service: chat
    params: { files: ${log}, window: 3s, measure: rate, where: { field: status, is: [413] } }
    bands: { bad: above, warn: 1, critical: 20 }
severities: { P1: { scale: alert, escalation: night }, P2: { scale: alert, channels: [chat] } }
rules:
  down: { check: front, severity: P1 }
  uploads: { check: uploads, severity: P2, fire: 20 }
escalations:
  night: { steps: [{ channels: [chat], wait: 1s }, { channels: [phone], wait: 10m }] }
alerts: { wait: 1s }
${channels}`;

test("502, 504 and 413 behind nginx: told with what is wrong, escalated when nobody answers, and over for whoever heard [M-048]", async (t) => {
  if (!needs(t, "nginx")) return;
  const room = folder(t);
  const front = await freePort();
  const app = await application(t);
  const log = join(room, "access.log");
  await nginx(t, room, site(front, app.port, log), front);
  const { hears, heard, receivers } = await watched(t, { names: ["chat", "phone"], yaml: book(front, log) });

  app.stop();
  const first = await hears("chat", "fire", "The chat answers");
  assert.match(`${first.body} ${JSON.stringify(first.facts)}`, /502/);
  assert.equal(first.severity, "P1");
  const second = await hears("phone", "escalate", "The chat answers");
  assert.equal(second.group, first.group);
  await app.start();
  await hears("chat", "resolve", "The chat answers");
  await hears("phone", "resolve", "The chat answers");

  app.hang(true);
  const [told, called] = [receivers["chat"]!.got.length, receivers["phone"]!.got.length];
  assert.match(JSON.stringify(await hears("chat", "fire", "The chat answers", told)), /504/);
  await hears("phone", "escalate", "The chat answers", called);
  app.hang(false);
  await hears("chat", "resolve", "The chat answers", told);
  await hears("phone", "resolve", "The chat answers", called);

  const before = receivers["chat"]!.got.length;
  const upload = () => fetch(`http://127.0.0.1:${front}/files`, { method: "POST", body: "x".repeat(2_000) });
  assert.deepEqual(
    new Set((await Promise.all([upload(), upload(), upload()])).map(({ status }) => status)),
    new Set([413]),
  );
  const refused = await hears("chat", "fire", "Refused uploads", before);
  assert.equal(refused.severity, "P2");
  await hears("chat", "resolve", "Refused uploads", before);
  // The second step is for the worst alone.
  assert.ok(heard("phone").every((title) => title.includes("The chat answers")));
});
