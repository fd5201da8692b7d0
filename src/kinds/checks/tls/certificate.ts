import { createPrivateKey, X509Certificate } from "node:crypto";
import { Unjudged } from "../answer/unjudged.ts";

const DAY_MS = 86_400_000;
const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** What matters of a certificate's life. Times in milliseconds since the epoch. */
export interface Life {
  readonly from: number;
  readonly to: number;
}

export const lifeOf = (certificate: X509Certificate): Life => ({
  from: Date.parse(certificate.validFrom),
  to: Date.parse(certificate.validTo),
});

/** Days until a moment; negative after it. */
export const daysUntil = (moment: number, now: number): number => (moment - now) / DAY_MS;

/** Share of its life that a certificate still has: 1 when new, 0 when it expires. */
export const fractionLeft = ({ from, to }: Life, now: number): number => (to - now) / (to - from);

/** Certificates of a PEM file, in its order: the leaf first. */
export function fromPem(pem: string, path: string): readonly [X509Certificate, ...X509Certificate[]] {
  const blocks = pem.match(BLOCK) ?? [];
  try {
    const [leaf, ...chain] = blocks.map((block) => new X509Certificate(block));
    if (leaf) return [leaf, ...chain];
  } catch {
    // Said below: a block that is no certificate is the same news as no block at all.
  }
  throw new Unjudged("unparsable", path);
}

/** Whether the key in a PEM file belongs to the certificate. */
export function keyFits(certificate: X509Certificate, pem: string, path: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(pem));
  } catch {
    // Encrypted, or not a key: nothing can be said about it.
    throw new Unjudged("unparsable", path);
  }
}

/** Certificates between the leaf and the root, without the root: its life is not the server's business. */
export function chainAbove(leaf: X509Certificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  let issuer = leaf.issuerCertificate;
  while (issuer && chain.length < 10 && issuer.subject !== issuer.issuer) {
    chain.push(issuer);
    issuer = issuer.issuerCertificate;
  }
  return chain;
}

/** `CN` of a subject or issuer, or the whole of it. */
export const commonName = (name: string): string => /^CN=(.+)$/m.exec(name)?.[1] ?? name.replaceAll("\n", ", ");
