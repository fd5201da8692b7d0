// Driver steps and faults of containers on a real Docker engine with Compose.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { stack } from "../kit/compose.ts";
import { done, place, recalled, said } from "../suites/step-context.ts";

const service = (image: string): string => `services:
  web:
    image: ${image}
    command: sleep infinity
    init: true
    stop_grace_period: 1s
    healthcheck: {test: ["CMD", "true"], interval: 1s}
`;

async function bench(t: TestContext) {
  const made = await stack(t, (docker) => service(docker.image("base")));
  if (!made) return undefined;
  made.compose("up", "-d", "--wait");
  const here = await place(t, { ...made.docker.env, COMPOSE_PROJECT_NAME: made.project });
  const container = `${made.project}-web-1`;
  const inspect = (format: string): string => {
    try {
      return made.docker.docker("inspect", "--format", format, container).trim();
    } catch {
      return "gone";
    }
  };
  const fault = (name: string, params: object, purpose: "do" | "undo", number: number) =>
    done(
      "fault",
      { fault: name, with: params, remove: purpose === "undo" },
      here.context({}, { purpose, number, step: name }),
    );
  return { made, here, container, inspect, fault };
}

test("stop, kill and a bad image bite on a container, and are removed", async (t) => {
  const found = await bench(t);
  if (!found) return;
  const { made, container, inspect, fault } = found;
  const image = inspect("{{.Config.Image}}");
  for (const name of ["stop", "kill"]) {
    assert.equal(said(await fault(name, { container }, "do", 1)), "ok");
    assert.equal(inspect("{{.State.Running}}"), "false");
    assert.equal(said(await fault(name, { container }, "do", 2)), "failed fault-did-not-bite");
    assert.equal(said(await fault(name, { container }, "undo", 1)), "ok");
    assert.equal(inspect("{{.State.Running}}"), "true");
  }
  const compose = { compose: { directory: made.directory, service: "web" } };
  assert.equal(said(await fault("bad-image", compose, "do", 1)), "ok");
  assert.notEqual(inspect("{{.State.Running}}"), "true");
  assert.equal(said(await fault("bad-image", compose, "undo", 1)), "ok");
  assert.deepEqual([inspect("{{.State.Running}}"), inspect("{{.Config.Image}}")], ["true", image]);
  const none = { compose: { directory: made.directory, service: "none" } };
  assert.equal(said(await fault("bad-image", none, "do", 2)), "failed fault-no-service");
});

test("a driver step restarts a service, and its undo brings an earlier image back", async (t) => {
  const found = await bench(t);
  if (!found) return;
  const { made, here, inspect } = found;
  const reach = await made.open();
  const context = (number: number, purpose: "do" | "undo" = "do") =>
    here.context({ reach, open: () => Promise.resolve(here.reach) }, { number, purpose, step: "image" });
  const [id, started] = [inspect("{{.Id}}"), inspect("{{.State.StartedAt}}")];
  const restart = { things: [{ name: "web", restart: true }], within: "60s" };
  const first = here.context({ reach, open: () => Promise.resolve(here.reach) }, { step: "restart" });
  assert.equal(said(await done("driver", restart, first)), "ok", here.printed());
  assert.equal(inspect("{{.Id}}"), id);
  assert.notEqual(inspect("{{.State.StartedAt}}"), started);
  assert.deepEqual(await recalled("driver", restart, first), { state: "running" });
  const was = inspect("{{.Image}}");
  const other = made.docker.docker("image", "inspect", "--format", "{{.Id}}", made.docker.image("host")).trim();
  const change = { things: [{ name: "web", version: { value: "IMAGE" } }], within: "60s" };
  const changed = await done("driver", change, { ...context(1), env: { IMAGE: other } });
  assert.equal(said(changed), "ok", here.printed());
  assert.equal(inspect("{{.Image}}"), other);
  assert.equal(said(await done("driver", { restore: true, within: "60s" }, context(1, "undo"))), "ok");
  assert.equal(inspect("{{.Image}}"), was);
});
