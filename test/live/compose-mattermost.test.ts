// The hand-over guide of a single host with Mattermost, walked over real containers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../kit/docker/place.ts";
import { mattermostHost, type Host } from "../kit/mattermost.ts";
import type { Stack } from "../kit/compose.ts";
import { driverOf } from "../suites/driver.ts";
import type { Desired } from "../../src/model/driver.ts";

const signal = (): AbortSignal => AbortSignal.timeout(120_000);

/** Id and start time of a service's container. */
function instance({ docker, project }: Stack, service: string): { readonly id: string; readonly started: string } {
  const text = docker.docker("inspect", "--format", "{{.Id}} {{.State.StartedAt}}", `${project}-${service}-1`);
  const [id = "", started = ""] = text.trim().split(" ");
  return { id, started };
}

async function make(stack: Stack, ...wishes: readonly Desired[]): Promise<readonly string[]> {
  const driver = driverOf(await stack.open());
  const intention = await driver.plan(wishes, signal());
  const said: string[] = [];
  await driver.apply(intention, signal(), (line) => said.push(line));
  return intention.actions.map(({ command }) => command);
}

async function restartNginxOnly({ edge, prod, staging, status }: Host): Promise<void> {
  const before = [instance(edge, "nginx"), instance(prod, "app"), instance(staging, "app")];
  const [command = ""] = await make(edge, { name: "nginx", restart: true });
  assert.match(command, /^docker compose -p \S+ -f compose.yaml restart --no-deps nginx$/);
  const after = [instance(edge, "nginx"), instance(prod, "app"), instance(staging, "app")];
  assert.equal(after[0]!.id, before[0]!.id);
  assert.notEqual(after[0]!.started, before[0]!.started);
  assert.deepEqual(after.slice(1), before.slice(1));
  assert.deepEqual([await status("staging"), await status("prod")], [200, 200]);
}

async function restartAll({ prod, status, docker }: Host): Promise<void> {
  const before = ["app", "db"].map((service) => instance(prod, service));
  await make(prod, { name: "db", restart: true }, { name: "app", restart: true });
  for (const [at, service] of ["app", "db"].entries()) {
    const after = instance(prod, service);
    assert.equal(after.id, before[at]!.id, service);
    assert.notEqual(after.started, before[at]!.started, service);
  }
  const files = docker.docker("exec", `${prod.project}-app-1`, "cat", "/files/started");
  assert.equal(files, "xx", "files outlive the restart");
  await until("prod answers", async () => (await status("prod")) === 200);
}

async function trace502({ edge, prod, status, docker }: Host): Promise<void> {
  docker.docker("exec", `${prod.project}-app-1`, "pkill", "-USR2", "node");
  await until("prod is a bad gateway", async () => (await status("prod")) === 502);
  assert.equal(await status("staging"), 200, "the neighbour behind the same nginx goes on");
  // Where to look: what nginx says of its upstream, and which container is not well.
  const reach = await edge.open();
  const { out } = await reach.exec(["docker", "compose", "-p", edge.project, "logs", "--no-color", "nginx"]);
  assert.match(out, /connect\(\) failed .* while connecting to upstream, .*server: prod\.test/);
  assert.equal((await driverOf(reach).health(undefined, signal())).outcome, "pass", "nginx itself is well");
  const driver = driverOf(await prod.open());
  await until("the app is not well", async () => (await driver.health(undefined, signal())).outcome === "fail");
  assert.match((await driver.health(undefined, signal())).reasons.join("\n"), /^app [0-9a-f]{12}: unhealthy/m);
  const { actions } = await driver.plan([{ name: "app", state: "running" }], signal());
  assert.equal(actions[0]?.what, "restart");
  await make(prod, { name: "app", state: "running" });
  await make(edge, { name: "nginx", restart: true });
  assert.equal(await status("prod"), 200);
}

async function oneStopped({ prod }: Host): Promise<void> {
  await make(prod, { name: "app", state: "stopped" });
  const { outcome, reasons } = await driverOf(await prod.open()).health(undefined, signal());
  assert.equal(outcome, "fail");
  assert.match(reasons.join("\n"), /^app [0-9a-f]{12}: exited/m);
}

test("a host shared by staging and prod: status, nginx alone restarted, all restarted, a 502 traced to its upstream [M-034 M-038 M-048]", async (t) => {
  const host = await mattermostHost(t);
  if (!host) return;
  const seen = await driverOf(await host.prod.open()).observe(undefined, signal());
  assert.deepEqual(
    seen.map(({ name, state, replicas }) => [name, state, replicas?.ready]),
    [
      ["app", "running", 1],
      ["db", "running", 1],
    ],
  );
  assert.equal((await driverOf(await host.prod.open()).health(undefined, signal())).outcome, "pass");
  assert.deepEqual([await host.status("staging"), await host.status("prod")], [200, 200]);
  await restartNginxOnly(host);
  await restartAll(host);
  await trace502(host);
  await oneStopped(host);
});
