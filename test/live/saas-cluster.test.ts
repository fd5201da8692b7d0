// SOP-03 of the example of a service for tenants, as it is typed, over a real API server.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cli } from "../kit/cli.ts";
import { folder } from "../kit/folder.ts";
import { namespace } from "../kit/kubernetes.ts";
import { home } from "../kit/wb.ts";
import { driverOf } from "../suites/driver.ts";

const signal = (): AbortSignal => AbortSignal.timeout(60_000);
const labels = { app: "application" };
const deployment = {
  ...{ replicas: 3, selector: { matchLabels: labels } },
  template: {
    metadata: { labels },
    spec: { containers: [{ name: "api", image: "api:1", readinessProbe: { exec: { command: ["true"] } } }] },
  },
};

test("saas: on a cluster the application is scaled away, led elsewhere, and scaled back to what it was [K-071 K-073 K-074]", async (t) => {
  const made = await namespace(t);
  if (!made) return;
  const { api, namespace: name } = made.cluster;
  const driver = driverOf(await made.open());
  const wishes = [
    { name: "deployment/application", manifest: { spec: deployment } },
    { name: "configmap/database", data: { host: "primary", port: "5432" } },
  ];
  await driver.apply(await driver.plan(wishes, signal()), signal(), () => undefined);
  const book = join(folder(t), "book-en");
  cpSync(join(home, "examples", "saas", "book-en"), book, { recursive: true });
  const yaml = readFileSync(join(book, "watchbook.yaml"), "utf8");
  const here = `namespace: ${name}, kubeconfig: ${JSON.stringify(made.kubeconfig)}`;
  writeFileSync(join(book, "watchbook.yaml"), yaml.replace("namespace: tenants", here));
  const done = await cli(t, ["run", "SOP-03", "--env", "cluster", "--execute", "--no-ask"], book);
  assert.equal(done.code, 0, `${done.err}\n${done.out}`);
  const said = done.out + done.err;
  assert.match(said, /deployment\/application: stop /);
  assert.match(said, /deployment\/application: start /);
  const get = (path: string) => api.get<any>(path.replace("NS", `namespaces/${name}`), signal());
  assert.deepEqual((await get("/api/v1/NS/configmaps/database")).data, { host: "replica", port: "5432" });
  const now = await get("/apis/apps/v1/NS/deployments/application");
  assert.deepEqual([now.spec.replicas, now.status.readyReplicas], [3, 3]);
});
