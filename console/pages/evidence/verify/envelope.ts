import { bytesOf, fromBase64, joined, textOf, type Bytes } from "./bytes.ts";
import { readCanonical } from "./canonical.ts";
import { Flaw } from "./flaw.ts";
import type { Signer } from "./signers.ts";

const TYPE = "application/vnd.in-toto+json";

interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** DSSE's pre-authentication encoding: `DSSEv1 LEN(type) type LEN(body) body`, lengths in bytes. */
export const preAuthentication = (type: string, body: Uint8Array): Bytes =>
  joined(bytesOf(`DSSEv1 ${bytesOf(type).length} ${type} ${body.length} `), body);

function shaped(value: unknown, file: string): Envelope {
  const { payload, payloadType, signatures } = (value ?? {}) as Partial<Envelope>;
  const signed =
    Array.isArray(signatures) &&
    signatures.length > 0 &&
    signatures.length <= 16 &&
    signatures.every((one: Partial<Envelope["signatures"][number]> | null) => {
      return typeof one?.keyid === "string" && typeof one.sig === "string";
    });
  if (typeof payload !== "string" || payloadType !== TYPE || !signed) throw new Flaw("envelope", { file });
  return value as Envelope;
}

const decoded = (text: string, file: string): Bytes => {
  const bytes = fromBase64(text);
  if (bytes === undefined) throw new Flaw("canonical", { file });
  return bytes;
};

export interface Opened {
  readonly payload: unknown;
  readonly signer: Signer;
}

/**
 * The payload of an envelope (DSSE v1.0.2) that one of the trusted keys signed. Signatures of other keys are ignored; a bad
 * one under the name of a trusted key refuses the envelope. Throws Flaw.
 */
export async function openEnvelope(bytes: Uint8Array, file: string, trusted: readonly Signer[]): Promise<Opened> {
  const { payload, payloadType, signatures } = shaped(readCanonical(textOf(bytes, file), file), file);
  const body = decoded(payload, file);
  const signed = preAuthentication(payloadType, body);
  for (const { keyid, sig } of signatures) {
    const signer = trusted.find(({ id }) => id === keyid);
    if (signer === undefined) continue;
    const holds = await crypto.subtle.verify({ name: "Ed25519" }, signer.key, decoded(sig, file), signed);
    if (!holds) throw new Flaw("signature", { file, key: keyid.slice(0, 16) });
    return { payload: readCanonical(textOf(body, file), file), signer };
  }
  throw new Flaw("stranger", { file, key: signatures.map(({ keyid }) => keyid.slice(0, 16)).join(", ") });
}
