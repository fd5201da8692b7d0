import type { Risk } from "./states.ts";

/** One thing on a target: a container, a unit, a deployment, a file. */
export interface Observed {
  readonly name: string;
  readonly kind: string;
  /** Image digest, package version, content digest: what runs. Null when it is not there. */
  readonly version: string | null;
  /** Digest of its configuration, where the target has one. */
  readonly config: string | null;
  readonly state: "running" | "stopped" | "starting" | "failed" | "absent";
  readonly replicas?: { readonly wanted: number; readonly ready: number };
}

/** What is wanted of one thing; keys that are absent stay as they are. Further keys are the driver's own. */
export interface Desired {
  readonly name: string;
  readonly version?: string;
  readonly state?: "running" | "stopped" | "absent";
  readonly replicas?: number;
  /** Restart although nothing differs. */
  readonly restart?: boolean;
  readonly [key: string]: unknown;
}

export interface Action {
  readonly name: string;
  readonly what: "create" | "update" | "scale" | "restart" | "start" | "stop" | "remove" | "none";
  readonly from: string;
  readonly to: string;
  /** The exact command or request. */
  readonly command: string;
  readonly risk: Risk;
}

/** What `apply` will do, and what `undo` needs to bring back what was. Plain data. */
export interface Intention {
  readonly actions: readonly Action[];
  /** What was observed when it was made: `apply` refuses when it differs now. */
  readonly before: readonly Observed[];
  readonly undo: unknown;
}

/** `unknown` is never healthy. */
export interface Health {
  readonly outcome: "pass" | "fail" | "unknown";
  /** One line per thing that is not well. */
  readonly reasons: readonly string[];
}

/**
 * A hand on what runs on a target, beyond commands and files.
 * MUST: `observe`, `plan` and `health` change nothing; `plan` for what is already so gives only actions `none`; `apply`
 * does what the intention says and nothing else, refuses (WatchbookError TARGET-CHANGED) when the target is no longer
 * as observed, and rejects when the target refused; `undo` brings back the observed state of the things the intention
 * touched; everything ends soon after `signal` aborts; an unreachable target rejects with ReachError.
 */
export interface Driver {
  observe(names: readonly string[] | undefined, signal: AbortSignal): Promise<readonly Observed[]>;
  plan(desired: readonly Desired[], signal: AbortSignal): Promise<Intention>;
  apply(intention: Intention, signal: AbortSignal, log: (line: string) => void): Promise<void>;
  health(names: readonly string[] | undefined, signal: AbortSignal): Promise<Health>;
  undo(intention: Intention, signal: AbortSignal, log: (line: string) => void): Promise<void>;
}
