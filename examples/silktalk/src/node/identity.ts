import { readFile, writeFile } from "node:fs/promises";
import { generateKeyPair, privateKeyFromProtobuf, privateKeyToProtobuf } from "@libp2p/crypto/keys";
import type { PrivateKey } from "@libp2p/interface";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { Failure } from "./failure.ts";

export interface Identity {
  readonly key: PrivateKey;
  readonly peerId: string;
  /** The file was not there and was made now. */
  readonly fresh: boolean;
}

/**
 * Reads identity.key (libp2p protobuf, 68 bytes for Ed25519) or makes it, once, with mode 0600. The same file gives the
 * same peer id; a lost file gives a new one, and peers that dial the old id are refused by the encryption handshake.
 */
export async function identityAt(path: string): Promise<Identity> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw cause;
  });
  const key = bytes ? read(path, bytes) : await generateKeyPair("Ed25519");
  if (!bytes) await writeFile(path, privateKeyToProtobuf(key), { mode: 0o600, flag: "wx" });
  return { key, peerId: peerIdFromPrivateKey(key).toString(), fresh: !bytes };
}

function read(path: string, bytes: Uint8Array): PrivateKey {
  try {
    return privateKeyFromProtobuf(bytes);
  } catch (cause) {
    throw new Failure(`${path} is not a key.`, "Restore it from the key's own backup; do not make a new one.", 2, {
      cause,
    });
  }
}
