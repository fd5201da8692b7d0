import type { Source } from "./source.ts";

/** How somebody else learns that this watchbook is dead: it says again and again that it lives, until it does not. */
export interface HeartbeatSpec {
  /** Address that is asked with GET, or the reference of a secret that holds it. */
  readonly url?: string | { readonly secret: string };
  readonly channel?: string;
  /** Milliseconds. */
  readonly everyMs: number;
  /** Hosts, addresses and networks inside that it may reach. */
  readonly allow: readonly string[];
}

/** What watchbook does about its own death. */
export interface WatcherSpec {
  readonly heartbeat?: HeartbeatSpec;
  /** `host:port` of places that answer whenever our own network does. */
  readonly references: readonly string[];
  /** Channels that hear of the watcher itself, in this order until one takes it; absent: all of the book. */
  readonly channels?: readonly string[];
  /** Bytes beside the store that are given up when the disk is full; 0: none. */
  readonly reserve: number;
  readonly source?: Source;
}

export const WATCHER_DEFAULTS: WatcherSpec = { references: [], reserve: 8 << 20 };
