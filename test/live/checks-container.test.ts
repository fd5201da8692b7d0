// The check kind `container` against a real engine.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sample } from "../../src/model/check.ts";
import { systemClock } from "../../src/model/time.ts";
import { stack } from "../kit/compose.ts";
import { until } from "../kit/until.ts";
import { contextOf, measure, said, sampleOf } from "../suites/check-context.ts";

test("container: state, health, restarts within the window and memory, by the engine itself", async (t) => {
  const given = await stack(
    t,
    (docker) => `
services:
  good: { image: ${docker.image("svc")}, command: [sleep, "1000"], healthcheck: { test: [CMD, "true"], interval: 1s } }
  sick: { image: ${docker.image("svc")}, command: [sleep, "1000"], healthcheck: { test: [CMD, "false"], interval: 1s, retries: 1 } }
  loop: { image: ${docker.image("svc")}, command: [sh, -c, "test -e /tmp/on && sleep 1000; touch /tmp/on; exit 3"], restart: always }
  done: { image: ${docker.image("svc")}, command: ["true"] }
  # One whose first process outlives the kill: of one that ends with it the engine may never hear why.
  greedy: { image: ${docker.image("svc")}, command: [sh, -c, "tail /dev/zero; sleep 1; exit 137"], mem_limit: 20m, memswap_limit: 20m }
`,
  );
  if (!given) return;
  const { project } = given;
  given.compose("up", "-d");
  const reach = await given.open();
  const ask = async (params: object, history: readonly Sample[] = []) =>
    await measure("container", params, contextOf(reach, { history }));
  const one = (service: string) => ({ project, services: service });
  const settles = (params: object, wanted: string) =>
    until(async () => said(await ask(params)) === wanted, `${JSON.stringify(params)}: never ${wanted}`);

  await settles(one("good"), "value");
  await settles(one("sick"), "fail container-unhealthy");
  await settles(one("greedy"), "fail container-oom");
  await settles(one("done"), "fail container-state");
  assert.equal(said(await ask({ ...one("done"), ended: true })), "value");
  assert.equal(said(await ask(one("none"))), "fail container-absent");
  assert.equal(said(await ask({ names: `${project}-none-1` })), "fail container-absent");

  // Made within the window: every restart since counts; of an earlier look only those after it do.
  await settles(one("loop"), "value");
  const looped = await ask(one("loop"));
  assert.ok(looped.kind === "value" && looped.value >= 1, JSON.stringify(looped));
  const later = { ...systemClock, wall: () => Date.now() + 7_200_000 };
  const context = contextOf(reach, { clock: later, history: [sampleOf(looped, Date.now())] });
  const quiet = await measure("container", one("loop"), context);
  assert.equal(quiet.kind === "value" && quiet.value, 0);
});
