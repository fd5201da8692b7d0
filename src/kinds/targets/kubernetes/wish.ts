import type { Desired } from "../../../model/driver.ts";
import type { PatchType } from "./api.ts";

/** What can be wanted of a thing in a namespace. */
export interface Wish extends Desired {
  /** Container that `version` is the image of; default: the only one. */
  readonly container?: string;
  /** The whole object, as `kubectl apply --server-side` takes it. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Take fields over from other managers. */
  readonly force?: boolean;
  /** Values of a ConfigMap or Secret, plain text; null removes a key. Others stay. */
  readonly data?: Readonly<Record<string, string | null>>;
}

/** One request that brings a thing to what is wished. */
export interface Act {
  readonly path: string;
  readonly query: string;
  readonly type: PatchType | "delete";
  /** Absent for secrets: their values are not written down. */
  readonly body?: unknown;
  readonly secret?: string;
  readonly undo: Undo;
}

/** What brings back what was. */
export interface Undo {
  readonly existed: boolean;
  /** Object that holds the pod template as it was: a ReplicaSet or a ControllerRevision. */
  readonly revision?: string;
  /** Specification without the pod template. */
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, string | null>>;
  /** A ConfigMap's or other plain object as it was. */
  readonly object?: Readonly<Record<string, unknown>>;
  /** Name of the copy of a secret that `apply` makes in the cluster. */
  readonly copy?: string;
}

/** By name of the thing. */
export type Way = Readonly<Record<string, Act>>;
