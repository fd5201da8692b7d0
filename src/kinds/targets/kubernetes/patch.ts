import { randomUUID } from "node:crypto";
import { WatchbookError } from "../../../model/error.ts";
import type { Thing } from "./api.ts";
import type { Cluster } from "./cluster.ts";
import { isWorkload, REMEMBERED, RESOURCES, RESTART } from "./resource.ts";
import type { Wish } from "./wish.ts";
import type { Workload } from "./workload.ts";

type Tree = Readonly<Record<string, unknown>>;

const bad = ({ target }: Cluster, name: string, what: string): WatchbookError =>
  new WatchbookError("TARGET-WISH", { target, name, what });

/** How many are wished: also what `stopped` and `running` mean for something that is counted. */
function replicasFor(cluster: Cluster, wish: Wish, one: Workload): number | undefined {
  if (wish.replicas !== undefined || wish.state === undefined) return wish.replicas;
  if (wish.state === "stopped") return 0;
  if ((one.spec.replicas ?? 1) > 0) return undefined;
  const remembered = Number(one.metadata.annotations?.[REMEMBERED] ?? Number.NaN);
  if (Number.isInteger(remembered) && remembered > 0) return remembered;
  throw bad(cluster, wish.name, "replicas ?");
}

function imagePatch(cluster: Cluster, wish: Wish, one: Workload): Tree {
  const names = one.spec.template.spec.containers.map(({ name }) => name);
  const name = wish.container ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined || !names.includes(name)) throw bad(cluster, wish.name, `container: ${names.join(" | ")}`);
  return { containers: [{ name, image: wish.version }] };
}

/** The strategic merge patch that brings a workload to what is wished; empty when it says nothing. */
export function workloadPatch(cluster: Cluster, kind: string, wish: Wish, one: Workload): Tree {
  const replicas = replicasFor(cluster, wish, one);
  if (replicas !== undefined && kind === "daemonset") throw bad(cluster, wish.name, "replicas");
  const now = one.spec.replicas ?? 1;
  // The count is remembered where the next operator looks for it: on the thing itself.
  const memory = replicas === 0 && now > 0 ? `${now}` : replicas !== undefined && replicas > 0 ? null : undefined;
  const remembers = memory !== undefined && (memory !== null || one.metadata.annotations?.[REMEMBERED] !== undefined);
  const template = {
    ...(wish.restart && { metadata: { annotations: { [RESTART]: randomUUID() } } }),
    ...(wish.version !== undefined && { spec: imagePatch(cluster, wish, one) }),
  };
  const spec = {
    ...(replicas !== undefined && { replicas }),
    ...(Object.keys(template).length > 0 && { template }),
  };
  return {
    ...(remembers && { metadata: { annotations: { [REMEMBERED]: memory } } }),
    ...(Object.keys(spec).length > 0 && { spec }),
  };
}

/** The merge patch of a ConfigMap or Secret. */
export function dataPatch(kind: string, wish: Wish): Tree {
  const encoded = (text: string | null): string | null =>
    text === null || kind !== "secret" ? text : Buffer.from(text).toString("base64");
  return { data: Object.fromEntries(Object.entries(wish.data ?? {}).map(([key, text]) => [key, encoded(text)])) };
}

/** The object to be applied, with everything that names it filled in. */
export function manifestFor(cluster: Cluster, kind: string, name: string, wish: Wish): Tree {
  const { group, kind: Kind } = RESOURCES[kind]!;
  const given = wish.manifest as Tree & { readonly metadata?: Tree & { readonly name?: string } };
  if (given.metadata?.name !== undefined && given.metadata.name !== name)
    throw bad(cluster, wish.name, `metadata.name: ${given.metadata.name}`);
  const metadata = { ...given.metadata, name, namespace: cluster.namespace };
  return { ...given, apiVersion: group, kind: Kind, metadata };
}

/** Wishes that make no sense for this kind of thing. */
export function mustFit(cluster: Cluster, kind: string, wish: Wish, thing: Thing | null): void {
  if (wish.data !== undefined && kind !== "configmap" && kind !== "secret") throw bad(cluster, wish.name, "data");
  const runs = wish.version ?? wish.replicas ?? (wish.restart === true ? true : undefined);
  if (!isWorkload(kind) && (runs !== undefined || wish.state === "stopped")) throw bad(cluster, wish.name, kind);
  if (thing === null && wish.manifest === undefined && wish.state !== "absent" && wish.data === undefined)
    throw bad(cluster, wish.name, "manifest ?");
}
