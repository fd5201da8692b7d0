import { sign, verify } from "node:crypto";
import { canonical, readCanonical } from "./canonical.ts";
import type { SigningKey } from "./key.ts";
import { Refusal } from "./refusal.ts";
import type { Signer } from "./signers.ts";

export const PAYLOAD_TYPE = "application/vnd.in-toto+json";

/** Dead Simple Signing Envelope, v1.0.2 of its specification. `payload` and `sig` are base64. */
export interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** Pre-authentication encoding: `DSSEv1 LEN(type) type LEN(body) body`; lengths in bytes, decimal. */
export function preAuthentication(type: string, body: Uint8Array): Buffer {
  const typeBytes = Buffer.from(type, "utf8");
  const head = Buffer.from(`DSSEv1 ${typeBytes.length} ${type} ${body.length} `, "utf8");
  return Buffer.concat([head, body]);
}

/** The payload as canonical JSON in a signed envelope; the envelope as canonical JSON. */
export function seal(payload: unknown, key: SigningKey): string {
  const body = Buffer.from(canonical(payload), "utf8");
  const sig = sign(null, preAuthentication(PAYLOAD_TYPE, body), key.privateKey).toString("base64");
  const envelope: Envelope = {
    payload: body.toString("base64"),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid: key.publicKey.id, sig }],
  };
  return canonical(envelope);
}

/** Base64 that is spelled the one canonical way. */
function bytesOf(text: string, file: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) throw new Refusal("not-canonical", { file });
  return bytes;
}

export interface Opened {
  readonly payload: unknown;
  readonly signer: Signer;
}

/**
 * The payload of an envelope that one of the trusted keys signed. Signatures of other keys are ignored, as DSSE says;
 * a bad signature under the name of a trusted key refuses the envelope.
 */
export function open(text: string, file: string, trusted: readonly Signer[]): Opened {
  const envelope = shape(readCanonical(text, file), file);
  const body = bytesOf(envelope.payload, file);
  const signed = preAuthentication(envelope.payloadType, body);
  for (const { keyid, sig } of envelope.signatures) {
    const signer = trusted.find(({ key }) => key.id === keyid);
    if (!signer) continue;
    if (!verify(null, signed, signer.key.key, bytesOf(sig, file)))
      throw new Refusal("bad-signature", { file, key: keyid.slice(0, 16) });
    return { payload: readCanonical(body.toString("utf8"), file), signer };
  }
  const keys = envelope.signatures.map(({ keyid }) => keyid.slice(0, 16)).join(", ");
  throw new Refusal("stranger", { file, key: keys });
}

function shape(value: unknown, file: string): Envelope {
  const { payload, payloadType, signatures } = (value ?? {}) as Partial<Envelope>;
  const good =
    typeof payload === "string" &&
    payloadType === PAYLOAD_TYPE &&
    Array.isArray(signatures) &&
    signatures.length > 0 &&
    signatures.length <= 16 &&
    signatures.every((one: unknown) => {
      const { keyid, sig } = (one ?? {}) as { keyid?: unknown; sig?: unknown };
      return typeof keyid === "string" && typeof sig === "string";
    });
  if (!good) throw new Refusal("not-an-envelope", { file });
  return value as Envelope;
}
