import { existsSync } from "node:fs";
import { expanded, first, type Settings } from "./settings.ts";
import { unchanged } from "./unchanged.ts";

const isHardware = (bytes: Buffer): boolean => bytes.toString("latin1", 0, 3) === "sk-";

/** What a configuration asks for and the ssh2 library cannot do; undefined: nothing. */
export function missingFeature(settings: Settings, identities: readonly string[]): string | undefined {
  for (const key of ["proxyjump", "proxycommand", "pkcs11provider"])
    if (first(settings, key) !== undefined) return `${key} ${first(settings, key)}`;
  if (settings.has("certificatefile")) return `certificatefile ${settings.get("certificatefile")![0]}`;
  if (first(settings, "hostbasedauthentication") === "yes") return "hostbasedauthentication";
  const hardware = identities.find((identity) => unchanged("sk", `${expanded(identity)}.pub`, isHardware));
  return hardware === undefined ? undefined : `a security key (${hardware})`;
}

/** A certificate that ssh would offer with one of these keys; the library offers the bare key. */
export const certificateBeside = (identities: readonly string[]): string | undefined =>
  identities.map((identity) => `${expanded(identity).replace(/\.pub$/, "")}-cert.pub`).find((path) => existsSync(path));
