/**
 * A Kubernetes namespace for live tests: in the cluster of KUBECONFIG when that is on this machine, else in a control plane
 * that the tests start from the folder KUBEBUILDER_ASSETS (etcd, kube-apiserver, kube-controller-manager, as envtest lays
 * them out) and end with the test file. To look at one by hand:
 *
 *     KUBEBUILDER_ASSETS=DIR node test/kit/kubernetes.ts     prints its kubeconfig, ends it on Ctrl-C
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, type TestContext } from "node:test";
import { kubernetesTarget } from "../../src/kinds/targets/kubernetes.ts";
import { openCluster, type Cluster } from "../../src/kinds/targets/kubernetes/cluster.ts";
import type { Reach } from "../../src/model/target.ts";
import { which } from "../live/needs.ts";
import { atEnd, docker, type Docker } from "./docker.ts";
import { until } from "./docker/place.ts";
import { NODE, PODS, startKubelet } from "./kubernetes/kubelet.ts";
import { standInKubelet } from "./kubernetes/pods.ts";
import { startPlane, type Plane } from "./kubernetes/plane.ts";

export interface Namespace {
  readonly cluster: Cluster;
  readonly kubeconfig: string;
  /** Absent where the cluster is not ours to kill. */
  readonly plane: Plane | undefined;
  open(params?: Readonly<Record<string, unknown>>): Promise<Reach>;
}

const LOOPBACK = /server["']?:\s*["']?https?:\/\/(127\.|localhost|\[::1\])/;

/** Where tests take a cluster from, or why there is none. */
function source(): { readonly kubeconfig: string } | { readonly assets: string } | { readonly skip: string } {
  const kubeconfig = process.env["KUBECONFIG"];
  if (kubeconfig && existsSync(kubeconfig)) {
    if (LOOPBACK.test(readFileSync(kubeconfig, "utf8"))) return { kubeconfig };
    return { skip: "KUBECONFIG names a cluster on another machine: tests do not touch it" };
  }
  const assets = process.env["KUBEBUILDER_ASSETS"];
  if (!assets) return { skip: "needs a Kubernetes control plane: set KUBEBUILDER_ASSETS or KUBECONFIG" };
  const there = (name: string): boolean =>
    existsSync(join(assets, name)) || (name === "etcd" && which(name) !== undefined);
  const missing = ["etcd", "kube-apiserver", "kube-controller-manager"].filter((name) => !there(name));
  return missing.length === 0 ? { assets } : { skip: `KUBEBUILDER_ASSETS has no ${missing.join(", ")}` };
}

let plane: Promise<Plane> | undefined;

const WAIT_S = 60;
let count = 0;

/** A namespace of its own for one test, removed when it ends; undefined: the test is skipped. */
export async function namespace(t: TestContext): Promise<Namespace | undefined> {
  const from = source();
  if ("skip" in from) {
    t.skip(from.skip);
    return undefined;
  }
  const own = "assets" in from ? await (plane ??= startPlane(from.assets)) : undefined;
  const kubeconfig = own?.kubeconfig ?? ("kubeconfig" in from ? from.kubeconfig : "");
  const name = `wbtest-${process.pid}-${(count += 1)}`;
  const given = { kubeconfig, namespace: name, waitSeconds: WAIT_S };
  const cluster = await openCluster("cluster", given, undefined);
  const signal = AbortSignal.timeout(30_000);
  await cluster.api.post("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } }, signal);
  const kubelet = new AbortController();
  const going = standInKubelet(cluster, kubelet.signal);
  t.after(async () => {
    kubelet.abort();
    await going;
    await cluster.api.remove(`/api/v1/namespaces/${name}`, AbortSignal.timeout(30_000));
  });
  const open = async (params: Readonly<Record<string, unknown>> = {}): Promise<Reach> => {
    const checked = kubernetesTarget.params.safeParse({ ...given, ...params });
    if (!checked.success) throw new Error(JSON.stringify(checked.error.issues));
    const reach = await kubernetesTarget.open("cluster", checked.data);
    t.after(() => reach[Symbol.asyncDispose]());
    return reach;
  };
  return { cluster, kubeconfig, plane: own, open };
}

/** A pod that really runs, with a folder of this machine at the same path; undefined: the test is skipped. */
export interface RealPod {
  readonly cluster: Cluster;
  readonly kubeconfig: string;
  /** What makes a pod of a deployment run: node, network, and an image that is there. */
  readonly podSpec: Readonly<Record<string, unknown>>;
  readonly image: string;
  open(t: TestContext, params?: Readonly<Record<string, unknown>>): Promise<Reach>;
}

async function startPod(assets: string, engine: Docker, directory: string): Promise<RealPod> {
  const { kubeconfig } = await (plane ??= startPlane(assets));
  const given = { kubeconfig, namespace: PODS, waitSeconds: WAIT_S };
  const cluster = await openCluster("pod", given, undefined);
  atEnd(await startKubelet(assets, engine, kubeconfig, cluster));
  const signal = AbortSignal.timeout(60_000);
  const { api } = cluster;
  await api.post("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: PODS } }, signal);
  const image = engine.image("pause");
  const mount = { volumeMounts: [{ name: "shared", mountPath: directory }], imagePullPolicy: "Never" };
  const podSpec = {
    ...{ nodeName: NODE, hostNetwork: true, automountServiceAccountToken: false, enableServiceLinks: false },
    terminationGracePeriodSeconds: 1,
  };
  const spec = {
    ...podSpec,
    volumes: [{ name: "shared", hostPath: { path: directory } }],
    containers: [{ name: "main", image, ...mount }],
  };
  const folderPath = `/api/v1/namespaces/${PODS}/pods`;
  await api.post(folderPath, { apiVersion: "v1", kind: "Pod", metadata: { name: "one" }, spec }, signal);
  const phase = async (): Promise<unknown> =>
    (await api.get<{ status?: { phase?: string } }>(`${folderPath}/one`, signal))?.status?.phase;
  await until("the pod runs", async () => (await phase()) === "Running");
  const open = async (t: TestContext, params: Readonly<Record<string, unknown>> = {}): Promise<Reach> => {
    const checked = kubernetesTarget.params.safeParse({ ...given, exec: "pod/one", ...params });
    if (!checked.success) throw new Error(JSON.stringify(checked.error.issues));
    const reach = await kubernetesTarget.open("pod", checked.data);
    t.after(() => reach[Symbol.asyncDispose]());
    return reach;
  };
  return { cluster, kubeconfig, podSpec, image, open };
}

let pod: Promise<RealPod> | undefined;

/** The pod of this test file, started on first use. `directory`: folder of this machine that it sees at the same path. */
export async function realPod(t: Pick<TestContext, "skip">, directory: string): Promise<RealPod | undefined> {
  const from = source();
  const why =
    "skip" in from
      ? from.skip
      : "assets" in from && existsSync(join(from.assets, "kubelet"))
        ? ""
        : "KUBEBUILDER_ASSETS has no kubelet";
  if (why !== "" || !("assets" in from)) {
    t.skip(why || "needs a kubelet of its own");
    return undefined;
  }
  const engine = await docker(t);
  return engine && (pod ??= startPod(from.assets, engine, directory));
}

if (import.meta.main) {
  const from = source();
  if (!("assets" in from)) throw new Error("skip" in from ? from.skip : "KUBECONFIG is set: use that cluster");
  const started = await startPlane(from.assets);
  process.stdout.write(`export KUBECONFIG=${started.kubeconfig}\n`);
  process.once("SIGINT", () => void started.stop());
} else after(async () => (await plane)?.stop());
