import { readFile, rename, writeFile } from "node:fs/promises";
import { multiaddr } from "@multiformats/multiaddr";
import { Failure } from "./failure.ts";

/** config.json of a node. Times in seconds, sizes in bytes. */
export interface Config {
  name: string;
  /** Peer id written when the identity was made; a different key later is reported, never accepted silently. */
  peerId: string;
  listen: { host: string; port: number };
  /** /health and /peers. */
  health: { host: string; port: number };
  connection: {
    maxConnections: number;
    /** New inbound connections per second and host. */
    inboundPerSecond: number;
  };
  discovery: { bootstrap: string[] };
  logging: { level: "debug" | "info" | "warn" | "error" };
  /** Window of the error rate, and pause between two pings or messages. */
  metrics: { windowSeconds: number; intervalSeconds: number };
  storage: { quotaBytes: number };
}

export const defaults = (name: string): Config => ({
  name,
  peerId: "",
  listen: { host: "127.0.0.1", port: 4001 },
  health: { host: "127.0.0.1", port: 8081 },
  connection: { maxConnections: 300, inboundPerSecond: 50 },
  discovery: { bootstrap: [] },
  logging: { level: "info" },
  metrics: { windowSeconds: 60, intervalSeconds: 1 },
  storage: { quotaBytes: 64 * 1024 * 1024 },
});

const positive = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value) && value > 0;
const whole = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;
const port = (value: unknown): boolean => whole(value) && (value as number) < 65_536;
const text = (value: unknown): boolean => typeof value === "string" && value !== "";
const isPeerAddress = (value: unknown): boolean => {
  if (typeof value !== "string") return false;
  try {
    return multiaddr(value)
      .getComponents()
      .some((part) => part.name === "p2p");
  } catch {
    return false;
  }
};

interface Rule {
  readonly want: string;
  holds(this: void, value: unknown): boolean;
}

/** Every key that may be read or set, with what it accepts. */
export const RULES: Readonly<Record<string, Rule>> = {
  name: { want: "a name", holds: text },
  peerId: { want: "a peer id", holds: (value) => typeof value === "string" },
  "listen.host": { want: "an IP address", holds: text },
  "listen.port": { want: "a port, 1 to 65535", holds: port },
  "health.host": { want: "an IP address", holds: text },
  "health.port": { want: "a port, 1 to 65535", holds: port },
  "connection.maxConnections": { want: "a whole number above 0", holds: whole },
  "connection.inboundPerSecond": { want: "a whole number above 0", holds: whole },
  "discovery.bootstrap": {
    want: "a JSON list of addresses that end in /p2p/PEER-ID",
    holds: (value) => Array.isArray(value) && value.every(isPeerAddress),
  },
  "logging.level": {
    want: "debug, info, warn or error",
    holds: (value) => ["debug", "info", "warn", "error"].includes(value as string),
  },
  "metrics.windowSeconds": { want: "seconds above 0", holds: positive },
  "metrics.intervalSeconds": { want: "seconds above 0", holds: positive },
  "storage.quotaBytes": { want: "bytes, a whole number above 0", holds: whole },
};

const walk = (config: Config, key: string): unknown =>
  key
    .split(".")
    .reduce<unknown>((value, part) => (value as Readonly<Record<string, unknown>> | undefined)?.[part], config);

const rule = (key: string): Rule => {
  const found = RULES[key];
  if (!found) throw new Failure(`There is no setting ${key}.`, `Choose one of: ${Object.keys(RULES).join(", ")}.`);
  return found;
};

/** Value of one dotted key. */
export const getKey = (config: Config, key: string): unknown => {
  rule(key);
  return walk(config, key);
};

/** A copy with one key changed. `written` is JSON, or a bare word for texts. Nothing is applied that breaks the rule. */
export function setKey(config: Config, key: string, written: string): Config {
  const { want, holds } = rule(key);
  let value: unknown = written;
  try {
    value = JSON.parse(written);
  } catch {
    // Not JSON: a bare word, which the rule below judges.
  }
  if (!holds(value)) throw new Failure(`${key} cannot be ${written}.`, `Give ${want}.`);
  const copy = structuredClone(config);
  const parts = key.split(".");
  const last = parts.pop()!;
  const parent = parts.length === 0 ? copy : walk(copy, parts.join("."));
  (parent as Record<string, unknown>)[last] = value;
  return copy;
}

/** Reads and checks config.json. */
export async function readConfig(path: string): Promise<Config> {
  const written = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT")
      throw new Failure(`${path} does not exist.`, "Make one with: silktalk --home DIR config init", 2, { cause });
    throw cause;
  });
  let config: Config;
  try {
    config = JSON.parse(written) as Config;
  } catch (cause) {
    throw new Failure(`${path} is not JSON: ${(cause as Error).message}`, "Restore it from the last backup.", 2, {
      cause,
    });
  }
  for (const [key, { want, holds }] of Object.entries(RULES))
    if (!holds(walk(config, key))) throw new Failure(`${path}: ${key} is missing or wrong.`, `Give ${want}.`);
  return config;
}

/** Replaces config.json in one move: a reader sees the old or the new one, never half. */
export async function writeConfig(path: string, config: Config): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o644 });
  await rename(`${path}.new`, path);
}
