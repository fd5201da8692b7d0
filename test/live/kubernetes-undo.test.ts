// The way back of workloads whose pod templates are kept as ControllerRevisions, over a real API server and its controllers.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Driver, Intention } from "../../src/model/driver.ts";
import { WatchbookError } from "../../src/model/error.ts";
import type { Thing } from "../../src/kinds/targets/kubernetes/api.ts";
import type { Cluster } from "../../src/kinds/targets/kubernetes/cluster.ts";
import type { Workload } from "../../src/kinds/targets/kubernetes/workload.ts";
import { namespace } from "../kit/kubernetes.ts";
import { driverOf } from "../suites/driver.ts";

const signal = (): AbortSignal => AbortSignal.timeout(60_000);
const quiet = (): void => undefined;

/** A node without a kubelet: enough for a DaemonSet to want one pod. It goes with the test. */
async function node(t: TestContext, { api, namespace: name }: Cluster): Promise<void> {
  await api.post("/api/v1/nodes", { apiVersion: "v1", kind: "Node", metadata: { name } }, signal());
  t.after(() => api.remove(`/api/v1/nodes/${name}`, AbortSignal.timeout(30_000)));
}

/** What makes a workload of each kind besides its pods. */
const KINDS = {
  statefulset: { replicas: 2, serviceName: "db", podManagementPolicy: "Parallel" },
  daemonset: { revisionHistoryLimit: 4 },
} as const;

const template = (image: string, note: string): object => ({
  metadata: { labels: { app: "db" }, annotations: { note } },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [
      { name: "db", image, env: [{ name: "MODE", value: note }], readinessProbe: { exec: { command: ["true"] } } },
      { name: "exporter", image: "exporter:1", readinessProbe: { exec: { command: ["true"] } } },
    ],
  },
});

interface Bench {
  readonly cluster: Cluster;
  readonly driver: Driver;
  readonly name: string;
  readonly now: () => Promise<Workload>;
  /** Images of the pods that are to stay. */
  readonly pods: () => Promise<readonly string[]>;
  readonly revisions: () => Promise<readonly Thing[]>;
  readonly update: () => Promise<Intention>;
}

/** A workload of this kind that runs its first image. */
async function bench(t: TestContext, kind: keyof typeof KINDS): Promise<Bench | undefined> {
  const made = await namespace(t);
  if (!made) return undefined;
  const { cluster } = made;
  const { api } = cluster;
  await node(t, cluster);
  const driver = driverOf(await made.open());
  const name = `${kind}/db`;
  const spec = { ...KINDS[kind], selector: { matchLabels: { app: "db" } }, template: template("db:1", "first") };
  await driver.apply(await driver.plan([{ name, manifest: { spec } }], signal()), signal(), quiet);
  const path = `/apis/apps/v1/namespaces/${cluster.namespace}`;
  return {
    cluster,
    driver,
    name,
    now: async () => (await api.get<Workload>(`${path}/${kind}s/db`, signal()))!,
    pods: async () => {
      const all = await api.get<{
        readonly items: readonly (Thing & { readonly spec: Workload["spec"]["template"]["spec"] })[];
      }>(`/api/v1/namespaces/${cluster.namespace}/pods`, signal());
      const staying = all!.items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      return staying.map(({ spec: { containers } }) => containers[0]!.image);
    },
    revisions: async () =>
      (await api.get<{ readonly items: readonly Thing[] }>(`${path}/controllerrevisions`, signal()))!.items,
    update: async () => {
      const wish = { name, version: "db:2", container: "db" };
      const intention = await driver.plan([wish], signal());
      await driver.apply(intention, signal(), quiet);
      return intention;
    },
  };
}

const images = ({ spec }: Workload): readonly string[] => spec.template.spec.containers.map(({ image }) => image);

for (const kind of ["statefulset", "daemonset"] as const) {
  test(`${kind}: undo after an image update brings the template of its ControllerRevision back, and its pods with it (the kubelet is a stand-in)`, async (t) => {
    const made = await bench(t, kind);
    if (!made) return;
    const { driver, name, now, pods, revisions, update } = made;
    const all = (image: string): readonly string[] => (kind === "statefulset" ? [image, image] : [image]);
    const before = await now();
    assert.equal((await driver.health([name], signal())).outcome, "pass");
    assert.equal((await revisions()).length, 1);
    const intention = await update();
    assert.deepEqual(
      intention.actions.map(({ what, risk }) => [what, risk]),
      [["update", "write"]],
    );
    assert.deepEqual(images(await now()), ["db:2", "exporter:1"]);
    assert.deepEqual(await pods(), all("db:2"));
    assert.equal((await revisions()).length, 2);
    assert.equal((await driver.health([name], signal())).outcome, "pass");
    // The intention is plain data: another process undoes it.
    await driver.undo(JSON.parse(JSON.stringify(intention)) as Intention, signal(), quiet);
    assert.deepEqual((await now()).spec, before.spec);
    assert.deepEqual(await pods(), all("db:1"));
    assert.equal((await driver.health([name], signal())).outcome, "pass");
    assert.equal((await revisions()).length, 2, "the controller knows the old revision again");
    await driver.undo(intention, signal(), quiet);
    assert.deepEqual((await now()).spec, before.spec, "undone twice is undone once");
  });

  test(`${kind}: without its ControllerRevision undo is refused and changes nothing`, async (t) => {
    const made = await bench(t, kind);
    if (!made) return;
    const { cluster, driver, now, revisions, update } = made;
    const [first] = await revisions();
    const intention = await update();
    const path = `/apis/apps/v1/namespaces/${cluster.namespace}/controllerrevisions/${first!.metadata.name}`;
    await cluster.api.remove(path, signal());
    await assert.rejects(driver.undo(intention, signal(), quiet), (error: unknown) => {
      assert.ok(error instanceof WatchbookError, String(error));
      assert.equal(error.code, "TARGET-UNDO-LOST");
      assert.match(String(error.args["what"]), /db:1/);
      return true;
    });
    assert.deepEqual(images(await now()), ["db:2", "exporter:1"]);
  });
}
