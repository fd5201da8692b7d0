import { createHash } from "node:crypto";
import type { Observed } from "../../../model/driver.ts";
import type { Thing } from "./api.ts";
import { isWorkload, RESTART } from "./resource.ts";

export interface Template {
  readonly metadata?: {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly containers: readonly {
      readonly name: string;
      readonly image: string;
      readonly readinessProbe?: unknown;
    }[];
  };
}

export interface Workload extends Thing {
  readonly spec: {
    readonly replicas?: number;
    readonly template: Template;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
    readonly desiredNumberScheduled?: number;
    readonly numberReady?: number;
    readonly updatedNumberScheduled?: number;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

/** The same text for the same data, whatever the order of keys. */
export const stable = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

export const digestOf = (value: unknown): string => createHash("sha256").update(stable(value)).digest("hex");

/** What is set up: all of the specification but how many, and when it was restarted. */
function configOf({ spec }: Workload): string {
  const { replicas: _, ...rest } = spec;
  const { [RESTART]: __, ...annotations } = spec.template.metadata?.annotations ?? {};
  return digestOf({ ...rest, template: { ...spec.template, metadata: { ...spec.template.metadata, annotations } } });
}

/** A condition that says the rollout will not come to its end. */
export const failureOf = ({ status }: Workload): string | undefined => {
  const bad = status?.conditions?.find(
    ({ type, status: is }) =>
      (type === "Progressing" && is === "False") || (type === "ReplicaFailure" && is === "True"),
  );
  return bad && `${bad.type}: ${bad.reason ?? ""} ${bad.message ?? ""}`.trim();
};

/** How many there should be, are of the newest kind, and are ready. */
export function countsOf({ spec, status }: Workload): {
  readonly wanted: number;
  readonly updated: number;
  readonly ready: number;
  readonly all: number;
} {
  const daemons = status?.desiredNumberScheduled;
  if (daemons !== undefined)
    return {
      wanted: daemons,
      updated: status?.updatedNumberScheduled ?? 0,
      ready: status?.numberReady ?? 0,
      all: daemons,
    };
  return {
    wanted: spec.replicas ?? 1,
    updated: status?.updatedReplicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    all: status?.replicas ?? 0,
  };
}

function stateOf(one: Workload): Observed["state"] {
  const { wanted, updated, ready, all } = countsOf(one);
  const seen = (one.status?.observedGeneration ?? 0) >= (one.metadata.generation ?? 0);
  if (seen && failureOf(one) !== undefined) return "failed";
  if (seen && wanted === 0 && all === 0) return "stopped";
  // Old pods that are still there serve the old version: the rollout is not over.
  return seen && updated >= wanted && ready >= wanted && all <= wanted && wanted > 0 ? "running" : "starting";
}

/** One thing as it is; null: there is none. */
export function observedOf(name: string, kind: string, thing: Thing | null): Observed {
  if (thing === null) return { name, kind, version: null, config: null, state: "absent" };
  if (isWorkload(kind)) {
    const one = thing as Workload;
    const { wanted, ready } = countsOf(one);
    const images = one.spec.template.spec.containers.map(({ image }) => image);
    const version = images.join(" ");
    return { name, kind, version, config: configOf(one), state: stateOf(one), replicas: { wanted, ready } };
  }
  // A digest of a secret can be guessed at: its revision says nothing of what it holds.
  if (kind === "secret")
    return { name, kind, version: thing.metadata.resourceVersion ?? "", config: null, state: "running" };
  const { metadata: _, status: __, ...rest } = thing;
  return { name, kind, version: `sha256:${digestOf(rest)}`, config: null, state: "running" };
}
