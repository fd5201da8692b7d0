import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXIT, WatchbookError } from "../../../model/error.ts";
import { fingerprint, knownHost } from "./known-hosts.ts";
import { connectArgs, fileOf, knownName, type SshParams } from "./options.ts";
import { hostKeyChanged } from "./refusal.ts";
import { first, said, settingsFor, type Settings } from "./settings.ts";

/** A host key as it was shown, for a person to compare. */
export interface HostKey {
  /** `ssh-ed25519` */
  readonly type: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
  /** known: it stands in the book's file already. changed: another one does. */
  readonly state: "known" | "unknown" | "changed";
  /** The line of the file of host keys. */
  readonly line: string;
}

export interface Enrolment {
  /** `host` or `[host]:port`, or what the ssh configuration calls it (HostKeyAlias). */
  readonly host: string;
  /** The file, as the book names it. */
  readonly file: string;
  readonly keys: readonly HostKey[];
  /**
   * Writes the keys that are new, once somebody has compared them. Rejects with WatchbookError HOST-KEY-CHANGED when the
   * file has another one: that line is for a person to remove.
   */
  confirm(): Promise<void>;
}

const isProxied = (params: SshParams, settings: Settings): boolean =>
  params.jump !== undefined ||
  first(settings, "proxyjump") !== undefined ||
  first(settings, "proxycommand") !== undefined;

/** Keys of a host that is reached directly: of every type it has. */
const scanned = (host: string, port: number, ms: number): Promise<string> =>
  said("ssh-keyscan", ["-T", String(Math.ceil(ms / 1_000)), "-p", String(port), "--", host]);

/** The key that ssh itself is shown behind another host; it offers no login. */
async function shown(params: SshParams, root: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "wb-enrol-"));
  const file = join(folder, "keys");
  const over = [
    `UserKnownHostsFile=${file}`,
    "StrictHostKeyChecking=accept-new",
    "PreferredAuthentications=none",
    "HashKnownHosts=no",
  ];
  const args = [...over.flatMap((option) => ["-o", option]), ...connectArgs(params, root), "--", params.host, "exit"];
  try {
    let why = "";
    await said("ssh", args).catch((error: Error) => (why = error.message));
    return await readFile(file, "utf8").catch(() => {
      throw new Error(why || "no key was shown");
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function keysOf(text: string, host: string, params: SshParams, root: string): Promise<readonly HostKey[]> {
  const path = fileOf(root, params.knownHosts);
  const known = knownHost(await readFile(path, "utf8").catch(() => ""), host);
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, type = "", base64 = ""] = line.split(" ");
      const key = Buffer.from(base64, "base64");
      // A type that the file does not have is new, not changed.
      const state = known.types.includes(type) ? known.judge(type, key) : "unknown";
      return { type, fingerprint: fingerprint(key), state, line: `${host} ${type} ${base64}` };
    });
}

async function append(path: string, lines: readonly string[]): Promise<void> {
  const before = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const whole = before === "" || before.endsWith("\n") ? before : `${before}\n`;
  const temporary = `${path}.new`;
  await writeFile(temporary, `${whole}${lines.join("\n")}\n`, { mode: 0o644 });
  await rename(temporary, path);
}

/**
 * Fetches the host keys of a target of kind ssh, for a person to compare with what the host's owner says. Nothing is
 * written before `confirm`. Rejects with WatchbookError HOST-KEY-NONE when the host shows none.
 */
export async function enrol(target: string, params: SshParams, root: string): Promise<Enrolment> {
  const settings = await settingsFor(params, root);
  const address = first(settings, "hostname") ?? params.host;
  const port = params.port ?? Number(first(settings, "port") ?? 22);
  const host = first(settings, "hostkeyalias") ?? knownName(address, port);
  const asked = isProxied(params, settings) ? shown(params, root) : scanned(address, port, params.connectMs);
  const none = (detail: string): WatchbookError =>
    new WatchbookError("HOST-KEY-NONE", { host: address, port, detail }, { exit: EXIT.unreachable });
  const text = await asked.catch((error: Error) => {
    throw none(error.message.slice(0, 200));
  });
  const keys = await keysOf(text, host, params, root);
  if (keys.length === 0) throw none("no answer");
  return {
    host,
    file: params.knownHosts,
    keys,
    confirm: async () => {
      if (keys.some(({ state }) => state === "changed"))
        throw hostKeyChanged({ target, host, file: params.knownHosts });
      const fresh = keys.filter(({ state }) => state === "unknown");
      if (fresh.length > 0)
        await append(
          fileOf(root, params.knownHosts),
          fresh.map(({ line }) => line),
        );
    },
  };
}
