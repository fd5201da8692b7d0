import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { chmodSync, linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { WatchbookError } from "../model/error.ts";
import { makeFolder } from "../store/folder.ts";

/** A key that signs evidence, on the host that makes it. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: PublicKey;
}

/** An Ed25519 public key (RFC 8032). */
export interface PublicKey {
  readonly key: KeyObject;
  /** SHA-256 of the SubjectPublicKeyInfo (DER), hex: the `keyid` of an envelope. */
  readonly id: string;
  /** The 32 bytes. */
  readonly raw: Buffer;
}

/** SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key, RFC 8410 §4. */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

export function publicKeyOf(raw: Uint8Array): PublicKey {
  const der = Buffer.concat([SPKI_PREFIX, raw]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  return { key, raw: Buffer.from(raw), id: createHash("sha256").update(der).digest("hex") };
}

/** A public key from PEM. Throws for anything but Ed25519. */
export function publicKeyFromPem(pem: string | Buffer): PublicKey {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== "ed25519") throw new TypeError(`not an Ed25519 key: ${key.asymmetricKeyType}`);
  return publicKeyOf(key.export({ format: "der", type: "spki" }).subarray(SPKI_PREFIX.length));
}

export const pemOf = (key: PublicKey): string => String(key.key.export({ format: "pem", type: "spki" }));

/** `SHA256:…` as ssh-keygen -l prints it: over the key in SSH's own form. */
export const fingerprintOf = (key: PublicKey): string =>
  `SHA256:${createHash("sha256").update(sshBlob(key)).digest("base64").replaceAll("=", "")}`;

/** `ssh-ed25519 AAAA…`, as signers files and authorized_keys have it. */
export const sshLineOf = (key: PublicKey): string => `ssh-ed25519 ${sshBlob(key).toString("base64")}`;

function sshBlob(key: PublicKey): Buffer {
  const field = (bytes: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(bytes.length);
    return Buffer.concat([size, bytes]);
  };
  return Buffer.concat([field(Buffer.from("ssh-ed25519")), field(key.raw)]);
}

/** The key inside `ssh-ed25519 AAAA…`; undefined when it is not one. */
export function publicKeyFromSsh(type: string, base64: string): PublicKey | undefined {
  const blob = Buffer.from(base64, "base64");
  if (type !== "ssh-ed25519" || blob.length !== 51) return undefined;
  const key = publicKeyOf(blob.subarray(19));
  return sshBlob(key).equals(blob) ? key : undefined;
}

/** Name of the private key's file. */
export const PRIVATE = "evidence.pem";
const PUBLIC = "evidence.pub.pem";

/** Path of the public key beside the private one. */
export const publicKeyFile = (folder: string): string => join(folder, PUBLIC);

/**
 * The host's signing key in `folder` (data/keys), made on first use: private file mode 0600, folder 0700. A private key
 * that others can read is refused: its signatures prove nothing.
 */
export function signingKey(folder: string): SigningKey {
  const file = join(folder, PRIVATE);
  if (!statSync(file, { throwIfNoEntry: false })) make(folder, file);
  if ((statSync(file).mode & 0o077) !== 0) throw new WatchbookError("EVIDENCE-KEY-OPEN", { file });
  const privateKey = createPrivateKey(readFileSync(file));
  const publicKey = publicKeyFromPem(createPublicKey(privateKey).export({ format: "pem", type: "spki" }));
  // A rotation that broke off leaves the one before.
  if (textAt(publicKeyFile(folder)) !== pemOf(publicKey))
    writeFileSync(publicKeyFile(folder), pemOf(publicKey), { mode: 0o644 });
  return { privateKey, publicKey };
}

const textAt = (file: string): string | undefined =>
  statSync(file, { throwIfNoEntry: false }) && readFileSync(file, "utf8");

/** Written beside and linked into place, so that of two makers one key stays, and it is whole. */
function make(folder: string, file: string): void {
  makeFolder(folder, 0o700);
  chmodSync(folder, 0o700);
  const fresh = `${file}.${randomBytes(4).toString("hex")}`;
  const { privateKey } = generateKeyPairSync("ed25519");
  writeFileSync(fresh, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600, flush: true });
  try {
    linkSync(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(fresh);
  }
}
