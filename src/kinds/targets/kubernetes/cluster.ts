import { resolve } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { WatchbookError } from "../../../model/error.ts";
import { ReachError } from "../../../model/target.ts";
import { apiOf, type Api } from "./api.ts";

/** The client library, exact: what to install when it is not there. */
export const CLIENT = "@kubernetes/client-node@2.0.1";

export interface Cluster {
  readonly target: string;
  readonly api: Api;
  readonly config: KubeConfig;
  readonly namespace: string;
  /** Longest time for one rollout, milliseconds. */
  readonly waitMs: number;
}

export type Client = typeof import("@kubernetes/client-node");

/** Loaded on first use: it is large, and most books have no cluster. */
export async function client(target: string): Promise<Client> {
  try {
    return await import("@kubernetes/client-node");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new WatchbookError("TARGET-NEEDS", { target, install: CLIENT });
  }
}

/** Opens a cluster by its kubeconfig: the file given, else what kubectl takes. ReachError when there is no such file. */
export async function openCluster(
  target: string,
  given: {
    readonly kubeconfig?: string | undefined;
    readonly context?: string | undefined;
    readonly namespace?: string | undefined;
    readonly waitSeconds: number;
  },
  root: string | undefined,
): Promise<Cluster> {
  const library = await client(target);
  const config = new library.KubeConfig();
  try {
    if (given.kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(resolve(root ?? ".", given.kubeconfig));
    if (given.context !== undefined) config.setCurrentContext(given.context);
  } catch (error) {
    throw new ReachError("unreachable", `${target}: kubeconfig: ${(error as Error).message}`, { cause: error });
  }
  if (given.context !== undefined && config.getContextObject(given.context) === null)
    throw new ReachError("unreachable", `${target}: kubeconfig: no context ${given.context}`);
  const namespace = given.namespace ?? config.getContextObject(config.currentContext)?.namespace ?? "default";
  return { target, api: apiOf(library, config, target), config, namespace, waitMs: given.waitSeconds * 1_000 };
}
