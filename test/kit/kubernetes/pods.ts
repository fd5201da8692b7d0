import type { Cluster } from "../../../src/kinds/targets/kubernetes/cluster.ts";
import type { Pod } from "../../../src/kinds/targets/kubernetes/pods.ts";
import { pause } from "../docker/place.ts";

interface Spec {
  readonly containers: readonly { readonly name: string; readonly image: string }[];
}

/** What a kubelet would say of a pod: running and ready, or, of an image named `bad`, that it cannot be had. */
function statusOf(spec: Spec): object {
  const bad = spec.containers.some(({ image }) => image.includes("bad"));
  const ready = bad ? "False" : "True";
  return {
    phase: bad ? "Pending" : "Running",
    conditions: [
      { type: "Ready", status: ready },
      { type: "ContainersReady", status: ready },
    ],
    containerStatuses: spec.containers.map(({ name, image }) => ({
      ...{ name, image, imageID: image, restartCount: 0, ready: !bad },
      state: bad ? { waiting: { reason: "ImagePullBackOff", message: image } } : { running: {} },
    })),
  };
}

/** Stand-in for a kubelet: says of every pod of a namespace that it runs, until `signal` aborts. No container is started. */
export async function standInKubelet(cluster: Cluster, signal: AbortSignal): Promise<void> {
  const folder = `/api/v1/namespaces/${cluster.namespace}/pods`;
  while (!signal.aborted) {
    const pods = await cluster.api.get<{ items: readonly (Pod & { spec: Spec })[] }>(folder, signal).catch(() => null);
    for (const { metadata, spec, status } of pods?.items ?? [])
      if ((status?.containerStatuses ?? []).length === 0 && metadata.deletionTimestamp === undefined)
        await cluster.api
          .patch(`${folder}/${metadata.name}/status`, "merge", { status: statusOf(spec) }, signal)
          // Removed in between, or the API server is being ended by a test.
          .catch(() => undefined);
    await pause(150);
  }
}
