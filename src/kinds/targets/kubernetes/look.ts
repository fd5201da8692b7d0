import type { Observed } from "../../../model/driver.ts";
import { mustKnow } from "../driver/unknown.ts";
import type { Thing } from "./api.ts";
import type { Cluster } from "./cluster.ts";
import { folderOf, partsOf, pathOf, RESOURCES, WORKLOADS } from "./resource.ts";
import { observedOf } from "./workload.ts";

/** One thing by its name; null: there is none. A kind that we do not know is refused with those we do. */
export async function thingOf(cluster: Cluster, name: string, signal: AbortSignal): Promise<Thing | null> {
  const parts = partsOf(name);
  mustKnow(cluster.target, [parts.kind], Object.keys(RESOURCES));
  return cluster.api.get<Thing>(pathOf(parts.kind, cluster.namespace, parts.name), signal);
}

/** All workloads of the namespace. */
export async function allNames(cluster: Cluster, signal: AbortSignal): Promise<readonly string[]> {
  const lists = await Promise.all(
    WORKLOADS.map(async (kind) => {
      const found = await cluster.api.get<{ readonly items: readonly Thing[] }>(
        folderOf(kind, cluster.namespace),
        signal,
      );
      return (found?.items ?? []).map(({ metadata }) => `${kind}/${metadata.name}`);
    }),
  );
  return lists.flat();
}

/** Things with what is observed of them; without names all workloads. */
export async function look(
  cluster: Cluster,
  names: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<readonly { readonly thing: Thing | null; readonly observed: Observed }[]> {
  const wanted = names ?? (await allNames(cluster, signal));
  return Promise.all(
    wanted.map(async (name) => {
      const thing = await thingOf(cluster, name, signal);
      return { thing, observed: observedOf(name, partsOf(name).kind, thing) };
    }),
  );
}
