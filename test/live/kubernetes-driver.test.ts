import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Thing } from "../../src/kinds/targets/kubernetes/api.ts";
import type { Workload } from "../../src/kinds/targets/kubernetes/workload.ts";
import { folder } from "../kit/folder.ts";
import { namespace } from "../kit/kubernetes.ts";
import { driverSuite, type DriverWorld } from "../suites/driver.ts";

const probe = { exec: { command: ["true"] } };

const deployment = (image: string, more: object): object => ({
  ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } },
  spec: {
    ...{ replicas: 2, selector: { matchLabels: { app: "web" } } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image, ...more }] } },
  },
});

async function world(t: TestContext): Promise<DriverWorld | undefined> {
  const made = await namespace(t);
  if (!made) return undefined;
  const { cluster } = made;
  const signal = AbortSignal.timeout(120_000);
  const folderPath = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments`;
  const path = `${folderPath}/web`;
  await cluster.api.post(folderPath, deployment("web:1", { readinessProbe: probe }), signal);
  const settled = async (): Promise<void> => {
    for (;;) {
      const one = await cluster.api.get<Workload>(path, signal);
      const seen = one?.status?.observedGeneration === one?.metadata.generation;
      if (
        seen &&
        one?.status?.readyReplicas === one?.spec.replicas &&
        one?.status?.updatedReplicas === one?.status?.replicas
      )
        return;
    }
  };
  await settled();
  const items = async (kind: string, group: string): Promise<readonly string[]> => {
    const list = await cluster.api.get<{ items: readonly Thing[] }>(
      `${group}/namespaces/${cluster.namespace}/${kind}`,
      signal,
    );
    return (list?.items ?? [])
      .map(({ metadata }) => `${metadata.name} ${metadata.uid} ${metadata.generation}`)
      .toSorted();
  };
  return {
    reach: await made.open(),
    thing: "deployment/web",
    versions: [
      { name: "deployment/web", version: "web:1" },
      { name: "deployment/web", version: "web:2" },
    ],
    impossible: { name: "deployment/web", version: "web:bad", replicas: -1 },
    trace: async () =>
      JSON.stringify([
        await items("deployments", "/apis/apps/v1"),
        await items("replicasets", "/apis/apps/v1"),
        await items("pods", "/api/v1"),
      ]),
    meddle: async () => {
      await cluster.api.patch(path, "merge", { spec: { replicas: 3 } }, signal);
      await settled();
    },
    blind: async () => {
      const containers = [{ name: "web", readinessProbe: null }];
      await cluster.api.patch(path, "strategic-merge", { spec: { template: { spec: { containers } } } }, signal);
      await settled();
    },
    unreachable: () => {
      const kubeconfig = join(folder(t), "kubeconfig");
      const clusters = [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }];
      const contexts = [{ name: "c", context: { cluster: "c", user: "u" } }];
      const users = [{ name: "u", user: { token: "t" } }];
      writeFileSync(kubeconfig, JSON.stringify({ "current-context": "c", clusters, contexts, users }));
      return made.open({ kubeconfig });
    },
  };
}

driverSuite("kubernetes", world);
