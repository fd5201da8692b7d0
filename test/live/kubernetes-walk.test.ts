// What the operations manual of a service on Kubernetes does by hand, over a real API server.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Desired, Driver, Intention } from "../../src/model/driver.ts";
import { WatchbookError } from "../../src/model/error.ts";
import { ReachError } from "../../src/model/target.ts";
import type { Thing } from "../../src/kinds/targets/kubernetes/api.ts";
import { namespace, type Namespace } from "../kit/kubernetes.ts";
import { driverOf } from "../suites/driver.ts";

const signal = (): AbortSignal => AbortSignal.timeout(60_000);
const quiet = (): void => undefined;

const manifest = (image: string, replicas: number): object => ({
  spec: {
    ...{ replicas, selector: { matchLabels: { app: "api" } } },
    template: {
      metadata: { labels: { app: "api" } },
      spec: { containers: [{ name: "api", image, readinessProbe: { exec: { command: ["true"] } } }] },
    },
  },
});

interface Hands {
  readonly made: Namespace;
  readonly driver: Driver;
  /** Plans and applies; the intention. */
  readonly make: (...wishes: readonly Desired[]) => Promise<Intention>;
  readonly get: (path: string) => Promise<Thing>;
}

async function hands(t: TestContext): Promise<Hands | undefined> {
  const made = await namespace(t);
  if (!made) return undefined;
  const driver = driverOf(await made.open());
  const make = async (...wishes: readonly Desired[]): Promise<Intention> => {
    const intention = await driver.plan(wishes, signal());
    await driver.apply(intention, signal(), quiet);
    return intention;
  };
  const get = async (path: string): Promise<Thing> => {
    const thing = await made.cluster.api.get<Thing>(
      path.replace("NS", `namespaces/${made.cluster.namespace}`),
      signal(),
    );
    assert.ok(thing, path);
    return thing;
  };
  return { made, driver, make, get };
}

const replicas = (thing: Thing): unknown => (thing["spec"] as { readonly replicas?: number }).replicas;
const whats = ({ actions }: Intention): readonly string[] => actions.map(({ what }) => what);

test("the application is scaled away, its database moved, and scaled back to what it was [K-071 K-073 K-074]", async (t) => {
  const hand = await hands(t);
  if (!hand) return;
  const { driver, make, get } = hand;
  const secret = `pw-${"x".repeat(20)}`;
  await make(
    { name: "deployment/api", manifest: manifest("api:1", 3) },
    { name: "configmap/db", data: { host: "primary", port: "5432" } },
    { name: "secret/db", data: { password: "old-password" } },
  );
  assert.equal((await driver.health(["deployment/api"], signal())).outcome, "pass");

  assert.deepEqual(whats(await make({ name: "deployment/api", state: "stopped" })), ["stop"]);
  assert.equal(replicas(await get("/apis/apps/v1/NS/deployments/api")), 0);
  assert.equal((await driver.health(["deployment/api"], signal())).outcome, "fail");

  const moved = await make(
    { name: "configmap/db", data: { host: "standby" } },
    { name: "secret/db", data: { password: secret } },
  );
  assert.deepEqual(whats(moved), ["update", "update"]);
  assert.deepEqual((await get("/api/v1/NS/configmaps/db"))["data"], { host: "standby", port: "5432" });
  assert.deepEqual((await get("/api/v1/NS/secrets/db"))["data"], { password: Buffer.from(secret).toString("base64") });
  const plain = JSON.stringify(moved);
  for (const value of [
    secret,
    Buffer.from(secret).toString("base64"),
    "old-password",
    Buffer.from("old-password").toString("base64"),
  ])
    assert.ok(!plain.includes(value), "no value of a secret stands in the plan");

  const back = await make({ name: "deployment/api", state: "running" });
  assert.deepEqual(whats(back), ["start"]);
  const one = await get("/apis/apps/v1/NS/deployments/api");
  assert.equal(replicas(one), 3, "as many as there were");
  assert.equal(one.metadata.annotations?.["watchbook.dev/replicas"], undefined, "nothing to be remembered any more");

  await driver.undo(JSON.parse(plain) as Intention, signal(), quiet);
  assert.deepEqual((await get("/api/v1/NS/configmaps/db"))["data"], { host: "primary", port: "5432" });
  assert.deepEqual((await get("/api/v1/NS/secrets/db"))["data"], {
    password: Buffer.from("old-password").toString("base64"),
  });
});

