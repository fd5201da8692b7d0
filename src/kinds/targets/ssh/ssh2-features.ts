import { readFile, stat } from "node:fs/promises";
import { expanded, first, type Settings } from "./settings.ts";

/** What a configuration asks for and the ssh2 library cannot do; undefined: nothing. */
export async function missingFeature(settings: Settings, identities: readonly string[]): Promise<string | undefined> {
  for (const key of ["proxyjump", "proxycommand", "pkcs11provider"])
    if (first(settings, key) !== undefined) return `${key} ${first(settings, key)}`;
  if (settings.has("certificatefile")) return `certificatefile ${settings.get("certificatefile")![0]}`;
  if (first(settings, "hostbasedauthentication") === "yes") return "hostbasedauthentication";
  for (const identity of identities) {
    const line = await readFile(`${expanded(identity)}.pub`, "utf8").catch(() => "");
    if (line.startsWith("sk-")) return `a security key (${identity})`;
  }
  return undefined;
}

/** A certificate that ssh would offer with one of these keys; the library offers the bare key. */
export async function certificateBeside(identities: readonly string[]): Promise<string | undefined> {
  for (const identity of identities) {
    const path = `${expanded(identity).replace(/\.pub$/, "")}-cert.pub`;
    if (await stat(path).catch(() => undefined)) return path;
  }
  return undefined;
}
