import { Flaw, Wire } from "./wire.ts";

/** Far above any signature: RSA of 16384 bits with its key is under 10 kB. */
const LONGEST = 32_768;

const FORM = /^-----BEGIN SSH SIGNATURE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END SSH SIGNATURE-----\s*$/;

/** What an SSH signature says of itself (OpenSSH PROTOCOL.sshsig): nothing of it is believed yet. */
export interface SshSignature {
  /** The public key in SSH's own form. */
  readonly key: Buffer;
  readonly namespace: string;
  readonly reserved: Buffer;
  readonly hash: "sha256" | "sha512";
  /** Algorithm and signature, in SSH's own form. */
  readonly signature: Buffer;
}

export const MAGIC = Buffer.from("SSHSIG", "ascii");

/** Bytes inside the armour. @throws Flaw malformed. */
function unarmour(text: string): Buffer {
  if (text.length > LONGEST) throw new Flaw("malformed");
  const body = FORM.exec(text.trimStart())?.[1]?.replaceAll(/[\r\n]/g, "");
  const bytes = Buffer.from(body ?? "", "base64");
  if (bytes.length === 0 || bytes.toString("base64") !== body) throw new Flaw("malformed");
  return bytes;
}

/** Reads the file that `ssh-keygen -Y sign` writes. @throws Flaw. */
export function readSignature(text: string): SshSignature {
  const wire = new Wire(unarmour(text));
  if (!wire.take(MAGIC.length).equals(MAGIC)) throw new Flaw("malformed");
  if (wire.uint32() !== 1) throw new Flaw("unsupported");
  const key = wire.bytes();
  const namespace = wire.bytes().toString("utf8");
  const reserved = wire.bytes();
  const hash = wire.text();
  const signature = wire.bytes();
  wire.end();
  if (hash !== "sha256" && hash !== "sha512") throw new Flaw("unsupported");
  return { key, namespace, reserved, hash, signature };
}
