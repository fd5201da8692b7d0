import type { Driver } from "./driver.ts";
import type { Schema } from "./schema.ts";

export interface ExecOptions {
  /** Hard limit, milliseconds; default 10 000. */
  readonly timeoutMs?: number;
  /** Bytes kept of each of stdout and stderr; default 1 MiB. More sets `truncated`. */
  readonly maxBytes?: number;
  readonly stdin?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Every chunk of output as it comes, also beyond `maxBytes`. */
  readonly onOutput?: (chunk: Uint8Array, stream: "out" | "err") => void;
}

/** How a command ended. `spawn` says why it could not start. */
export type ExecEnd =
  | { readonly kind: "exit"; readonly code: number }
  | { readonly kind: "signal"; readonly signal: string }
  | { readonly kind: "timeout"; readonly ms: number }
  | { readonly kind: "aborted" }
  | { readonly kind: "spawn"; readonly reason: "not-found" | "no-permission" | "other"; readonly detail: string };

export interface ExecResult {
  readonly end: ExecEnd;
  readonly out: string;
  readonly err: string;
  readonly truncated: boolean;
}

export interface FileStat {
  readonly kind: "file" | "directory" | "symlink" | "other";
  readonly size: number;
  /** Milliseconds since the epoch, on the target's clock. */
  readonly modified: number;
  /** Permission bits, for example 0o600. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Identity that survives a rename and changes on rotation. */
  readonly inode: number;
}

/** Sizes of a file system, bytes. `available` is what an ordinary user may still write. */
export interface Space {
  readonly size: number;
  readonly free: number;
  readonly available: number;
  /** Number of inodes and of free ones; absent where the file system does not count them. */
  readonly inodes?: number;
  readonly inodesFree?: number;
}

/** Why a file operation on a target gave no answer. */
export class ReachError extends Error {
  /** `by-hand`: no program may act there; a person does it. */
  readonly reason: "absent" | "no-permission" | "timeout" | "unreachable" | "by-hand" | "other";
  constructor(reason: ReachError["reason"], detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = "ReachError";
    this.reason = reason;
  }
}

/**
 * A hand on one target.
 * MUST: argv is never passed through a shell; no method outlives its time limit or signal; a killed command leaves
 * no child behind; commands run with LC_ALL=C and a closed stdin unless `stdin` is given; exec never rejects for what
 * the command did (it says so in `end`); file methods reject with ReachError.
 */
export interface Reach extends AsyncDisposable {
  /** Name of the target, as the book has it. */
  readonly target: string;
  exec(argv: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** At most `length` bytes from `offset` (default: whole file up to 1 MiB). */
  read(path: string, range?: { readonly offset: number; readonly length: number }): Promise<Uint8Array>;
  /** Follows symbolic links; kind `symlink` means a link to nothing. */
  stat(path: string): Promise<FileStat>;
  /** Names in a directory, sorted, without `.` and `..`. */
  list(directory: string): Promise<readonly string[]>;
  space(path: string): Promise<Space>;
  /** What runs there beyond commands and files, where the kind of target knows how. */
  readonly driver?: Driver;
}

/** The kind of target where only a person acts; the compiler knows no other of their kinds. */
export const CONSOLE = "console";

/** Where a person sits who does what no program may do there, in the book's own words. */
export interface Seat {
  /** For example `iLO https://10.0.0.9, or the provider's VNC`. */
  readonly where: string;
  /** Which login, and where its secret is kept; never the secret. */
  readonly login?: string;
}

/** One kind of target: local, later ssh, compose, k8s, systemd. One file each. */
export interface TargetKind<P = unknown> {
  readonly kind: string;
  readonly params: Schema<P>;
  /**
   * `root`: the book's root, absolute; relative paths in `params` and in checks start there. Absent: where we stand.
   * `other`: hand on another target of the book, for kinds that live on one; it is closed by whoever gave it.
   */
  open(name: string, params: P, root?: string, other?: (target: string) => Promise<Reach>): Promise<Reach>;
  /** Only where no program acts: everything planned there is put to a person. `open` then rejects with `by-hand`. */
  seat?(params: P): Seat;
}

/** A named target of the book: what kind it is and with which parameters. */
export interface TargetSpec {
  readonly name: string;
  readonly kind: string;
  readonly params: unknown;
  readonly environment?: string;
  /** Variables that steps find on this target only. */
  readonly variables?: Readonly<Record<string, string>>;
}
