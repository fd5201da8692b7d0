import { resolve } from "node:path";
import { z } from "zod";

/** Neither an option of ssh nor anything that a shell would read. */
const host = /^(?!-)[\w.:%-]+$/;
const user = /^(?!-)[\w.@+$-]+$/;
const jump = /^(?!-)[\w.@:[\]%+-]+$/;

export const params = z.strictObject({
  host: z.string().regex(host).describe("Name or address, or a `Host` of the ssh configuration."),
  port: z.int().min(1).max(65_535).optional().describe("Default: what the ssh configuration says, else 22."),
  user: z.string().regex(user).optional().describe("Default: what the ssh configuration says, else our own user."),
  identity: z
    .string()
    .optional()
    .describe(
      "Private key file, relative to the book's root; only this one is offered. Of a key that only the agent has, its public half (`id.pub`). Default: the agent's and the usual ones.",
    ),
  config: z
    .string()
    .optional()
    .describe("ssh configuration to read instead of the user's, relative to the book's root; `none` for none."),
  knownHosts: z
    .string()
    .default("known_hosts")
    .describe("File of the book with the host keys that somebody confirmed, reviewed like the manual itself."),
  jump: z
    .string()
    .regex(jump)
    .optional()
    .describe("Host to go through: `[user@]host[:port]`; its key stands in the same file."),
  connectMs: z.int().min(100).max(120_000).default(10_000).describe("How long a connection may take, milliseconds."),
  driver: z
    .enum(["openssh", "ssh2"])
    .default("openssh")
    .describe(
      "openssh: the ssh of the system with everything it knows. ssh2: many hosts at less cost, but no jump hosts, certificates and hardware keys; a certificate that only the agent has is left to openssh.",
    ),
  directory: z.string().default(".").describe("Where commands start; default: where a login starts."),
  path: z.array(z.string()).default([]).describe("Directories searched for commands before the system's."),
  env: z.record(z.string(), z.string()).default({}).describe("Variables that commands find besides PATH and HOME."),
});

export type SshParams = z.infer<typeof params>;

/** A path of the book as this machine has it; `~` is for ssh to read. */
export const fileOf = (root: string, path: string): string => (path.startsWith("~") ? path : resolve(root, path));

/** A value of `-o NAME=VALUE` that is one word and has no tokens of its own. */
const word = (path: string): string => `"${path.replaceAll("%", "%%").replaceAll('"', '\\"')}"`;

const option = (name: string, value: string): readonly string[] => ["-o", `${name}=${value}`];

/** Options that hold for every connection: what is trusted, and that nobody is asked. */
function common(params: SshParams, root: string): readonly string[] {
  return [
    ...(params.config === undefined ? [] : ["-F", params.config === "none" ? "none" : fileOf(root, params.config)]),
    ...option("BatchMode", "yes"),
    ...option("StrictHostKeyChecking", "yes"),
    ...option("UserKnownHostsFile", word(fileOf(root, params.knownHosts))),
    ...option("GlobalKnownHostsFile", "/dev/null"),
    ...option("VerifyHostKeyDNS", "no"),
    ...option("UpdateHostKeys", "no"),
    ...option("CheckHostIP", "no"),
    ...option("ConnectTimeout", String(Math.ceil(params.connectMs / 1_000))),
    ...option("LogLevel", "ERROR"),
  ];
}

const shellWord = (word: string): string => (/^[\w./=:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/**
 * Command that goes through another host. ssh would give that one the configuration, but not these options: its key is to
 * stand in the same file.
 */
function through(jump: string, base: readonly string[]): string {
  const words = ["ssh", ...base].map((word) => shellWord(word).replaceAll("%", "%%"));
  return [...words, "-W", "'[%h]:%p'", "--", shellWord(`ssh://${jump}`)].join(" ");
}

/** Arguments of ssh before the host, for a connection of its own. */
export function connectArgs(params: SshParams, root: string): readonly string[] {
  const base = common(params, root);
  return [
    ...base,
    ...(params.port === undefined ? [] : ["-p", String(params.port)]),
    ...(params.user === undefined ? [] : ["-l", params.user]),
    ...(params.identity === undefined ? [] : ["-i", fileOf(root, params.identity), ...option("IdentitiesOnly", "yes")]),
    ...(params.jump === undefined ? [] : option("ProxyCommand", through(params.jump, base))),
    ...option("ServerAliveInterval", "5"),
    ...option("ServerAliveCountMax", "3"),
    ...option("ClearAllForwardings", "yes"),
    ...option("ForwardAgent", "no"),
    ...option("ForwardX11", "no"),
    ...option("PermitLocalCommand", "no"),
    ...option("RequestTTY", "no"),
  ];
}

/** The host as known_hosts names it. */
export const knownName = (host: string, port: number): string => (port === 22 ? host : `[${host}]:${port}`);
