// When a channel that failed counts as mended: it takes something, whoever sends it; or the book says something else of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tryChannel } from "../src/engine/alerts/try-channel.ts";
import { delivered, refused, type Delivery } from "../src/model/notice.ts";
import { engineWorld, pass, type Running } from "./kit/alert-engine.ts";

const MINUTE = 60_000;
const YAML = `title: Shop
lang: en
zone: UTC
checks: { front: { kind: http, title: Front, params: { url: "http://127.0.0.1:1/" } } }
rules: { down: { check: front, severity: P1 } }
severities: { P1: { scale: alert, channels: [sms] } }
channels:
  sms: { kind: webhook, url: "https://hook.example.org/sms" }
  mail: { kind: webhook, url: "https://hook.example.org/mail" }
`;
const CHANGED = YAML.replace("org/sms", "org/sms-new");

type Here = Awaited<ReturnType<typeof engineWorld>>;
const trial = (here: Here, alerts: Running, name = "sms") =>
  tryChannel(here.house, here.open(), alerts, { name, by: "wei" }, new AbortController().signal);
const open = (alerts: Running): readonly string[] => [...alerts.desk().open.keys()];

/** An alert came and went, and the channel that it was for took none of it. */
async function broken(here: Here): Promise<Running> {
  const answer = (channel: string): Delivery => (channel === "sms" ? refused("status") : delivered());
  here.answers.of = (channel) => Promise.resolve(answer(channel));
  Object.assign(here.house, { own: () => ({}) });
  const alerts = await here.start();
  await pass(alerts, here, MINUTE, "fail");
  await pass(alerts, here, MINUTE, "pass");
  assert.deepEqual(open(alerts), ["channel@sms"]);
  return alerts;
}

test("a channel that takes a test is mended: its alert is over, and fails it again there is one again", async (t) => {
  const here = await engineWorld(t, YAML);
  const alerts = await broken(here);
  assert.equal((await trial(here, alerts)).delivery.kind, "refused");
  await trial(here, alerts, "mail");
  assert.deepEqual(open(alerts), ["channel@sms"], "no word of another channel's, and none that was refused");
  here.answers.of = () => Promise.resolve(delivered());
  here.told.length = 0;
  assert.equal((await trial(here, alerts)).delivery.kind, "delivered");
  assert.deepEqual(open(alerts), []);
  await pass(alerts, here, MINUTE, "pass");
  assert.deepEqual(
    here.told.flatMap(({ event }) => event ?? []),
    ["resolve"],
  );
  await alerts.stop();
  const again = await here.start();
  await pass(again, here, MINUTE, "pass");
  assert.deepEqual(open(again), []);
  await again.stop();
  await (await broken(here)).stop();
  assert.deepEqual(here.bugs, []);
});

test("a channel that was changed in the book gets a new trial, also when that was done while nobody served; one that was moved does not", async (t) => {
  const here = await engineWorld(t, YAML);
  const first = await broken(here);
  await first.stop();
  await here.rewrite(YAML.replace("lang: en", "# A line more\nlang: en"));
  const second = await here.start();
  await pass(second, here, MINUTE, "pass");
  assert.deepEqual(open(second), ["channel@sms"]);
  await here.rewrite(YAML);
  await pass(second, here, MINUTE, "pass");
  assert.deepEqual(open(second), ["channel@sms"]);
  await second.stop();
  await here.rewrite(CHANGED);
  const third = await here.start();
  await pass(third, here, MINUTE, "pass");
  assert.deepEqual(open(third), []);
  await third.stop();
  // Changed while somebody serves.
  const fourth = await broken(here);
  await here.rewrite(YAML);
  await pass(fourth, here, MINUTE, "pass");
  assert.deepEqual(open(fourth), []);
  await fourth.stop();
  assert.deepEqual(here.bugs, []);
});
