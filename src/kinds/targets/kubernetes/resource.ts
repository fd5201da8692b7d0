/** Field manager of what we write, and prefix of our annotations. */
export const MANAGER = "watchbook";
/** How many replicas there were before we scaled to none. */
export const REMEMBERED = "watchbook.dev/replicas";
/** Changes with every restart that we asked for. */
export const RESTART = "watchbook.dev/restart";

interface Resource {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
}

/** Kinds by the name that things of them begin with: `deployment/web`. */
export const RESOURCES: Readonly<Record<string, Resource>> = {
  deployment: { group: "apps/v1", kind: "Deployment", plural: "deployments" },
  statefulset: { group: "apps/v1", kind: "StatefulSet", plural: "statefulsets" },
  daemonset: { group: "apps/v1", kind: "DaemonSet", plural: "daemonsets" },
  configmap: { group: "v1", kind: "ConfigMap", plural: "configmaps" },
  secret: { group: "v1", kind: "Secret", plural: "secrets" },
  service: { group: "v1", kind: "Service", plural: "services" },
  ingress: { group: "networking.k8s.io/v1", kind: "Ingress", plural: "ingresses" },
  job: { group: "batch/v1", kind: "Job", plural: "jobs" },
};

/** Kinds whose pods run. */
export const WORKLOADS = ["deployment", "statefulset", "daemonset"] as const;

/** `deployment/web` in its parts; a name without a kind is a deployment's. */
export function partsOf(name: string): { readonly kind: string; readonly name: string } {
  const slash = name.indexOf("/");
  return slash === -1
    ? { kind: "deployment", name }
    : { kind: name.slice(0, slash).toLowerCase(), name: name.slice(slash + 1) };
}

export const isWorkload = (kind: string): boolean => (WORKLOADS as readonly string[]).includes(kind);

/** Path of all things of a kind in a namespace. */
export function folderOf(kind: string, namespace: string): string {
  const { group, plural } = RESOURCES[kind]!;
  const root = group.includes("/") ? `/apis/${group}` : `/api/${group}`;
  return `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

export const pathOf = (kind: string, namespace: string, name: string): string =>
  `${folderOf(kind, namespace)}/${encodeURIComponent(name)}`;
