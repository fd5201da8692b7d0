import { z } from "zod";
import type { Driver } from "../../model/driver.ts";
import type { TargetKind } from "../../model/target.ts";
import { apply } from "./kubernetes/apply.ts";
import { openCluster, type Cluster } from "./kubernetes/cluster.ts";
import { healthOf } from "./kubernetes/health.ts";
import { insidePod } from "./kubernetes/inside.ts";
import { look } from "./kubernetes/look.ts";
import { plan, type Vault } from "./kubernetes/plan.ts";
import { undo } from "./kubernetes/undo.ts";

const params = z.strictObject({
  kubeconfig: z.string().optional().describe("File that says how to reach the cluster; default: what kubectl takes."),
  context: z.string().optional().describe("Context of the kubeconfig; default: its current one."),
  namespace: z.string().optional().describe("Namespace of the target; default: the context's."),
  exec: z.string().optional().describe("Where commands run: deployment/NAME (a ready pod of it) or pod/NAME."),
  container: z.string().optional().describe("Container of that pod; default: its first."),
  waitSeconds: z.number().positive().default(300).describe("Longest time for one rollout."),
});

type KubernetesParams = z.infer<typeof params>;

/** A namespace of a Kubernetes cluster: its workloads and settings, and commands in one of its containers. */
export const kubernetesTarget: TargetKind<KubernetesParams> = {
  kind: "kubernetes",
  params: params.prefault({}),
  open: async (name, given, root) => {
    const cluster = await openCluster(name, given, root);
    return { ...insidePod(cluster, given), driver: driver(cluster) };
  },
};

function driver(cluster: Cluster): Driver {
  const vault: Vault = new Map();
  return {
    observe: async (names, signal) => (await look(cluster, names, signal)).map(({ observed }) => observed),
    plan: (desired, signal) => plan(cluster, desired, vault, signal),
    apply: (intention, signal, log) => apply(cluster, intention, vault, signal, log),
    health: async (names, signal) => healthOf(cluster, await look(cluster, names, signal), signal),
    undo: (intention, signal, log) => undo(cluster, intention, signal, log),
  };
}
