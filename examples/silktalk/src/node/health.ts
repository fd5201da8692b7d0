/** What /health knows of a node. Times in milliseconds or seconds as the name says, sizes in bytes. */
export interface Facts {
  readonly name: string;
  readonly version: string;
  readonly peerId: string;
  /** Peer id of config.json. */
  readonly recordedPeerId: string;
  readonly peers: number;
  readonly connections: number;
  readonly maxConnections: number;
  /** Slowest peer: median of its last pings; null without peers. */
  readonly latencyMs: number | null;
  /** Percent of messages in the window that failed; null when there were none. */
  readonly errorRate: number | null;
  readonly messages: number;
  readonly usedBytes: number;
  readonly quotaBytes: number;
  readonly logLinesLost: number;
  readonly uptimeSeconds: number;
}

export type Status = "healthy" | "degraded" | "unhealthy";
export interface Health extends Facts {
  readonly status: Status;
  /** Why it is not healthy; empty when it is. */
  readonly reasons: readonly string[];
}

/** unhealthy: cannot do its work or is not who it was. degraded: works, but not for everybody or not for long. */
export function healthOf(facts: Facts): Health {
  const unhealthy: string[] = [];
  const degraded: string[] = [];
  if (facts.peerId !== facts.recordedPeerId) unhealthy.push("identity-changed");
  if (facts.usedBytes >= facts.quotaBytes || facts.logLinesLost > 0) unhealthy.push("disk-full");
  else if (facts.usedBytes >= facts.quotaBytes * 0.9) degraded.push("disk-nearly-full");
  if (facts.connections >= facts.maxConnections) degraded.push("connection-limit");
  if (facts.peers === 0) degraded.push("no-peers");
  const status = unhealthy.length > 0 ? "unhealthy" : degraded.length > 0 ? "degraded" : "healthy";
  return { status, reasons: [...unhealthy, ...degraded], ...facts };
}
