import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** One line of a file of host keys (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
interface Line {
  readonly marker: "" | "@revoked" | "@cert-authority";
  readonly hosts: readonly string[];
  readonly type: string;
  /** Base64. */
  readonly key: string;
}

function lineOf(text: string): Line | undefined {
  const words = text.trim().split(/\s+/);
  const marked = words[0]?.startsWith("@") === true;
  const [marker, hosts = "", type = "", key = ""] = marked ? words : ["", ...words];
  if (hosts === "" || hosts.startsWith("#") || key === "") return undefined;
  return { marker: marker as Line["marker"], hosts: hosts.split(","), type, key };
}

/** `|1|SALT|HASH`: HMAC-SHA1 of the name under the salt. */
function isHashed(pattern: string, name: string): boolean {
  const [, , salt = "", hash = ""] = pattern.split("|");
  const [want, have] = [
    Buffer.from(hash, "base64"),
    createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest(),
  ];
  return want.length === have.length && timingSafeEqual(want, have);
}

const isLike = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^$()|[\]{}\\]/g, String.raw`\$&`)
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  ).test(name);

/** Whether a line is about a host; one negated pattern that matches is enough for no. */
function isAbout({ hosts }: Line, name: string): boolean {
  let found = false;
  for (const pattern of hosts) {
    if (pattern.startsWith("|1|")) found ||= isHashed(pattern, name);
    else if (pattern.startsWith("!") && isLike(pattern.slice(1), name)) return false;
    else if (!pattern.startsWith("!")) found ||= isLike(pattern, name);
  }
  return found;
}

/** A name that stands for itself, in any case of its letters. */
const isPlain = (pattern: string): boolean => !/^\||[!*?]/.test(pattern);

/** What a file of host keys says of one host. */
export interface Known {
  /** Types of keys that it has for the host, as `ssh-ed25519`. */
  readonly types: readonly string[];
  /** An authority stands there whose certificates the host may show. */
  readonly authority: boolean;
  /** unknown: no key of this host stands there; changed: others do, or this one is revoked. */
  judge(type: string, key: Buffer): "known" | "unknown" | "changed";
}

/** What lines of a file say of the host that they are about. */
function knownBy(lines: readonly Line[]): Known {
  const plain = lines.filter(({ marker }) => marker === "");
  return {
    types: [...new Set(plain.map(({ type }) => type))],
    authority: lines.some(({ marker }) => marker === "@cert-authority"),
    judge: (type, key) => {
      const same = (line: Line): boolean => line.type === type && Buffer.from(line.key, "base64").equals(key);
      if (lines.some((line) => line.marker === "@revoked" && same(line))) return "changed";
      if (plain.some(same)) return "known";
      return plain.length > 0 ? "changed" : "unknown";
    },
  };
}

/**
 * Reads a file of host keys once, for the names (`host` or `[host]:port`) that are asked for then. Certificates of hosts are
 * not followed.
 */
export function knownHosts(text: string): (name: string) => Known {
  const byName = new Map<string, Line[]>();
  const others: Line[] = [];
  for (const line of text.split("\n").map(lineOf)) {
    if (!line) continue;
    if (!line.hosts.every(isPlain)) others.push(line);
    else
      for (const host of new Set(line.hosts.map((each) => each.toLowerCase())))
        byName.set(host, [...(byName.get(host) ?? []), line]);
  }
  return (name) =>
    knownBy([...(byName.get(name.toLowerCase()) ?? []), ...others.filter((line) => isAbout(line, name))]);
}

/** The same for one name. */
export const knownHost = (text: string, name: string): Known => knownHosts(text)(name);

/** `SHA256:…` as ssh-keygen shows it. */
export const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;

/** Type of a public key blob (RFC 4253, 6.6). */
export function typeOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0;
  return key.toString("latin1", 4, 4 + Math.min(length, 64));
}