test("an image that cannot be had fails the rollout with the pod's reason, and undo brings the old one back", async (t) => {
  const hand = await hands(t);
  if (!hand) return;
  const { made, make, get } = hand;
  await make({ name: "deployment/api", manifest: manifest("api:1", 2) });
  const driver = driverOf(await made.open({ waitSeconds: 3 }));
  const intention = await driver.plan([{ name: "deployment/api", version: "api:bad" }], signal());
  const said: string[] = [];
  await assert.rejects(
    driver.apply(intention, signal(), (line) => said.push(line)),
    (error: unknown) => {
      assert.ok(error instanceof WatchbookError && error.code === "TARGET-REFUSED", String(error));
      assert.match(String(error.args["detail"]), /ImagePullBackOff/);
      return true;
    },
  );
  assert.match(said.join("\n"), /pod\/api-\S+ api: ImagePullBackOff/);
  assert.notEqual((await driver.health(["deployment/api"], signal())).outcome, "pass");
  await driver.undo(intention, signal(), quiet);
  assert.match(JSON.stringify(await get("/apis/apps/v1/NS/deployments/api")), /"image":"api:1"/);
  assert.equal((await driver.health(["deployment/api"], signal())).outcome, "pass");
});

test("an applied object keeps what others own, and taking it over has to be said", async (t) => {
  const hand = await hands(t);
  if (!hand) return;
  const { made, driver, make, get } = hand;
  await make({ name: "deployment/api", manifest: manifest("api:1", 2) });
  const path = `/apis/apps/v1/namespaces/${made.cluster.namespace}/deployments/api?fieldManager=somebody`;
  await made.cluster.api.patch(path, "merge", { spec: { replicas: 5, minReadySeconds: 1 } }, signal());
  await assert.rejects(driver.plan([{ name: "deployment/api", manifest: manifest("api:1", 2) }], signal()), /conflict/);
  await make({ name: "deployment/api", manifest: manifest("api:1", 2), force: true });
  const { spec } = (await get("/apis/apps/v1/NS/deployments/api")) as unknown as {
    spec: { minReadySeconds: number; replicas: number };
  };
  assert.deepEqual([spec.replicas, spec.minReadySeconds], [2, 1]);
});

test("a killed API server: reads are tried again, writes are not, and nothing counts as done [K-003]", async (t) => {
  const hand = await hands(t);
  if (!hand) return;
  const { made, driver, make, get } = hand;
  const { plane } = made;
  if (!plane) return t.skip("the cluster is not ours to kill");
  await make({ name: "deployment/api", manifest: manifest("api:1", 1) });
  const intention = await driver.plan([{ name: "deployment/api", replicas: 2 }], signal());
  await plane.kill();
  try {
    const unreachable = (error: unknown): boolean => error instanceof ReachError && error.reason === "unreachable";
    await assert.rejects(driver.apply(intention, signal(), quiet), unreachable);
    await assert.rejects(driver.health(["deployment/api"], signal()), unreachable);
  } finally {
    await plane.revive();
  }
  assert.equal(replicas(await get("/apis/apps/v1/NS/deployments/api")), 1);
  const going = driver.apply(await driver.plan([{ name: "deployment/api", replicas: 2 }], signal()), signal(), quiet);
  await going;
  assert.equal(replicas(await get("/apis/apps/v1/NS/deployments/api")), 2);
});
