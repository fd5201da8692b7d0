import { spawn } from "node:child_process";
import { once } from "node:events";
import { homedir } from "node:os";
import { connectArgs, type SshParams } from "./options.ts";

/** What ssh would do for a host: its configuration, read by itself (`ssh -G`). Keys in lower case, values in order. */
export type Settings = ReadonlyMap<string, readonly string[]>;

const LIMIT_MS = 10_000;

/** What a program of this machine says; rejects when there is none, or it fails. */
export async function said(command: string, args: readonly string[], stdin?: string): Promise<string> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], timeout: LIMIT_MS, detached: true });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  child.stdin.on("error", () => undefined);
  child.stdin.end(stdin);
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0 && out.length === 0)
    throw new Error(`${command}: ${Buffer.concat(err).toString("utf8").trim() || code}`);
  return Buffer.concat(out).toString("utf8");
}

/** Parses what `ssh -G` prints. */
export function settingsOf(text: string): Settings {
  const settings = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const at = line.indexOf(" ");
    if (at < 0) continue;
    const key = line.slice(0, at).toLowerCase();
    settings.set(key, [...(settings.get(key) ?? []), line.slice(at + 1)]);
  }
  return settings;
}

export const settingsFor = async (params: SshParams, root: string): Promise<Settings> =>
  settingsOf(await said("ssh", ["-G", ...connectArgs(params, root), "--", params.host]));

export const first = (settings: Settings, key: string): string | undefined => {
  const value = settings.get(key)?.[0];
  return value === undefined || value === "none" ? undefined : value;
};

/** A path as ssh prints it: `~` is home. */
export const expanded = (path: string): string => path.replace(/^~(?=\/)/, homedir());
