import type { Thing } from "./api.ts";
import type { Cluster } from "./cluster.ts";
import type { Workload } from "./workload.ts";

export interface Pod extends Thing {
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly restartCount?: number;
      readonly state?: {
        readonly waiting?: { readonly reason?: string; readonly message?: string };
        readonly terminated?: { readonly reason?: string; readonly exitCode?: number };
      };
    }[];
  };
}

/** Pods that a workload's selector finds. */
export async function podsOf(cluster: Cluster, one: Workload, signal: AbortSignal): Promise<readonly Pod[]> {
  const labels = Object.entries(one.spec.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const query = new URLSearchParams({ labelSelector: labels.join(",") });
  const path = `/api/v1/namespaces/${encodeURIComponent(cluster.namespace)}/pods?${query.toString()}`;
  return (await cluster.api.get<{ readonly items: readonly Pod[] }>(path, signal))?.items ?? [];
}

/** Why a pod does not do what it should, one line per cause; none when it is ready. */
export function troublesOf({ metadata, status }: Pod): readonly string[] {
  const ready = status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True");
  if (ready || metadata.deletionTimestamp !== undefined) return [];
  const waits = (status?.containerStatuses ?? []).flatMap(({ name, state, restartCount }) => {
    const why = state?.waiting ?? state?.terminated;
    const more = state?.waiting?.message ?? (state?.terminated ? `exit ${state.terminated.exitCode}` : "");
    return why ? [`${name}: ${why.reason ?? ""} ${more} (restarts ${restartCount ?? 0})`] : [];
  });
  const conditions = (status?.conditions ?? []).flatMap(({ type, status: is, reason, message }) =>
    is === "False" ? [`${type}: ${reason ?? ""} ${message ?? ""}`.trim()] : [],
  );
  return (waits.length > 0 ? waits : conditions.length > 0 ? conditions : [status?.phase ?? "-"]).map((why) =>
    `pod/${metadata.name} ${why}`.slice(0, 400),
  );
}
