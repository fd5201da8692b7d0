import { createHash } from "node:crypto";
import { MAGIC, readSignature } from "./armour.ts";
import { checkerOf, sshFingerprint } from "./key.ts";
import { Flaw, wired } from "./wire.ts";

/** Whose key signed; whether that person may is another question. */
export interface Signed {
  /** The public key in SSH's own form. */
  readonly key: Buffer;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

/**
 * Verifies an armoured SSH signature over `text` (UTF-8) in `namespace`, as `ssh-keygen -Y verify` does, and stricter:
 * no certificates, RSA from 2048 bits, hardware keys must have been touched. Believes the key that is inside.
 * @throws Flaw
 */
export function verifySsh(text: string, signature: string, namespace: string): Signed {
  const found = readSignature(signature);
  if (found.namespace !== namespace) throw new Flaw("namespace");
  const digest = createHash(found.hash).update(text, "utf8").digest();
  const parts = [wired(found.namespace), wired(found.reserved), wired(found.hash), wired(digest)];
  checkerOf(found.key)(Buffer.concat([MAGIC, ...parts]), found.signature);
  return { key: found.key, fingerprint: sshFingerprint(found.key) };
}
