import { createHash, sign, verify } from "node:crypto";
import { MAX_SIZE, type Hash } from "./merkle.ts";
import type { PublicKey, SigningKey } from "./key.ts";
import { Refusal } from "./refusal.ts";
import type { Signer } from "./signers.ts";

/** A signed tree head: C2SP tlog-checkpoint, carried by a C2SP signed note. */
export interface Checkpoint {
  /** Name of the log, first line; also the name of the signing key. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** Type byte of Ed25519 in a signed note. */
const ED25519 = 0x01;

/** First four bytes of SHA-256(name || newline || type || key): the key id of a signed note. */
export const noteKeyId = (name: string, key: PublicKey): Buffer =>
  createHash("sha256").update(`${name}\n`).update(Buffer.of(ED25519)).update(key.raw).digest().subarray(0, 4);

/** `name+hex+base64`, the verifier key that other C2SP programs take. */
export const verifierKey = (name: string, key: PublicKey): string =>
  `${name}+${noteKeyId(name, key).toString("hex")}+${Buffer.concat([Buffer.of(ED25519), key.raw]).toString("base64")}`;

const bodyOf = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${root.toString("base64")}\n`;

/** Three lines, an empty line, `— name base64(key id || signature)`. */
export function signCheckpoint(checkpoint: Checkpoint, key: SigningKey): string {
  const body = bodyOf(checkpoint);
  const signature = sign(null, Buffer.from(body, "utf8"), key.privateKey);
  const line = Buffer.concat([noteKeyId(checkpoint.origin, key.publicKey), signature]).toString("base64");
  return `${body}\n\u2014 ${checkpoint.origin} ${line}\n`;
}

const NOTE = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n\n((?:\u2014 [^\n]+\n)+)$/;

/** Reads a checkpoint without believing it. */
export function parseCheckpoint(text: string, file: string): Checkpoint & { readonly lines: readonly string[] } {
  const found = NOTE.exec(text);
  const root = Buffer.from(found?.[3] ?? "", "base64");
  if (!found || root.length !== 32 || root.toString("base64") !== found[3] || Number(found[2]) >= MAX_SIZE)
    throw new Refusal("not-a-checkpoint", { file });
  return { origin: found[1]!, size: Number(found[2]), root, lines: found[4]!.trimEnd().split("\n") };
}

/** A checkpoint that one of the trusted keys signed. Other signatures (witnesses) are ignored. */
export function openCheckpoint(
  text: string,
  file: string,
  trusted: readonly Signer[],
): Checkpoint & { readonly signer: Signer } {
  const { lines, ...checkpoint } = parseCheckpoint(text, file);
  const body = Buffer.from(bodyOf(checkpoint), "utf8");
  for (const line of lines) {
    const [, name = "", base64 = ""] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = Buffer.from(base64, "base64");
    if (bytes.length !== 68 || bytes.toString("base64") !== base64) continue;
    const signer = trusted.find(({ key }) => noteKeyId(name, key).equals(bytes.subarray(0, 4)));
    if (!signer) continue;
    if (name !== checkpoint.origin || !verify(null, body, signer.key.key, bytes.subarray(4)))
      throw new Refusal("bad-signature", { file, key: signer.key.id.slice(0, 16) });
    return { ...checkpoint, signer };
  }
  throw new Refusal("stranger", { file, key: checkpoint.origin });
}
