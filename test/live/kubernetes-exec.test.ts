// What a real kubelet does: commands and files inside a container, the contract of every Reach; an image that cannot be had.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { realPod } from "../kit/kubernetes.ts";
import { PODS } from "../kit/kubernetes/kubelet.ts";
import type { Pod } from "../../src/kinds/targets/kubernetes/pods.ts";
import type { Workload } from "../../src/kinds/targets/kubernetes/workload.ts";
import { until } from "../kit/until.ts";
import { reachSuite } from "../suites/reach.ts";
import { done, place, said } from "../suites/step-context.ts";
import { needs } from "./needs.ts";

const shared = mkdtempSync(join(tmpdir(), "watchbook-pod-"));
after(() => rmSync(shared, { recursive: true, force: true }));

let why = "";
const pod = await realPod({ skip: (reason = "") => void (why = reason) }, shared);
if (pod)
  reachSuite("kubernetes pod", async (t) => ({
    reach: await pod.open(t),
    directory: mkdtempSync(join(shared, "test-")),
  }));
else test("kubernetes pod: commands and files", { skip: why });

test("bad-image: the new pod of a deployment waits for an image that cannot be had while the old one stays; then it is the old one again", async (t) => {
  if (!pod) return t.skip(why);
  if (!needs(t, "kubectl")) return;
  const { cluster, kubeconfig, podSpec, image } = pod;
  const { api } = cluster;
  const folder = `/apis/apps/v1/namespaces/${PODS}/deployments`;
  const [labels, signal] = [{ app: "web" }, AbortSignal.timeout(120_000)];
  const containers = [{ name: "main", image, imagePullPolicy: "IfNotPresent" }];
  const template = { metadata: { labels }, spec: { ...podSpec, containers } };
  const spec = { replicas: 1, selector: { matchLabels: labels }, template };
  await api.post(folder, { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec }, signal);
  t.after(() => api.remove(`${folder}/web`, AbortSignal.timeout(30_000)));
  const now = async (): Promise<Workload> => (await api.get<Workload>(`${folder}/web`, signal))!;
  const imageNow = async (): Promise<string | undefined> => (await now()).spec.template.spec.containers[0]?.image;
  /** What each pod of the deployment that is to stay does, or why it does not. */
  const pods = async (): Promise<readonly string[]> => {
    const path = `/api/v1/namespaces/${PODS}/pods?labelSelector=app%3Dweb`;
    const all = (await api.get<{ readonly items: readonly Pod[] }>(path, signal))?.items ?? [];
    return all
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ status }) => status?.containerStatuses?.[0]?.state?.waiting?.reason ?? status?.phase ?? "-")
      .toSorted();
  };
  await until(async () => (await now()).status?.readyReplicas === 1, "the deployment runs");
  const here = await place(t, { KUBECONFIG: kubeconfig });
  const params = { kubernetes: { namespace: PODS, deployment: "web", container: "main" } };
  const inject = (number: number, more: object = {}) =>
    done("fault", { fault: "bad-image", with: { ...params, ...more } }, here.context({}, { number }));
  const remove = (number: number) =>
    done("fault", { fault: "bad-image", with: params, remove: true }, here.context({}, { purpose: "undo", number }));
  assert.equal(said(await inject(1)), "ok", here.printed());
  const bitten = await pods();
  assert.equal(bitten.length, 2);
  assert.match(bitten.join(" "), /^(ErrImagePull|ImagePullBackOff) Running$/);
  assert.equal(said(await remove(1)), "ok", here.printed());
  await until(async () => (await pods()).join() === "Running", "the old pod alone is there");
  assert.equal(await imageNow(), image);
  // The image that is there already is no fault; a deployment that is not there is said so.
  assert.equal(said(await inject(2, { image })), "failed fault-did-not-bite");
  const none = { kubernetes: { namespace: PODS, deployment: "none", container: "main" } };
  assert.equal(said(await inject(3, none)), "failed fault-no-service");
});
