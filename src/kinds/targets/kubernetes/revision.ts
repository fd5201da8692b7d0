import type { Thing } from "./api.ts";
import type { Cluster } from "./cluster.ts";
import type { Template, Workload } from "./workload.ts";
import { stable } from "./workload.ts";

interface Listed {
  readonly items: readonly (Thing & {
    readonly spec?: { readonly template: Template };
    readonly data?: { readonly spec: { readonly template: Template } };
  })[];
}

const folder = ({ namespace }: Cluster, kind: string): string =>
  `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/${kind === "deployment" ? "replicasets" : "controllerrevisions"}`;

/** A pod template without what the controllers put into it. */
function bare({ metadata, spec }: Template): Template {
  const { "pod-template-hash": _, ...labels } = { ...metadata?.labels };
  const { $patch: __, ...rest } = spec as Template["spec"] & { readonly $patch?: string };
  return { metadata: { ...(metadata?.annotations && { annotations: metadata.annotations }), labels }, spec: rest };
}

/** Name of the object that holds a workload's pod template as it is now, so that it can be had again. */
export async function revisionOf(
  cluster: Cluster,
  kind: string,
  one: Workload,
  signal: AbortSignal,
): Promise<string | undefined> {
  const all = await cluster.api.get<Listed>(folder(cluster, kind), signal);
  const wanted = stable(bare(one.spec.template));
  const own = (all?.items ?? []).filter(({ metadata }) =>
    metadata.ownerReferences?.some(({ uid }) => uid === one.metadata.uid),
  );
  return own.find((each) => {
    const template = each.spec?.template ?? each.data?.spec.template;
    return template !== undefined && stable(bare(template)) === wanted;
  })?.metadata.name;
}

/** The pod template that a revision holds; null when it was removed since. */
export async function templateOf(
  cluster: Cluster,
  kind: string,
  revision: string,
  signal: AbortSignal,
): Promise<Template | null> {
  const path = `${folder(cluster, kind)}/${encodeURIComponent(revision)}`;
  const found = await cluster.api.get<Listed["items"][number]>(path, signal);
  const template = found?.spec?.template ?? found?.data?.spec.template;
  return template ? bare(template) : null;
}
